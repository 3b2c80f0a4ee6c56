using System.Collections.Concurrent;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>Plain strings beside ConcurrentDictionary, what a .NET team would use instead.</summary>
internal static class StringHolds
{
    private const string Dictionary = "ConcurrentDictionary<string, byte[]>";
    private const int Many = 16;

    public static readonly Hold[] All =
    [
        new("get-1m-1t", "GET, string key, 1 M keys, 1 thread", Dictionary, 1.3, Sense.AtLeast, () => Task.FromResult(Get(1_000_000, 1))),
        new("get-1m-2t", "GET, string key, 1 M keys, 2 threads", Dictionary, 1.3, Sense.AtLeast, () => Task.FromResult(Get(1_000_000, 2))),
        new("get-10k", "GET, string key, 10 k keys (hot)", Dictionary, 1.2, Sense.AtLeast, () => Task.FromResult(Get(10_000, 1))),
        new("get-10k-copy", "the same, both giving a copy that is the caller's own", Dictionary, 1, Sense.AtLeast, () => Task.FromResult(GetCopies(10_000))),
        new("get-1m-copy", "GET of 1 M keys, both giving a copy that is the caller's own", Dictionary, 1, Sense.AtLeast, () => Task.FromResult(GetCopies(1_000_000))),
        new("many-16", "GET of 16 keys at once, 1 M keys, per key", Dictionary, 2.5, Sense.AtLeast, () => Task.FromResult(GetMany())),
        new("set-1m-1t", "SET 16 B, 1 M keys, 1 thread", Dictionary, 1.2, Sense.AtLeast, () => Task.FromResult(Set(1_000_000, 1))),
        new("set-1m-2t", "SET 16 B, 1 M keys, 2 threads", Dictionary, 1.2, Sense.AtLeast, () => Task.FromResult(Set(1_000_000, 2))),
    ];

    private static Measurement Get(int keyCount, int threads)
    {
        using var world = new World(keyCount);
        var operations = 1_000_000;
        return Measurement.Faster(Interleaved.Measure(
            Interleaved.OnThreads(threads, thread =>
            {
                var strings = world.Keyspace.Strings;
                var (keys, at) = (world.Keys, thread * 7919);
                long sum = 0;
                for (var i = 0; i < operations / threads; i++)
                {
                    if (++at >= keys.Length) at = 0;
                    sum += strings.GetAsync(keys[at]).GetAwaiter().GetResult()!.Value.Length;
                }

                World.Sink = sum;
            }),
            Interleaved.OnThreads(threads, thread =>
            {
                var (keys, at) = (world.Keys, thread * 7919);
                long sum = 0;
                for (var i = 0; i < operations / threads; i++)
                {
                    if (++at >= keys.Length) at = 0;
                    sum += world.Dictionary[keys[at]].Length;
                }

                World.Sink = sum;
            }),
            operations));
    }

    /// <summary>Like for like: who is given the stored array itself can change what is stored.</summary>
    private static Measurement GetCopies(int keyCount)
    {
        using var world = new World(keyCount);
        var rounds = 1_000_000 / keyCount;
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                long sum = 0;
                for (var round = 0; round < rounds; round++)
                {
                    foreach (var key in world.Keys) sum += world.Keyspace.Strings.GetAsync(key).GetAwaiter().GetResult()!.Value.Length;
                }

                World.Sink = sum;
            },
            () =>
            {
                long sum = 0;
                for (var round = 0; round < rounds; round++)
                {
                    foreach (var key in world.Keys) sum += world.Dictionary[key].AsSpan().ToArray().Length;
                }

                World.Sink = sum;
            },
            1_000_000));
    }

    private static Measurement GetMany()
    {
        using var world = new World(1_000_000);
        var batches = world.Keys.Chunk(Many).Select(chunk => chunk.Select(key => (KvKey)key).ToArray()).ToArray();
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                long sum = 0;
                foreach (var batch in batches)
                {
                    foreach (var value in world.Keyspace.Strings.GetAsync(batch).GetAwaiter().GetResult()) sum += value!.Value.Length;
                }

                World.Sink = sum;
            },
            () =>
            {
                long sum = 0;
                foreach (var key in world.Keys) sum += world.Dictionary[key].Length;
                World.Sink = sum;
            },
            world.Keys.Length));
    }

    private static Measurement Set(int keyCount, int threads)
    {
        using var world = new World(keyCount);
        var value = new byte[16];
        return Measurement.Faster(Interleaved.Measure(
            Interleaved.OnThreads(threads, thread =>
            {
                // Threads that do not await: the loop may be busy with the other one.
                var strings = world.Keyspace.Synchronous.Strings;
                for (var i = thread; i < world.Keys.Length; i += threads)
                    strings.SetAsync(world.Keys[i], value).GetAwaiter().GetResult();
            }),
            Interleaved.OnThreads(threads, thread =>
            {
                for (var i = thread; i < world.Keys.Length; i += threads)
                    world.Dictionary[world.Keys[i]] = value.AsSpan().ToArray();
            }),
            keyCount));
    }

    /// <summary>The same keys and values in both, asked for in an order that caches cannot guess.</summary>
    private sealed class World : IDisposable
    {
        public static long Sink;

        public World(int keyCount)
        {
            Keys = [.. Enumerable.Range(0, keyCount).Select(i => $"key:{i * 7919L % keyCount:d12}")];
            foreach (var key in Keys)
            {
                Keyspace.Strings.SetAsync(key, "0123456789abcdef").GetAwaiter().GetResult();
                Dictionary[key] = new byte[16];
            }

            // Asked for with strings of their own, as a program that builds its keys would.
            Keys = [.. Keys.Select(key => new string(key))];
            new Random(1).Shuffle(Keys);
        }

        public Keyspace Keyspace { get; } = new();

        public ConcurrentDictionary<string, byte[]> Dictionary { get; } = new();

        public string[] Keys { get; }

        public void Dispose() => Keyspace.Dispose();
    }
}
