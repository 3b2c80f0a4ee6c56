using KvEmbedded;

namespace Lloogg;

/// <summary>
/// The stream between reading and counting: the reader adds hits, three workers of one consumer group count them, each hit
/// once, and acknowledge and remove what they have counted. The stream never holds more than <see cref="Capacity"/>.
/// </summary>
internal sealed class HitQueue : IAsyncDisposable
{
    /// <summary>Most hits that wait to be counted; then the reader waits.</summary>
    public const int Capacity = 8_192;

    private const int Batch = 128;
    private static readonly string[] Names = ["ann", "ben", "cho"];

    private readonly IStream stream;
    private readonly IConsumerGroup counting;
    private readonly SemaphoreSlim room = new(Capacity, Capacity);
    private readonly CancellationTokenSource stop = new();
    private readonly Task[] workers;

    private HitQueue(IKeyspace keyspace, Func<HitStore> store)
    {
        stream = keyspace.Stream("log");
        counting = stream.Group("counting");
        workers = [.. Names.Select(name => Task.Run(() => WorkAsync(name, store())))];
    }

    /// <param name="keyspace">Where the stream is.</param>
    /// <param name="store">Makes each worker its own view of what is counted.</param>
    public static async ValueTask<HitQueue> OpenAsync(IKeyspace keyspace, Func<HitStore> store)
    {
        await keyspace.Stream("log").Group("counting").TryCreateAsync(StreamPosition.Beginning);
        return new HitQueue(keyspace, store);
    }

    /// <summary>Hands over one hit, whose texts are copied; waits while the stream is full.</summary>
    public async ValueTask AddAsync(AccessLogLine line)
    {
        if (!room.Wait(0)) await TakeRoomAsync();
        await stream.AddAsync(HitFields.Of(line));
    }

    /// <summary>Ends when all that was added is counted.</summary>
    public async Task DrainAsync()
    {
        for (var taken = 0; taken < Capacity; taken++)
        {
            if (!room.Wait(0)) await TakeRoomAsync();
        }

        room.Release(Capacity);
    }

    /// <summary>Ends the workers; what is not counted yet stays in the stream.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        room.Dispose();
    }

    /// <summary>A worker that has failed would never make room again: its error is the reader's.</summary>
    private async Task TakeRoomAsync()
    {
        var taken = room.WaitAsync();
        var ended = await Task.WhenAny(workers.Prepend(taken));
        await ended;
    }

    private async Task WorkAsync(string name, HitStore store)
    {
        while (true)
        {
            var entries = await counting.ReadAsync(name, Batch, Timeout.InfiniteTimeSpan, cancellationToken: stop.Token);
            foreach (var entry in entries) await store.AddAsync(HitFields.Read(entry));
            await counting.AcknowledgeAndRemoveAsync([.. entries.Select(static entry => entry.Id)]);
            room.Release(entries.Length);
        }
    }
}
