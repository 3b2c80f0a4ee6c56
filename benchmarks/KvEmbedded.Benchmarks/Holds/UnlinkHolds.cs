namespace KvEmbedded.Benchmarks.Holds;

/// <summary>
/// How long the loop is held by UNLINK of one huge value of each type: what the keyspace's own meter says of the command, the worst
/// of three passes. What the machine and the garbage collector take in that moment is in it.
/// </summary>
internal static class UnlinkHolds
{
    private const int Passes = 3;
    private const int SetMembers = 10_000_000;
    private const int Elements = 2_000_000;
    private const int SmallCount = 1_000;
    private const string Key = "huge";

    public static readonly Hold[] All =
    [
        Row("unlink-set", "a set of 10 M members", SetMembers, static (keyspace, i) => keyspace.Set(Key).AddAsync($"member:{i:d9}").AsTask()),
        Row("unlink-sortedset", "a sorted set of 2 M members", Elements, static (keyspace, i) => keyspace.SortedSet(Key).AddAsync($"member:{i:d9}", i * 7919L % Elements).AsTask()),
        Row("unlink-hash", "a hash of 2 M fields that each have a time to live", Elements,
            static (keyspace, i) => keyspace.Hash(Key).SetAsync([new($"field:{i:d10}", "0123456789abcdef")], TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(i * 7919L % Elements)).AsTask()),
        Row("unlink-list", "a list of 2 M elements", Elements, static (keyspace, i) => keyspace.List(Key).PushAsync($"element:{i:d8}").AsTask()),
        Row("unlink-stream", "a stream of 2 M entries, a group that has read them all and acknowledged none", Elements, static (keyspace, i) => keyspace.Stream(Key).AddAsync("temperature", i).AsTask(),
            ReadByGroup),
    ];

    private static Hold Row(string id, string what, int count, Func<Keyspace, int, Task> add, Action<Keyspace>? finish = null) =>
        new(id, $"the loop is held by unlinking {what}, worst of {Passes}", "1 ms", 1, Sense.AtMost, () => Task.FromResult(Worst(count, add, finish)));

    private static Measurement Worst(int count, Func<Keyspace, int, Task> add, Action<Keyspace>? finish)
    {
        // A small one first: what the compiler takes for a first call is no matter of size.
        Unlink(SmallCount, add, finish);
        var worst = 0.0;
        for (var pass = 0; pass < Passes; pass++) worst = Math.Max(worst, Unlink(count, add, finish));
        return Measurement.Within(worst, 1, "ms");
    }

    /// <summary>Milliseconds that the meter says; its slow log keeps whatever was measured.</summary>
    private static double Unlink(int count, Func<Keyspace, int, Task> add, Action<Keyspace>? finish)
    {
        using var keyspace = new Keyspace(new KeyspaceOptions { SlowLogThreshold = TimeSpan.Zero });
        for (var i = 0; i < count; i++) add(keyspace, i).GetAwaiter().GetResult();
        finish?.Invoke(keyspace);
        var removed = keyspace.Keys.UnlinkAsync([Key]).GetAwaiter().GetResult();
        var measured = keyspace.Diagnostics.SlowLog[0];
        if (removed != 1 || measured.Command != nameof(IKeys.UnlinkAsync)) throw new InvalidOperationException("What was measured is not what it should be.");
        return measured.Duration.TotalMilliseconds;
    }

    /// <summary>Every entry is pending.</summary>
    private static void ReadByGroup(Keyspace keyspace)
    {
        var group = keyspace.Stream(Key).Group("group");
        group.CreateAsync(StreamPosition.Beginning).GetAwaiter().GetResult();
        while (group.ReadAsync("consumer", 1_000).GetAwaiter().GetResult().Length > 0)
        {
        }
    }
}
