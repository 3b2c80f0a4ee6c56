using System.Diagnostics;
using KvEmbedded.Engine;


namespace KvEmbedded.Benchmarks.Holds;

/// <summary>What a time to live costs, how late keys go, and how long the loop is held for it.</summary>
internal static class ExpiryHolds
{
    private const int Count = 1_000_000;

    public static readonly Hold[] All =
    [
        new("ttl-set", "SET with a time to live, 1 M keys", "plain SET", 1.5, Sense.AtMost, () => Task.FromResult(SetCost())),
        new("ttl-late", "lateness at worst of 1 M keys expiring over 5 s", "20 ms", 1, Sense.AtMost, async () => Measurement.Within((await ExpireAsync()).LateMs, 20, "ms")),
        new("ttl-advance", "longest advance of the wheel over the same", "1 ms", 1, Sense.AtMost, async () => Measurement.Within((await ExpireAsync()).AdvanceMs, 1, "ms")),
    ];

    private static Measurement SetCost()
    {
        using var with = new Keyspace();
        using var without = new Keyspace();
        var keys = Enumerable.Range(0, Count).Select(i => $"key:{i * 7919L % Count:d12}").ToArray();
        var value = new byte[16];
        var timeToLive = Expiration.In(TimeSpan.FromMinutes(10));
        var pair = Interleaved.Measure(
            () =>
            {
                foreach (var key in keys) with.Strings.SetAsync(key, value, timeToLive).GetAwaiter().GetResult();
            },
            () =>
            {
                foreach (var key in keys) without.Strings.SetAsync(key, value).GetAwaiter().GetResult();
            },
            Count);
        return new Measurement($"{pair.Ours:N1} ns", $"{pair.Rival:N1} ns", 1 / pair.Ratio);
    }

    /// <summary>The wheel alone, driven as the loop drives it, by the real clock.</summary>
    private static async Task<(double LateMs, double AdvanceMs)> ExpireAsync()
    {
        var clock = new Clock(TimeProvider.System);
        var wheel = new TimerWheel();
        var random = new Random(1);
        var owner = new object();
        var start = clock.Now;
        for (var i = 0; i < Count; i++) wheel.Arm(owner, start + TimeSpan.TicksPerSecond + random.NextInt64(5 * TimeSpan.TicksPerSecond));

        var due = new List<DueTimer>(4096);
        double late = 0, longest = 0;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(4));
        while (wheel.Count > 0)
        {
            await tick.WaitForNextTickAsync();
            bool more;
            do
            {
                due.Clear();
                var begun = Stopwatch.GetTimestamp();
                var now = clock.Now;
                wheel.Advance(now, 200, due, out more);
                longest = Math.Max(longest, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                foreach (var timer in due) late = Math.Max(late, (now - timer.Deadline) / (double)TimeSpan.TicksPerMillisecond);
            }
            while (more);
        }

        return (late, longest);
    }
}
