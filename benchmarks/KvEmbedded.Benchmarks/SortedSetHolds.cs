using System.Globalization;
using System.Text;
using KvEmbedded.SortedSets;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>The structure of a sorted set of a million members, beside redis-server, 16 commands in a pipeline.</summary>
internal static class SortedSetHolds
{
    private const string Redis = "redis-server, unix socket, 16 pipelined";
    private const int Members = 1_000_000;
    private const int Pipelined = 16;
    private const int Operations = 200_000;
    private const int Pages = 5_000;
    private const int PageSize = 100;

    public static readonly Hold[] All =
    [
        new("tree-add", "sorted set, a new member among 1 M (structure alone)", Redis, 5, Sense.AtLeast, () => Task.FromResult(Add())),
        new("tree-move", "sorted set, 1 M members, another score", Redis, 4, Sense.AtLeast, () => Task.FromResult(Move())),
        new("tree-rank", "sorted set, 1 M members, rank of a member", Redis, 4, Sense.AtLeast, () => Task.FromResult(Rank())),
        new("tree-score", "sorted set, 1 M members, score of a member", Redis, 5, Sense.AtLeast, () => Task.FromResult(Score())),
        new("tree-range", "sorted set, 1 M members, 100 entries by score", Redis, 5, Sense.AtLeast, () => Task.FromResult(Range())),
        new("tree-bytes", "bytes for a member of 16 B, 1 M of them", "redis-server", 0.7, Sense.AtMost, () => Task.FromResult(Bytes())),
    ];

    // One command for each, the members of a round in an order that no cache knows.
    private static Measurement Add()
    {
        using var world = new World();
        var (ours, theirs) = (Members, Members);
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                Span<byte> member = stackalloc byte[16];
                for (var i = 0; i < Operations; i++) world.Tree.Put(Member(ours++, member), world.Scores[i]);
            },
            () => world.Pipeline(Operations, i => world.Server.Add("ZADD", "z", world.ScoreTexts[i], Name(theirs++))),
            Operations));
    }

    private static Measurement Move()
    {
        using var world = new World();
        var (ours, theirs) = (0, 0);
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                Span<byte> member = stackalloc byte[16];
                for (var i = 0; i < Operations; i++, ours++)
                    world.Tree.Put(Member(world.Order[ours % Members], member), world.Scores[ours * 31L % Members]);
            },
            () => world.Pipeline(Operations, _ =>
            {
                world.Server.Add("ZADD", "z", world.ScoreTexts[theirs * 31L % Members], world.Names[world.Order[theirs % Members]]);
                theirs++;
            }),
            Operations));
    }

    private static Measurement Rank() => Read(
        (world, member) => world.Tree.TryGetRank(member, out var rank, out _) ? rank : 0,
        (world, name) => world.Server.Add("ZRANK", "z", name));

    private static Measurement Score() => Read(
        (world, member) => world.Tree.TryGetScore(member, out var score) ? (long)score : 0,
        (world, name) => world.Server.Add("ZSCORE", "z", name));

    private static Measurement Read(Func<World, byte[], long> ours, Action<World, string> theirs)
    {
        using var world = new World();
        var (oursAt, theirsAt) = (0, 0);
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                long sum = 0;
                var member = new byte[16];
                for (var i = 0; i < Operations; i++)
                {
                    Member(world.Order[oursAt++ % Members], member);
                    sum += ours(world, member);
                }

                World.Sink = sum;
            },
            () => world.Pipeline(Operations, _ => theirs(world, world.Names[world.Order[theirsAt++ % Members]])),
            Operations));
    }

    // Ours answers with copies of the members too.
    private static Measurement Range()
    {
        using var world = new World();
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Pages; i++)
                {
                    var page = new List<(byte[], double)>(PageSize);
                    var cursor = world.Tree.From(world.Tree.RankAtScore(world.Scores[i]), Order.Ascending);
                    while (page.Count < PageSize && cursor.MoveNext()) page.Add((cursor.Member.ToArray(), cursor.Score));
                    World.Sink = page.Count;
                }
            },
            () => world.Pipeline(Pages, i => world.Server.Add("ZRANGEBYSCORE", "z", world.ScoreTexts[i], "+inf", "WITHSCORES", "LIMIT", "0", "100")),
            Pages));
    }

    private static Measurement Bytes()
    {
        using var world = new World();
        return Measurement.Smaller(world.Tree.MemoryBytes / (double)Members, world.Server.UsedMemory() / (double)Members);
    }

    private static string Name(int number) => number.ToString("'mem:'000000000000", CultureInfo.InvariantCulture);

    private static Span<byte> Member(int number, Span<byte> member)
    {
        "mem:"u8.CopyTo(member);
        for (var at = 15; at >= 4; at--, number /= 10) member[at] = (byte)('0' + (number % 10));
        return member;
    }

    /// <summary>A million members of 16 bytes with random scores, here and there.</summary>
    private sealed class World : IDisposable
    {
        public World()
        {
            var random = new Random(1);
            for (var i = 0; i < Members; i++)
            {
                Scores[i] = random.NextDouble();
                ScoreTexts[i] = Scores[i].ToString("R", CultureInfo.InvariantCulture);
                Names[i] = Name(i);
                Order[i] = i;
            }

            random.Shuffle(Order);
            foreach (var i in Order) Tree.Put(Encoding.ASCII.GetBytes(Names[i]), Scores[i]);
            Pipeline(Members, i => Server.Add("ZADD", "z", ScoreTexts[Order[i]], Names[Order[i]]));
        }

        public static long Sink { get; set; }

        public SortedSetTree Tree { get; } = new();

        public RealRedis Server { get; } = new();

        public double[] Scores { get; } = new double[Members];

        public string[] ScoreTexts { get; } = new string[Members];

        public string[] Names { get; } = new string[Members];

        public int[] Order { get; } = new int[Members];

        public void Pipeline(int count, Action<int> add)
        {
            for (var i = 0; i < count; i += Pipelined)
            {
                var batch = Math.Min(Pipelined, count - i);
                for (var j = 0; j < batch; j++) add(i + j);
                Server.Send(batch);
            }
        }

        public void Dispose() => Server.Dispose();
    }
}
