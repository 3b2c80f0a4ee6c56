using System.Diagnostics;
using KvEmbedded.Engine;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>What the one loop costs, idle and contended.</summary>
internal static class DispatcherHolds
{
    private const string Actor = "Channel + TaskCompletionSource actor";
    private const int Flows = 8;

    public static readonly Hold[] All =
    [
        new("dispatcher-cost", "the dispatcher on top of the bare table, INCR, idle, 1,000 counters in the caches", "10 ns", 1, Sense.AtMost, () => Task.FromResult(Cost())),
        new("dispatcher-garbage", "garbage of one INCR through the dispatcher, idle", "0 B", 0, Sense.AtMost, () => Task.FromResult(Garbage())),
        new("incr-idle", "INCR, one flow, idle", Actor, 10, Sense.AtLeast, () => Task.FromResult(Increment(1))),
        new("incr-8", "INCR, 8 flows", Actor, 3, Sense.AtLeast, () => Task.FromResult(Increment(Flows))),
        new("flows-tail", "8 flows, INCR, p99.9", "100 us", 1, Sense.AtMost, async () => Measurement.Within((await FlowsAsync()).Tail, 100, "us")),
        new("flows-fair", "8 flows, most served : mean served", "2", 1, Sense.AtMost, async () => Measurement.Within((await FlowsAsync()).MostToMean, 2, "x")),
    ];

    private static Measurement Cost()
    {
        // Few enough for the caches: with a cold table a fence also keeps the misses of two commands from overlapping.
        const int Count = 1_000, Rounds = 1_000;
        using var keyspace = new Keyspace();
        var table = new KeyTable();
        var keys = Enumerable.Range(0, Count).Select(i => new EncodedKey(System.Text.Encoding.UTF8.GetBytes($"key:{i * 7919L % Count:d12}"))).ToArray();
        var counters = keys.Select(key => keyspace.Counter(key.Bytes)).ToArray();
        var order = Enumerable.Range(0, Count).ToArray();
        new Random(1).Shuffle(order);
        foreach (var key in keys)
        {
            table.TryFind(key.Bytes, key.Hash, out var location);
            table.PutInteger(location, key.Bytes, 0, Expiry.Never);
        }

        var pair = Interleaved.Measure(
            () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    foreach (var i in order) counters[i].IncrementAsync().GetAwaiter().GetResult();
                }
            },
            () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    foreach (var i in order) table.TryAddInPlace(keys[i].Bytes, keys[i].Hash, 1, out _);
                }
            },
            Count * Rounds);
        return Measurement.Within(Math.Max(0, pair.Ours - pair.Rival), 10, "ns");
    }

    private static Measurement Garbage()
    {
        using var keyspace = new Keyspace();
        var counter = keyspace.Counter("counter");
        for (var i = 0; i < 200_000; i++) counter.IncrementAsync().GetAwaiter().GetResult();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) counter.IncrementAsync().GetAwaiter().GetResult();
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000.0;
        return new Measurement($"{bytes:N1} B", "0 B", bytes);
    }

    private static Measurement Increment(int flows)
    {
        const int Operations = 400_000;
        using var keyspace = new Keyspace();
        using var actor = new NaiveActor();
        return Measurement.Faster(Interleaved.Measure(
            () => RunFlows(flows, async flow =>
            {
                var counter = keyspace.Counter($"counter:{flow}");
                for (var i = 0; i < Operations / flows; i++) await counter.IncrementAsync();
            }),
            () => RunFlows(flows, async flow =>
            {
                var key = $"counter:{flow}";
                for (var i = 0; i < Operations / flows; i++) await actor.IncrementAsync(key);
            }),
            Operations));
    }

    private static void RunFlows(int flows, Func<int, Task> flow) =>
        Task.WhenAll(Enumerable.Range(0, flows).Select(i => Task.Run(() => flow(i)))).GetAwaiter().GetResult();

    /// <summary>Flows that do as much as they can for a second: how long one waits at worst, and how unequally they are served.</summary>
    private static async Task<(double Tail, double MostToMean)> FlowsAsync()
    {
        // A command that finds the loop idle completes at once, so each flow keeps its thread: the pool must have one for each,
        // or what is measured is how slowly the pool adds threads.
        ThreadPool.GetMinThreads(out _, out var ports);
        ThreadPool.SetMinThreads(Flows + 2, ports);
        using var keyspace = new Keyspace();
        var counter = keyspace.Counter("counter");
        (double Tail, double MostToMean) last = default;
        for (var round = 0; round < 3; round++)
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            var flows = Enumerable.Range(0, Flows).Select(_ => Task.Run(async () =>
            {
                var waits = new List<long>(1 << 20);
                while (!stop.IsCancellationRequested)
                {
                    var begun = Stopwatch.GetTimestamp();
                    await counter.IncrementAsync();
                    waits.Add(Stopwatch.GetTimestamp() - begun);
                }

                return waits;
            })).ToArray();
            var all = await Task.WhenAll(flows);
            var sorted = all.SelectMany(waits => waits).Order().ToArray();
            last = (
                sorted[(int)(sorted.Length * 0.999)] * 1e6 / Stopwatch.Frequency,
                all.Max(waits => waits.Count) / all.Average(waits => waits.Count));
        }

        return last;
    }
}
