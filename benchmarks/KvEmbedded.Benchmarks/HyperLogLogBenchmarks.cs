using BenchmarkDotNet.Attributes;

namespace KvEmbedded.Benchmarks;

/// <summary>What does an element of an estimate cost beside a HashSet under a lock, which counts exactly and keeps all of them?</summary>
[MemoryDiagnoser]
public class HyperLogLogBenchmarks
{
    private readonly Keyspace keyspace = new();
    private readonly HashSet<long> exact = [];
    private readonly Lock gate = new();
    private IHyperLogLog estimate = null!;
    private long at;

    /// <summary>Different elements that come again and again.</summary>
    [Params(1_000, 1_000_000)]
    public int ElementCount { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        estimate = keyspace.HyperLogLog("estimate");
        for (var i = 0L; i < ElementCount; i++)
        {
            estimate.AddAsync(i).AsTask().GetAwaiter().GetResult();
            exact.Add(i);
        }
    }

    [GlobalCleanup]
    public void Cleanup() => keyspace.Dispose();

    [Benchmark(Baseline = true)]
    public bool AddToSet()
    {
        lock (gate) return exact.Add(Next());
    }

    [Benchmark]
    public ValueTask<bool> Add() => estimate.AddAsync(Next());

    private long Next() => at = at + 1 < ElementCount ? at + 1 : 0;
}
