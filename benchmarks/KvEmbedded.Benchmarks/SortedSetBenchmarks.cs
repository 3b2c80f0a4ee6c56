using BenchmarkDotNet.Attributes;

namespace KvEmbedded.Benchmarks;

/// <summary>What does a leaderboard cost beside a SortedSet and a Dictionary under a lock, what a team would write by hand?</summary>
[MemoryDiagnoser]
public class SortedSetBenchmarks
{
    private readonly Keyspace keyspace = new();
    private readonly SortedSet<(double Score, string Member)> order = [];
    private readonly Dictionary<string, double> scores = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private ISortedSet board = null!;
    private string[] members = [];
    private int at;

    [Params(1_000, 100_000)]
    public int MemberCount { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        board = keyspace.SortedSet("board");
        members = [.. Enumerable.Range(0, MemberCount).Select(i => $"member:{i:d9}")];
        foreach (var member in members)
        {
            board.AddAsync(member, 0).AsTask().GetAwaiter().GetResult();
            scores[member] = 0;
            order.Add((0, member));
        }
    }

    [Benchmark(Baseline = true)]
    public double IncrementByHand()
    {
        var member = Next();
        lock (gate)
        {
            var old = scores[member];
            order.Remove((old, member));
            order.Add((old + 7, member));
            return scores[member] = old + 7;
        }
    }

    [Benchmark]
    public ValueTask<double> Increment() => board.IncrementAsync(Next(), 7);

    /// <summary>By hand this would be O(n): a SortedSet knows no ranks.</summary>
    [Benchmark]
    public ValueTask<long?> Rank() => board.GetRankAsync(Next());

    private string Next() => members[at = at + 1 < members.Length ? at + 1 : 0];
}
