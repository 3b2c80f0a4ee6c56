using BenchmarkDotNet.Attributes;
using KvEmbedded.Benchmarks.Holds;

namespace KvEmbedded.Benchmarks;

/// <summary>What does one increment through the loop cost beside an actor of Channel and TaskCompletionSource?</summary>
[MemoryDiagnoser]
public class CounterBenchmarks
{
    private readonly Keyspace keyspace = new();
    private readonly NaiveActor actor = new();
    private ICounter counter = null!;

    [GlobalSetup]
    public void Setup() => counter = keyspace.Counter("counter");

    [GlobalCleanup]
    public void Cleanup()
    {
        actor.Dispose();
        keyspace.Dispose();
    }

    [Benchmark(Baseline = true)]
    public Task<long> Actor() => actor.IncrementAsync("counter");

    [Benchmark]
    public ValueTask<long> Counter() => counter.IncrementAsync();
}
