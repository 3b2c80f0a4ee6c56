using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;

namespace KvEmbedded.Benchmarks;

/// <summary>What does a read cost beside ConcurrentDictionary, the thing a .NET team would use instead?</summary>
[MemoryDiagnoser]
public class StringGetBenchmarks
{
    private readonly ConcurrentDictionary<string, byte[]> dictionary = new();
    private readonly Keyspace keyspace = new();
    private string[] keys = [];
    private int at;

    [Params(10_000, 1_000_000)]
    public int KeyCount { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        keys = [.. Enumerable.Range(0, KeyCount).Select(i => $"key:{i:d12}")];
        foreach (var key in keys)
        {
            dictionary[key] = new byte[16];
            keyspace.Synchronous.Strings.SetAsync(key, new byte[16]).AsTask().GetAwaiter().GetResult();
        }

        keys = [.. keys.Select(key => new string(key))];
        new Random(1).Shuffle(keys);
    }

    [Benchmark(Baseline = true)]
    public int Dictionary() => dictionary[Next()].Length;

    [Benchmark]
    public async Task<int> Keyspace() => (await keyspace.Strings.GetAsync(Next()))!.Value.Length;

    private string Next() => keys[at = at + 1 < keys.Length ? at + 1 : 0];
}
