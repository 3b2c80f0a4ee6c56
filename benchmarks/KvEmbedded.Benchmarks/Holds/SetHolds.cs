using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using KvEmbedded.Sets;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>
/// A set of a million members of 16 bytes, beside redis-server and beside the collections of .NET; awaited commands of a handle
/// on our side. A ConcurrentDictionary does what the handle does, from many threads; a HashSet does less, from one.
/// </summary>
internal static class SetHolds
{
    private const string Redis = "redis-server, unix socket, 16 pipelined";
    private const int Members = 1_000_000;
    private const int Huge = 10_000_000;
    private const int Pipelined = 16;
    private const int Operations = 200_000;

    public static readonly Hold[] All =
    [
        new("set-add", "set, a new member among 1 M", Redis, 5, Sense.AtLeast, () => Task.FromResult(AddBesideRedis())),
        new("set-add-cd", "set, a new member among 1 M", "ConcurrentDictionary<string, byte>", 0.8, Sense.AtLeast, () => Task.FromResult(AddBesideDictionary())),
        new("set-contains", "set, 1 M members, is one there", Redis, 5, Sense.AtLeast, () => Task.FromResult(ContainsBesideRedis())),
        new("set-contains-cd", "set, 1 M members, is one there", "ConcurrentDictionary<string, byte>", 1, Sense.AtLeast, () => Task.FromResult(ContainsBesideDictionary())),
        new("set-contains-hs", "set, 1 M members, is one there", "HashSet<string>, no lock", 0.5, Sense.AtLeast, () => Task.FromResult(ContainsBesideHashSet())),
        new("set-union", "union of two sets of 1 M members, half of them in both, for each member returned", Redis, 3, Sense.AtLeast, () => Task.FromResult(Combined("SUNION", static (sets, keys) => sets.GetUnionAsync(keys), 3 * Members / 2))),
        new("set-intersect", "intersection of two sets of 1 M members, half of them in both, for each member looked up", Redis, 2.5, Sense.AtLeast, () => Task.FromResult(Combined("SINTER", static (sets, keys) => sets.GetIntersectionAsync(keys), Members))),
        new("set-difference", "difference of two sets of 1 M members, half of them in both, for each member looked up", Redis, 3, Sense.AtLeast, () => Task.FromResult(Combined("SDIFF", static (sets, keys) => sets.GetDifferenceAsync(keys), Members))),
        new("set-add-longest", "longest add while a set grows to 10 M members", "1 ms", 1, Sense.AtMost, () => Task.FromResult(LongestAdd())),
    ];

    private static Measurement AddBesideRedis()
    {
        using var world = new World(withRedis: true);
        var (oursAt, theirsAt) = (0, 0);
        return Compare(world, () => world.Add(world.NewNames[oursAt++]), () => world.Server!.Add("SADD", "s", world.NewNames[theirsAt++]));
    }

    private static Measurement ContainsBesideRedis()
    {
        using var world = new World(withRedis: true);
        var (oursAt, theirsAt) = (0, 0);
        return Compare(
            world, () => world.Contains(world.Names[oursAt++ % Members]), () => world.Server!.Add("SISMEMBER", "s", world.Names[theirsAt++ % Members]));
    }

    private static Measurement AddBesideDictionary()
    {
        using var world = new World(withRedis: false);
        var dictionary = new ConcurrentDictionary<string, byte>(world.Names.Select(static name => KeyValuePair.Create(name, (byte)0)), StringComparer.Ordinal);
        var (oursAt, theirsAt) = (0, 0);
        return Beside(() => world.Add(world.NewNames[oursAt++]), () => dictionary.TryAdd(world.NewNames[theirsAt++], 0));
    }

    private static Measurement ContainsBesideDictionary()
    {
        using var world = new World(withRedis: false);
        var dictionary = new ConcurrentDictionary<string, byte>(world.Names.Select(static name => KeyValuePair.Create(name, (byte)0)), StringComparer.Ordinal);
        var (oursAt, theirsAt, found) = (0, 0, 0);
        return Beside(
            () => world.Contains(world.Names[oursAt++ % Members]),
            () => found += dictionary.ContainsKey(world.Names[theirsAt++ % Members]) ? 1 : 0);
    }

    private static Measurement ContainsBesideHashSet()
    {
        using var world = new World(withRedis: false);
        var set = new HashSet<string>(world.Names, StringComparer.Ordinal);
        var (oursAt, theirsAt, found) = (0, 0, 0);
        return Beside(
            () => world.Contains(world.Names[oursAt++ % Members]),
            () => found += set.Contains(world.Names[theirsAt++ % Members]) ? 1 : 0);
    }

    /// <summary>Two sets of a million members whose second and first halves are the same.</summary>
    private static Measurement Combined(string word, Func<IKvSets, KvKey[], ValueTask<KvValue[]>> combine, int perRound)
    {
        using var world = new World(withRedis: true);
        var other = world.Keyspace.Set("t");
        string[] members = [.. world.Names.AsSpan(Members / 2), .. world.NewNames.AsSpan(0, Members / 2)];
        foreach (var member in members) other.AddAsync(member).GetAwaiter().GetResult();
        var at = 0;
        world.Pipeline(Members, () => world.Server!.Add("SADD", "t", members[at++]));
        return Measurement.Faster(Interleaved.Measure(
            () => World.Found += combine(world.Keyspace.Sets, ["s", "t"]).GetAwaiter().GetResult().Length,
            () => world.Pipeline(1, () => world.Server!.Add(word, "s", "t")),
            perRound, rounds: 5));
    }

    /// <summary>
    /// The same ten million adds three times over: what an add costs of itself it costs each time, what the machine and the
    /// garbage collector add falls elsewhere each time.
    /// </summary>
    private static Measurement LongestAdd()
    {
        var least = new float[Huge];
        Array.Fill(least, float.MaxValue);
        Span<byte> member = stackalloc byte[16];
        for (var pass = 0; pass < 3; pass++)
        {
            var set = new MemberSet();
            for (var i = 0; i < Huge; i++)
            {
                BitConverter.TryWriteBytes(member, i * 7919L % Huge);
                var begun = Stopwatch.GetTimestamp();
                set.Add(member);
                least[i] = Math.Min(least[i], (float)Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        return Measurement.Within(least.Max(), 1, "ms");
    }

    private static Measurement Compare(World world, Action ours, Action theirs) => Measurement.Faster(Interleaved.Measure(
        () =>
        {
            for (var i = 0; i < Operations; i++) ours();
        },
        () => world.Pipeline(Operations, theirs),
        Operations));

    private static Measurement Beside(Action ours, Action theirs) => Measurement.Faster(Interleaved.Measure(
        () =>
        {
            for (var i = 0; i < Operations; i++) ours();
        },
        () =>
        {
            for (var i = 0; i < Operations; i++) theirs();
        },
        Operations));

    /// <summary>A million members of 16 bytes, here and there, and two million names to add.</summary>
    private sealed class World : IDisposable
    {
        private readonly IKvSet set;

        public World(bool withRedis)
        {
            set = Keyspace.Set("s");
            var numbers = Enumerable.Range(0, 3 * Members).ToArray();
            new Random(1).Shuffle(numbers);
            for (var i = 0; i < Members; i++) Names[i] = Name(numbers[i]);
            for (var i = 0; i < NewNames.Length; i++) NewNames[i] = Name(numbers[Members + i]);
            foreach (var name in Names) Add(name);
            if (!withRedis) return;
            Server = new RealRedis();
            var at = 0;
            Pipeline(Members, () => Server.Add("SADD", "s", Names[at++]));
        }

        public static int Found { get; set; }

        public Keyspace Keyspace { get; } = new();

        public RealRedis? Server { get; }

        public string[] Names { get; } = new string[Members];

        public string[] NewNames { get; } = new string[2 * Members];

        public void Add(string name) => set.AddAsync(name).GetAwaiter().GetResult();

        public void Contains(string name) => Found += set.ContainsAsync(name).GetAwaiter().GetResult() ? 1 : 0;

        public void Pipeline(int count, Action add)
        {
            for (var i = 0; i < count; i += Pipelined)
            {
                var batch = Math.Min(Pipelined, count - i);
                for (var j = 0; j < batch; j++) add();
                Server!.Send(batch);
            }
        }

        public void Dispose()
        {
            Server?.Dispose();
            Keyspace.Dispose();
        }

        private static string Name(int number) => number.ToString("'mem:'000000000000", CultureInfo.InvariantCulture);
    }
}
