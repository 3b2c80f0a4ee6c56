using System.Diagnostics;
using System.Globalization;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>A HyperLogLog of a million elements beside redis-server, and beside the HashSet a team would use.</summary>
internal static class HyperLogLogHolds
{
    private const string Redis = "redis-server, unix socket, 16 pipelined";
    private const int Elements = 1_000_000;
    private const int Pipelined = 16;

    public static readonly Hold[] All =
    [
        new("hll-add", "PFADD to a dense one, 8 bytes, through the API", "50 ns", 1, Sense.AtMost, () => Task.FromResult(AddCost())),
        new("hll-add-redis", "PFADD to a dense one", Redis, 5, Sense.AtLeast, () => Task.FromResult(Add())),
        new("hll-add-set", "an element of 8 bytes among 1 M different ones", "HashSet<long>", 0.2, Sense.AtLeast, () => Task.FromResult(AddToSet())),
        new("hll-count", "PFCOUNT behind PFADD of 16 new elements", Redis, 1, Sense.AtLeast, () => Task.FromResult(Count())),
        new("hll-count-command", "PFCOUNT of a dense one that has just changed, without the way there", "redis-server, as its INFO commandstats says", 1, Sense.AtLeast, () => Task.FromResult(CountAlone())),
        new("hll-merge", "PFMERGE of three dense ones", Redis, 1, Sense.AtLeast, () => Task.FromResult(Merge())),
        new("hll-union", "PFCOUNT of three dense ones", Redis, 1, Sense.AtLeast, () => Task.FromResult(CountUnion())),
    ];

    private static Measurement AddCost()
    {
        using var world = new World(withServer: false);
        var at = 0L;
        var pair = Interleaved.Measure(() => AddOurs(world, ref at), static () => { }, Elements);
        return Measurement.Within(pair.Ours, 50, "ns");
    }

    private static Measurement Add()
    {
        const int Operations = 200_000;
        using var world = new World();
        var (ours, theirs) = (0, 0);
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Operations; i++) world.One.AddAsync(ours++).GetAwaiter().GetResult();
            },
            () => world.Pipeline(Operations, server => server.Add("PFADD", "a", (theirs++).ToString(CultureInfo.InvariantCulture))),
            Operations));
    }

    private static Measurement AddToSet()
    {
        using var world = new World(withServer: false);
        var (set, at, theirs) = (new HashSet<long>(), 0L, 0L);
        for (var i = 0L; i < Elements; i++) set.Add(i * 7919);
        return Measurement.Faster(Interleaved.Measure(
            () => AddOurs(world, ref at),
            () =>
            {
                for (var i = 0; i < Elements; i++) set.Add(theirs++ % Elements * 7919);
            },
            Elements));
    }

    private static Measurement Count()
    {
        // New elements in a small one: almost each time the estimate is out of date.
        const int Operations = 1_000, Some = 16;
        using var world = new World();
        var (small, ours, theirs) = (world.Keyspace.HyperLogLog("d"), 0, 0);
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Operations; i++)
                {
                    for (var j = 0; j < Some; j++) small.AddAsync(ours++).GetAwaiter().GetResult();
                    World.Sink = small.CountAsync().GetAwaiter().GetResult();
                }
            },
            () => world.Pipeline(
                Operations,
                server =>
                {
                    server.Add(["PFADD", "d", .. Enumerable.Range(theirs, Some).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
                    server.Add("PFCOUNT", "d");
                    theirs += Some;
                },
                replies: 2),
            Operations));
    }

    private static Measurement CountAlone()
    {
        // So many that one of them changes a register almost each time: else the answer is kept from before.
        const int Operations = 500, Some = 64, Rounds = 7;
        using var world = new World();
        var (ours, theirs) = (new double[Rounds], new double[Rounds]);
        for (var round = -2; round < Rounds; round++)
        {
            string[][] batches = [.. Enumerable.Range(round * Operations, Operations).Select(batch => Enumerable.Range(0, Some).Select(i => $"{batch}:{i}").ToArray())];
            long ticks = 0;
            foreach (var batch in batches)
            {
                world.One.AddAsync([.. batch.Select(element => (KvValue)element)]).AsTask().GetAwaiter().GetResult();
                var start = Stopwatch.GetTimestamp();
                World.Sink = world.One.CountAsync().GetAwaiter().GetResult();
                ticks += Stopwatch.GetTimestamp() - start;
            }

            var at = 0;
            world.Pipeline(
                Operations,
                server =>
                {
                    server.Add(["PFADD", "a", .. batches[at++]]);
                    server.Add("PFCOUNT", "a");
                },
                replies: 2);
            var rival = world.NanosecondsPerCall("pfcount");
            if (round >= 0) (ours[round], theirs[round]) = (ticks * 1e9 / Stopwatch.Frequency / Operations, rival);
        }

        return Measurement.Faster(new Pair(
            Interleaved.Median(ours), Interleaved.Median(theirs), Interleaved.Median(ours.Zip(theirs, static (our, their) => their / our))));
    }

    private static Measurement Merge()
    {
        const int Operations = 2_000;
        using var world = new World();
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Operations; i++)
                    world.Keyspace.HyperLogLogs.MergeAsync("to", ["a", "b", "c"]).AsTask().GetAwaiter().GetResult();
            },
            () => world.Pipeline(Operations, static server => server.Add("PFMERGE", "to", "a", "b", "c")),
            Operations));
    }

    private static Measurement CountUnion()
    {
        const int Operations = 2_000;
        using var world = new World();
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Operations; i++)
                    World.Sink = world.Keyspace.HyperLogLogs.CountUnionAsync(["a", "b", "c"]).AsTask().GetAwaiter().GetResult();
            },
            () => world.Pipeline(Operations, static server => server.Add("PFCOUNT", "a", "b", "c")),
            Operations));
    }

    private static void AddOurs(World world, ref long at)
    {
        Span<byte> scratch = stackalloc byte[8];
        var element = new byte[8];
        for (var i = 0; i < Elements; i++)
        {
            BitConverter.TryWriteBytes(scratch, at++);
            scratch.CopyTo(element);
            world.One.AddAsync(element).GetAwaiter().GetResult();
        }
    }

    /// <summary>Three of a third of a million elements each, here and there.</summary>
    private sealed class World : IDisposable
    {
        private readonly RealRedis? server;

        public World(bool withServer = true)
        {
            One = Keyspace.HyperLogLog("a");
            if (withServer) server = new RealRedis();
            string[] keys = ["a", "b", "c"];
            foreach (var key in keys)
            {
                for (var i = 0; i < Elements / keys.Length; i += 1_000)
                {
                    string[] some = [.. Enumerable.Range(i, 1_000).Select(number => $"{key}:{number}")];
                    Keyspace.HyperLogLog(key).AddAsync([.. some.Select(element => (KvValue)element)]).AsTask().GetAwaiter().GetResult();
                    server?.Add(["PFADD", key, .. some]);
                    server?.Send(1);
                }
            }
        }

        public static long Sink { get; set; }

        public Keyspace Keyspace { get; } = new();

        public IHyperLogLog One { get; }

        public void Pipeline(int count, Action<RealRedis> add, int replies = 1)
        {
            for (var i = 0; i < count; i += Pipelined)
            {
                var batch = Math.Min(Pipelined, count - i);
                for (var j = 0; j < batch; j++) add(server!);
                server!.Send(batch * replies);
            }
        }

        public double NanosecondsPerCall(string command) => server!.NanosecondsPerCall(command);

        public void Dispose()
        {
            server?.Dispose();
            Keyspace.Dispose();
        }
    }
}
