using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;

namespace KvEmbedded.Benchmarks;

/// <summary>What does a list as a queue cost beside ConcurrentQueue, the thing a .NET team would use instead?</summary>
[MemoryDiagnoser]
public class ListBenchmarks
{
    private readonly Keyspace keyspace = new();
    private readonly ConcurrentQueue<byte[]> queue = new();
    private readonly byte[] element = new byte[16];
    private IKvList list = null!;

    /// <summary>Elements that wait in the queue all the while.</summary>
    [Params(10, 100_000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        list = keyspace.List("list");
        for (var i = 0; i < Waiting; i++)
        {
            list.PushAsync(element).AsTask().GetAwaiter().GetResult();
            queue.Enqueue([.. element]);
        }
    }

    [GlobalCleanup]
    public void Cleanup() => keyspace.Dispose();

    [Benchmark(Baseline = true)]
    public byte[]? Queue()
    {
        queue.Enqueue([.. element]);
        return queue.TryDequeue(out var taken) ? taken : null;
    }

    [Benchmark]
    public async ValueTask<KvValue?> List()
    {
        await list.PushAsync(element);
        return await list.PopAsync();
    }
}
