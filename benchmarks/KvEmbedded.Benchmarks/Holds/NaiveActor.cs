using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>
/// The actor that comes to mind first: a channel of requests, a TaskCompletionSource for each, a loop that reads them. The
/// rival of the dispatcher.
/// </summary>
internal sealed class NaiveActor : IDisposable
{
    private readonly Channel<(string Key, long By, TaskCompletionSource<long> Done)> requests =
        Channel.CreateUnbounded<(string, long, TaskCompletionSource<long>)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Dictionary<string, long> counters = new(StringComparer.Ordinal);

    public NaiveActor() => _ = Task.Run(async () =>
    {
        await foreach (var (key, by, done) in requests.Reader.ReadAllAsync())
        {
            ref var counter = ref CollectionsMarshal.GetValueRefOrAddDefault(counters, key, out _);
            done.SetResult(counter += by);
        }
    });

    public Task<long> IncrementAsync(string key, long by = 1)
    {
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        requests.Writer.TryWrite((key, by, done));
        return done.Task;
    }

    public void Dispose() => requests.Writer.Complete();
}
