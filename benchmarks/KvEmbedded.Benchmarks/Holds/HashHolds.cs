using System.Collections.Concurrent;
using System.Globalization;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>A hash of a million fields of 16 bytes with values of 16 bytes; awaited commands of a handle on our side.</summary>
internal static class HashHolds
{
    private const string Redis = "redis-server, unix socket, 16 pipelined";
    private const string Plain = "ConcurrentDictionary<string, byte[]>";
    private const int Fields = 1_000_000;
    private const int Pipelined = 16;
    private const int Operations = 200_000;

    public static readonly Hold[] All =
    [
        new("hash-get", "hash of 1 M fields, read one", Redis, 4, Sense.AtLeast, () => Task.FromResult(BesideRedis(Get, "HGET"))),
        new("hash-set", "hash of 1 M fields, set one", Redis, 4, Sense.AtLeast, () => Task.FromResult(BesideRedis(Set, "HSET"))),
        new("hash-get-plain", "hash of 1 M fields, read one", Plain, 0.5, Sense.AtLeast, () => Task.FromResult(BesidePlain(Get, static (world, i) => World.Sink = world.Plain[world.Names[i]]))),
        new("hash-set-plain", "hash of 1 M fields, set one", Plain, 0.8, Sense.AtLeast, () => Task.FromResult(BesidePlain(Set, static (world, i) => world.Plain[world.Names[i]] = world.NewValue(i)))),
        new("bytes-hash-field", "bytes for a hash's field of 16 B with a value of 16 B, 1 M of them", "redis-server", 0.7, Sense.AtMost, () => Task.FromResult(BytesPerField())),
    ];

    private static void Get(World world, int i) => World.Read = world.Hash.GetAsync(world.Names[i]).GetAwaiter().GetResult();

    private static void Set(World world, int i) => world.Hash.SetAsync(world.Names[i], world.NewValue(i)).GetAwaiter().GetResult();

    private static Measurement BesideRedis(Action<World, int> ours, string command)
    {
        using var world = new World();
        using var redis = new RealRedis();
        var at = 0;
        Pipeline(redis, Fields, () => redis.Add("HSET", "h", world.Names[at], world.ValueTexts[at++]));
        var theirsAt = 0;
        return world.Compare(ours, () => Pipeline(redis, Operations, () =>
        {
            var i = theirsAt++ % Fields;
            if (command == "HGET") redis.Add(command, "h", world.Names[i]);
            else redis.Add(command, "h", world.Names[i], world.ValueTexts[i]);
        }));
    }

    private static Measurement BesidePlain(Action<World, int> ours, Action<World, int> theirs)
    {
        using var world = new World();
        for (var i = 0; i < Fields; i++) world.Plain[world.Names[i]] = world.NewValue(i);
        var theirsAt = 0;
        return world.Compare(ours, () =>
        {
            for (var i = 0; i < Operations; i++) theirs(world, theirsAt++ % Fields);
        });
    }

    private static Measurement BytesPerField() => MemoryHolds.Compare(
        static (keyspace, i) => keyspace.Hash("hash").SetAsync($"field:{i:d10}", "0123456789abcdef").GetAwaiter().GetResult(),
        static (redis, i) => redis.Add("HSET", "hash", $"field:{i:d10}", "0123456789abcdef"));

    private static void Pipeline(RealRedis redis, int count, Action add)
    {
        for (var i = 0; i < count; i += Pipelined)
        {
            var batch = Math.Min(Pipelined, count - i);
            for (var j = 0; j < batch; j++) add();
            redis.Send(batch);
        }
    }

    /// <summary>A hash of a million fields, and the names and values again in random order.</summary>
    private sealed class World : IDisposable
    {
        private readonly Keyspace keyspace = new();

        public World()
        {
            Hash = keyspace.Hash("h");
            var numbers = Enumerable.Range(0, Fields).ToArray();
            new Random(1).Shuffle(numbers);
            for (var i = 0; i < Fields; i++)
            {
                Names[i] = numbers[i].ToString("'fld:'000000000000", CultureInfo.InvariantCulture);
                ValueTexts[i] = numbers[i].ToString("'val:'000000000000", CultureInfo.InvariantCulture);
                Set(this, i);
            }
        }

        public static object? Sink { get; set; }

        public static KvValue? Read { get; set; }

        public IHash Hash { get; }

        public ConcurrentDictionary<string, byte[]> Plain { get; } = new(StringComparer.Ordinal);

        public string[] Names { get; } = new string[Fields];

        public string[] ValueTexts { get; } = new string[Fields];

        /// <summary>A value of its own, as a caller would have it.</summary>
        public byte[] NewValue(int i) => System.Text.Encoding.ASCII.GetBytes(ValueTexts[i]);

        /// <summary>Each round goes on where the one before has ended, so that no round finds the caches warm.</summary>
        public Measurement Compare(Action<World, int> ours, Action theirs)
        {
            var at = 0;
            return Measurement.Faster(Interleaved.Measure(
                () =>
                {
                    for (var i = 0; i < Operations; i++) ours(this, at++ % Fields);
                },
                theirs,
                Operations));
        }

        public void Dispose() => keyspace.Dispose();
    }
}
