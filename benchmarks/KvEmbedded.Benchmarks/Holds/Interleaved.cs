using System.Diagnostics;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>Medians of two contenders, in nanoseconds for each operation, and the median of the ratios round by round.</summary>
internal readonly record struct Pair(double Ours, double Rival, double Ratio);

/// <summary>
/// Measures two contenders in turn in one process, so that a machine that drifts drifts for both. The first rounds warm up
/// (tiered compilation, caches) and do not count.
/// </summary>
internal static class Interleaved
{
    private const int Warmups = 2;

    public static Pair Measure(Action ours, Action rival, long operations, int rounds = 7)
    {
        var results = new List<(double Ours, double Rival)>();
        for (var round = -Warmups; round < rounds; round++)
        {
            // Who goes first changes, so that neither always finds the caches as the other left them.
            var oursFirst = (round & 1) == 0;
            var first = Time(oursFirst ? ours : rival, operations);
            var second = Time(oursFirst ? rival : ours, operations);
            if (round >= 0) results.Add(oursFirst ? (first, second) : (second, first));
        }

        return new Pair(
            Median(results.Select(r => r.Ours)), Median(results.Select(r => r.Rival)), Median(results.Select(r => r.Rival / r.Ours)));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The same work on several threads that start together.</summary>
    public static Action OnThreads(int count, Action<int> work) => () =>
    {
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() => work(i))).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
    };

    private static double Time(Action work, long operations)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalNanoseconds / operations;
    }
}
