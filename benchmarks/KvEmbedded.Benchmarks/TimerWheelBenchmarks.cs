using BenchmarkDotNet.Attributes;
using KvEmbedded.Engine;

namespace KvEmbedded.Benchmarks;

/// <summary>
/// What does a time to live cost, beside the priority queue a .NET team would use, and beside one system timer per key?
/// </summary>
/// <remarks>
/// Deadlines are random within the hour. Each benchmark keeps the number of timers where it is, so a run is steady: a
/// cancel is followed by an arming, and what comes due is armed again an hour later. A priority queue cannot cancel (its
/// Remove looks at every element), so it has no rows for that.
/// </remarks>
[MemoryDiagnoser]
public class TimerWheelBenchmarks
{
    private const long Hour = 36_000_000_000;
    private const int Batch = 1000;
    private readonly object owner = new();
    private readonly List<DueTimer> due = [];
    private TimerWheel wheel = null!;
    private PriorityQueue<object, long> queue = null!;
    private System.Threading.Timer[] systemTimers = null!;
    private int[] ids = null!;
    private long[] deadlines = null!;
    private int at;
    private long now;

    [Params(10_000, 1_000_000)]
    public int TimerCount { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        (wheel, queue, now, at) = (new TimerWheel(), new PriorityQueue<object, long>(), 0, 0);
        deadlines = Enumerable.Range(0, TimerCount).Select(_ => random.NextInt64(Hour)).ToArray();
        ids = deadlines.Select(deadline => wheel.Arm(owner, deadline)).ToArray();
        foreach (var deadline in deadlines) queue.Enqueue(owner, deadline);

        // A million of these takes minutes to fill; the small size says enough.
        systemTimers = [.. deadlines.Take(10_000).Select(deadline =>
            new System.Threading.Timer(static _ => { }, null, TimeSpan.FromTicks(deadline) + TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan))];
    }

    [GlobalCleanup]
    public void Empty()
    {
        foreach (var timer in systemTimers) timer.Dispose();
    }

    /// <summary>The next timer in the order of arming gets a new one of another deadline in its place.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public void Cancel_and_arm_wheel()
    {
        for (var count = 0; count < Batch; count++)
        {
            var number = Next();
            wheel.Cancel(ids[number]);
            ids[number] = wheel.Arm(owner, deadlines[number]);
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Cancel_and_arm_system_timer()
    {
        for (var count = 0; count < Batch; count++)
        {
            var number = Next() % systemTimers.Length;
            systemTimers[number].Dispose();
            systemTimers[number] = new System.Threading.Timer(
                static _ => { }, null, TimeSpan.FromTicks(deadlines[number]) + TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Rearm_later_wheel()
    {
        for (var count = 0; count < Batch; count++)
        {
            var number = Next();
            wheel.Rearm(ids[number], deadlines[number] + count);
        }
    }

    /// <summary>One timer comes due and is armed an hour later: the whole life of a timer.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public void Come_due_and_arm_wheel()
    {
        for (var delivered = 0; delivered < Batch;)
        {
            now = Math.Max(now, wheel.NextDue);
            for (var more = true; more; due.Clear())
            {
                delivered += wheel.Advance(now, 100, due, out more);
                foreach (var timer in due) wheel.Arm(timer.Owner, timer.Deadline + Hour);
            }
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Batch)]
    public void Come_due_and_arm_priority_queue()
    {
        for (var count = 0; count < Batch; count++)
        {
            queue.TryPeek(out var first, out var deadline);
            queue.DequeueEnqueue(first!, deadline + Hour);
        }
    }

    private int Next() => at = at + 1 < deadlines.Length ? at + 1 : 0;
}
