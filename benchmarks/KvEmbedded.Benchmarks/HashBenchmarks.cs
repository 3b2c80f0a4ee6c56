using BenchmarkDotNet.Attributes;

namespace KvEmbedded.Benchmarks;

/// <summary>What does a field of a hash cost beside a Dictionary under a lock, what a team would write by hand?</summary>
[MemoryDiagnoser]
public class HashBenchmarks
{
    private readonly Keyspace keyspace = new();
    private readonly Dictionary<string, byte[]> byHand = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly byte[] value = new byte[16];
    private IHash hash = null!;
    private string[] fields = [];
    private int at;

    [Params(1_000, 1_000_000)]
    public int FieldCount { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        hash = keyspace.Hash("hash");
        fields = [.. Enumerable.Range(0, FieldCount).Select(i => $"field:{i:d9}")];
        new Random(1).Shuffle(fields);
        foreach (var field in fields)
        {
            hash.SetAsync(field, value).AsTask().GetAwaiter().GetResult();
            byHand[field] = [.. value];
        }
    }

    [GlobalCleanup]
    public void Cleanup() => keyspace.Dispose();

    /// <remarks>A copy, as the hash gives one: the caller may do with it what it likes.</remarks>
    [Benchmark(Baseline = true)]
    public byte[] GetByHand()
    {
        lock (gate) return [.. byHand[Next()]];
    }

    [Benchmark]
    public ValueTask<KvValue?> Get() => hash.GetAsync(Next());

    [Benchmark]
    public void SetByHand()
    {
        lock (gate) byHand[Next()] = [.. value];
    }

    [Benchmark]
    public ValueTask<bool> Set() => hash.SetAsync(Next(), value);

    private string Next() => fields[at = at + 1 < fields.Length ? at + 1 : 0];
}
