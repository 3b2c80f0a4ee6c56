using System.Globalization;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>
/// A Bloom filter for two million items of 16 bytes with an error rate of 0.01, beside the set that a team would use where
/// no error is allowed; awaited commands of a handle on our side, bare calls on the other.
/// </summary>
internal static class BloomHolds
{
    private const string Rival = "HashSet&lt;string&gt;";
    private const int Present = 1_000_000;
    private const int Operations = 100_000;

    public static readonly Hold[] All =
    [
        new("bloom-add", "Bloom filter, error rate 0.01, a new item beside 1 M", Rival, 0.4, Sense.AtLeast, () => Task.FromResult(Add())),
        new("bloom-contains", "Bloom filter, error rate 0.01, 1 M items, is one there (half are)", Rival, 0.4, Sense.AtLeast, () => Task.FromResult(Contains())),
        new("bytes-bloom", "bytes for an item in a Bloom filter with an error rate of 0.01, 1 M of them", Rival, 0.05, Sense.AtMost, () => Task.FromResult(Bytes())),
    ];

    private static Measurement Add()
    {
        using var world = new World();
        var (oursAt, rivalAt) = (Present, Present);
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Operations; i++) world.Filter.AddAsync(world.Names[oursAt++]).GetAwaiter().GetResult();
            },
            () =>
            {
                for (var i = 0; i < Operations; i++) world.Rival.Add(world.Names[rivalAt++]);
            },
            Operations));
    }

    private static Measurement Contains()
    {
        using var world = new World();
        var (oursAt, rivalAt, found) = (0, 0, 0);
        var pair = Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Operations; i++) found += world.Filter.ContainsAsync(world.Asked(oursAt++)).GetAwaiter().GetResult() ? 1 : 0;
            },
            () =>
            {
                for (var i = 0; i < Operations; i++) found += world.Rival.Contains(world.Asked(rivalAt++)) ? 1 : 0;
            },
            Operations);
        GC.KeepAlive(found);
        return Measurement.Faster(pair);
    }

    private static Measurement Bytes()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var keyspace = new Keyspace();
        var filter = keyspace.BloomFilter("b");
        filter.ReserveAsync(0.01, Present).GetAwaiter().GetResult();
        for (var i = 0; i < Present; i++) filter.AddAsync(World.Name(i)).GetAwaiter().GetResult();
        var ours = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Present;

        before = GC.GetTotalMemory(forceFullCollection: true);
        var set = new HashSet<string>();
        for (var i = 0; i < Present; i++) set.Add(World.Name(i));
        var rival = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Present;
        GC.KeepAlive(set);
        return Measurement.Smaller(ours, rival);
    }

    /// <summary>A million items here and there in no order, and a million more to be added.</summary>
    private sealed class World : IDisposable
    {
        private readonly Keyspace keyspace = new();
        private readonly int[] order = [.. Enumerable.Range(0, 2 * Present)];

        public World()
        {
            new Random(1).Shuffle(order);
            Names = [.. order.Select(Name)];
            Filter = keyspace.BloomFilter("b");
            Filter.ReserveAsync(0.01, 2 * Present).GetAwaiter().GetResult();
            foreach (var name in Names.AsSpan(0, Present))
            {
                Filter.AddAsync(name).GetAwaiter().GetResult();
                Rival.Add(name);
            }
        }

        public string[] Names { get; }

        public IBloomFilter Filter { get; }

        public HashSet<string> Rival { get; } = [];

        /// <summary>Each second one is there.</summary>
        public string Asked(int i) => Names[order[i % order.Length]];

        public static string Name(int number) => number.ToString("'mem:'000000000000", CultureInfo.InvariantCulture);

        public void Dispose() => keyspace.Dispose();
    }
}
