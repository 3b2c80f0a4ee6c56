using System.Collections;
using System.Numerics;
using System.Runtime.InteropServices;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>Bitmaps beside redis-server, and beside the BitArray a team would use.</summary>
internal static class BitmapHolds
{
    private const string Redis = "redis-server, unix socket, 16 pipelined";
    private const string Plain = "BitArray";
    private const string Loop = "a loop of BitOperations.PopCount";
    private const int MiB = 1 << 20;
    private const int Pipelined = 16;

    public static readonly Hold[] All =
    [
        new("bit-count-128m", "BITCOUNT of 128 MiB", Redis, 3.5, Sense.AtLeast, () => Task.FromResult(Count(128 * MiB, 16))),
        new("bit-count-1m", "BITCOUNT of 1 MiB", Redis, 10, Sense.AtLeast, () => Task.FromResult(Count(MiB, 1_600))),
        new("bit-count-1m-plain", "bits set in 1 MiB", Loop, 1, Sense.AtLeast, () => Task.FromResult(CountPlain(MiB, 1_600))),
        new("bit-op-16m", "BITOP AND of two strings of 16 MiB", Redis, 5, Sense.AtLeast, () => Task.FromResult(Combine(16 * MiB, 16))),
        new("bit-op-16m-plain", "AND of two bitmaps of 16 MiB into a third", Plain, 1, Sense.AtLeast, () => Task.FromResult(CombinePlain(16 * MiB, 16))),
        new("bit-set", "SETBIT of random bits of 1 MiB", Redis, 5, Sense.AtLeast, () => Task.FromResult(Set(MiB))),
    ];

    private static Measurement Count(int length, int operations)
    {
        using var world = new World(length);
        return Measurement.Faster(Interleaved.Measure(
            () => CountOurs(world, operations),
            () => world.Pipeline(operations, static (server, _) => server.Add("BITCOUNT", "a")),
            operations));
    }

    private static Measurement CountPlain(int length, int operations)
    {
        using var world = new World(length);
        return Measurement.Faster(Interleaved.Measure(
            () => CountOurs(world, operations),
            () =>
            {
                for (var i = 0; i < operations; i++)
                {
                    var count = 0L;
                    foreach (var word in MemoryMarshal.Cast<byte, ulong>(world.Bytes)) count += BitOperations.PopCount(word);
                    World.Sink = count;
                }
            },
            operations));
    }

    private static void CountOurs(World world, int operations)
    {
        var bits = world.Keyspace.Bitmap("a");
        for (var i = 0; i < operations; i++) World.Sink = bits.CountAsync().AsTask().GetAwaiter().GetResult();
    }

    private static Measurement Combine(int length, int operations)
    {
        using var world = new World(length);
        return Measurement.Faster(Interleaved.Measure(
            () => CombineOurs(world, operations),
            () => world.Pipeline(operations, static (server, _) => server.Add("BITOP", "AND", "c", "a", "b")),
            operations));
    }

    private static Measurement CombinePlain(int length, int operations)
    {
        using var world = new World(length);
        var (a, b) = (new BitArray(world.Bytes), new BitArray(world.Bytes));
        return Measurement.Faster(Interleaved.Measure(
            () => CombineOurs(world, operations),
            () =>
            {
                for (var i = 0; i < operations; i++) World.Sink = new BitArray(a).And(b).Length;
            },
            operations));
    }

    private static void CombineOurs(World world, int operations)
    {
        for (var i = 0; i < operations; i++)
            World.Sink = world.Keyspace.Bitmaps.CombineAsync(BitOperation.And, "c", ["a", "b"]).AsTask().GetAwaiter().GetResult();
    }

    private static Measurement Set(int length)
    {
        const int Operations = 400_000;
        using var world = new World(length);
        var (bits, random, theirRandom) = (world.Keyspace.Bitmap("a"), new Random(1), new Random(1));
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Operations; i++) bits.SetAsync(random.NextInt64(8L * length), (i & 1) == 0).GetAwaiter().GetResult();
            },
            () => world.Pipeline(
                Operations, (server, i) => server.Add("SETBIT", "a", $"{theirRandom.NextInt64(8L * length)}", (i & 1) == 0 ? "1" : "0")),
            Operations));
    }

    /// <summary>The same two strings of random bits here and there.</summary>
    private sealed class World : IDisposable
    {
        private readonly RealRedis server = new();

        public World(int length)
        {
            // A megabyte of random bytes, doubled on the server until it is long enough.
            Bytes = new byte[length];
            var seed = new byte[MiB];
            new Random(1).NextBytes(seed);
            for (var i = 0; i < length; i += MiB) seed.CopyTo(Bytes, i);
            var text = Convert.ToHexString(seed);
            foreach (var key in new[] { "a", "b" })
            {
                Keyspace.Strings.SetAsync(key, Bytes).AsTask().GetAwaiter().GetResult();
                server.Add("EVAL", "redis.call('SET', KEYS[1], (ARGV[1]:gsub('..', function(h) return string.char(tonumber(h, 16)) end)))", "1", key, text);
                server.Send(1);
                for (var i = MiB; i < length; i *= 2)
                {
                    server.Add("EVAL", "return redis.call('APPEND', KEYS[1], redis.call('GET', KEYS[1]))", "1", key);
                    server.Send(1);
                }
            }
        }

        public static long Sink { get; set; }

        public byte[] Bytes { get; }

        public Keyspace Keyspace { get; } = new();

        public void Pipeline(int count, Action<RealRedis, int> add)
        {
            for (var i = 0; i < count; i += Pipelined)
            {
                var batch = Math.Min(Pipelined, count - i);
                for (var j = 0; j < batch; j++) add(server, i + j);
                server.Send(batch);
            }
        }

        public void Dispose()
        {
            server.Dispose();
            Keyspace.Dispose();
        }
    }
}
