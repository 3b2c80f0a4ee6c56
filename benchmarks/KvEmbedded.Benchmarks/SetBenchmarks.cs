using BenchmarkDotNet.Attributes;

namespace KvEmbedded.Benchmarks;

/// <summary>What does a set cost beside a HashSet under a lock, what a team would write by hand?</summary>
[MemoryDiagnoser]
public class SetBenchmarks
{
    private readonly Keyspace keyspace = new();
    private readonly HashSet<string> byHand = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private IKvSet set = null!;
    private string[] members = [];
    private int at;

    [Params(1_000, 1_000_000)]
    public int MemberCount { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        set = keyspace.Set("set");
        members = [.. Enumerable.Range(0, MemberCount).Select(i => $"member:{i:d9}")];
        new Random(1).Shuffle(members);
        foreach (var member in members)
        {
            set.AddAsync(member).AsTask().GetAwaiter().GetResult();
            byHand.Add(member);
        }
    }

    [Benchmark(Baseline = true)]
    public bool ContainsByHand()
    {
        lock (gate) return byHand.Contains(Next());
    }

    [Benchmark]
    public ValueTask<bool> Contains() => set.ContainsAsync(Next());

    [Benchmark]
    public bool RemoveAndAddByHand()
    {
        var member = Next();
        lock (gate) return byHand.Remove(member) && byHand.Add(member);
    }

    [Benchmark]
    public async ValueTask<bool> RemoveAndAdd()
    {
        var member = Next();
        return await set.RemoveAsync(member) && await set.AddAsync(member);
    }

    private string Next() => members[at = at + 1 < members.Length ? at + 1 : 0];
}
