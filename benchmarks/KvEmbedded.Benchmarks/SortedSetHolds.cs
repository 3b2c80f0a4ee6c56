using System.Globalization;
using KvEmbedded.SortedSets;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>A sorted set of a million members of 16 bytes, beside redis-server; awaited commands of a handle on our side.</summary>
internal static class SortedSetHolds
{
    private const string Redis = "redis-server, unix socket, 16 pipelined";
    private const int Members = 1_000_000;
    private const int Pipelined = 16;
    private const int Operations = 200_000;
    private const int Pages = 10_000;

    public static readonly Hold[] All =
    [
        new("zset-add", "sorted set, a new member among 1 M", Redis, 5, Sense.AtLeast, () => Task.FromResult(Add())),
        new("zset-move", "sorted set, 1 M members, another score", Redis, 4, Sense.AtLeast, () => Task.FromResult(Move())),
        new("zset-rank", "sorted set, 1 M members, rank of a member", Redis, 4, Sense.AtLeast, () => Task.FromResult(Rank())),
        new("zset-score", "sorted set, 1 M members, score of a member", Redis, 5, Sense.AtLeast, () => Task.FromResult(Score())),
        new("zset-range", "sorted set, 1 M members, 100 entries by score", Redis, 5, Sense.AtLeast, () => Task.FromResult(Range())),
        new("zset-put-longest", "longest put while a sorted set grows to 10 M members", "1 ms", 1, Sense.AtMost, () => Task.FromResult(LongestPut())),
    ];

    private static Measurement Add() => Compare(
        static (world, i) => world.Set.AddAsync(world.NewNames[i], world.Scores[i % Members]).GetAwaiter().GetResult(),
        static (world, i) => world.Server.Add("ZADD", "z", world.ScoreTexts[i % Members], world.NewNames[i]),
        Operations);

    private static Measurement Move() => Compare(
        static (world, i) => world.Set.AddAsync(world.Names[i % Members], world.Scores[^((i % Members) + 1)]).GetAwaiter().GetResult(),
        static (world, i) => world.Server.Add("ZADD", "z", world.ScoreTexts[^((i % Members) + 1)], world.Names[i % Members]),
        Operations);

    private static Measurement Rank() => Compare(
        static (world, i) => World.Sink = world.Set.GetRankAsync(world.Names[i % Members]).GetAwaiter().GetResult(),
        static (world, i) => world.Server.Add("ZRANK", "z", world.Names[i % Members]),
        Operations);

    private static Measurement Score() => Compare(
        static (world, i) => World.Sink = world.Set.GetScoreAsync(world.Names[i % Members]).GetAwaiter().GetResult(),
        static (world, i) => world.Server.Add("ZSCORE", "z", world.Names[i % Members]),
        Operations);

    private static Measurement Range() => Compare(
        static (world, i) => World.Sink = world.Set.GetRangeAsync(ScoreRange.AtLeast(world.Scores[i % Members]), take: 100).GetAwaiter().GetResult(),
        static (world, i) => world.Server.Add("ZRANGEBYSCORE", "z", world.ScoreTexts[i % Members], "+inf", "WITHSCORES", "LIMIT", "0", "100"),
        Pages);

    /// <summary>Each round goes on where the one before has ended, so that no round finds the caches warm.</summary>
    private static Measurement Compare(Action<World, int> ours, Action<World, int> theirs, int operations)
    {
        using var world = new World();
        var (oursAt, theirsAt) = (0, 0);
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < operations; i++) ours(world, oursAt++);
            },
            () => world.Pipeline(operations, () => theirs(world, theirsAt++)),
            operations));
    }

    /// <summary>
    /// The same ten million puts three times over: what a put costs of itself it costs each time, what the machine and the
    /// garbage collector add falls elsewhere each time.
    /// </summary>
    private static Measurement LongestPut()
    {
        const int Count = 10_000_000;
        var least = new float[Count];
        Array.Fill(least, float.MaxValue);
        Span<byte> member = stackalloc byte[16];
        for (var pass = 0; pass < 3; pass++)
        {
            var (random, tree) = (new Random(1), new SortedSetTree());
            for (var i = 0; i < Count; i++)
            {
                BitConverter.TryWriteBytes(member, i * 7919L % Count);
                var score = random.NextDouble();
                var begun = System.Diagnostics.Stopwatch.GetTimestamp();
                tree.Put(member, score);
                least[i] = Math.Min(least[i], (float)System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        return Measurement.Within(least.Max(), 1, "ms");
    }

    /// <summary>A million members of 16 bytes with random scores, here and there, and two million names to add.</summary>
    private sealed class World : IDisposable
    {
        private readonly Keyspace keyspace = new();

        public World()
        {
            Set = keyspace.SortedSet("z");
            var random = new Random(1);
            var numbers = Enumerable.Range(0, 3 * Members).ToArray();
            random.Shuffle(numbers);
            for (var i = 0; i < Members; i++)
            {
                Scores[i] = random.NextDouble();
                ScoreTexts[i] = Scores[i].ToString("R", CultureInfo.InvariantCulture);
                Names[i] = Name(numbers[i]);
            }

            for (var i = 0; i < NewNames.Length; i++) NewNames[i] = Name(numbers[Members + i]);
            for (var i = 0; i < Members; i++) Set.AddAsync(Names[i], Scores[i]).GetAwaiter().GetResult();
            var at = 0;
            Pipeline(Members, () => Server.Add("ZADD", "z", ScoreTexts[at], Names[at++]));
        }

        public static object? Sink { get; set; }

        public ISortedSet Set { get; }

        public RealRedis Server { get; } = new();

        public double[] Scores { get; } = new double[Members];

        public string[] ScoreTexts { get; } = new string[Members];

        public string[] Names { get; } = new string[Members];

        public string[] NewNames { get; } = new string[2 * Members];

        public void Pipeline(int count, Action add)
        {
            for (var i = 0; i < count; i += Pipelined)
            {
                var batch = Math.Min(Pipelined, count - i);
                for (var j = 0; j < batch; j++) add();
                Server.Send(batch);
            }
        }

        public void Dispose()
        {
            Server.Dispose();
            keyspace.Dispose();
        }

        private static string Name(int number) => number.ToString("'mem:'000000000000", CultureInfo.InvariantCulture);
    }
}
