using KvEmbedded.Engine;

namespace KvEmbedded.Diagnostics;

/// <summary>
/// Sees from another thread that a command holds the loop for too long, while it still does: one timer, armed while a
/// command is watched and left armed across short ones, so that watching costs no call of the timer.
/// </summary>
/// <remarks>
/// <c>sequence</c> is odd while a command is watched; the timer reads what is watched between two looks at it that must
/// agree. Letting the timer rest and beginning to watch cross like this: one side writes <c>armed</c> and then reads
/// <c>sequence</c>, the other writes <c>sequence</c> and then reads <c>armed</c>, each with a full fence in between, so
/// that no command begins unwatched.
/// </remarks>
internal sealed class StallWatch : IDisposable
{
    private readonly TimeProvider timeProvider;
    private readonly TimeSpan threshold;
    private readonly Action<string, EncodedKey, TimeSpan> report;
    private readonly ITimer timer;

    // Written by the holder of the loop.
    private long sequence;
    private string command = "";
    private EncodedKey key;
    private long started;

    // 1 while the timer will call.
    private int armed;

    /// <param name="report">Told the command, its key, and how long it has held the loop, once per command.</param>
    public StallWatch(TimeProvider timeProvider, TimeSpan threshold, Action<string, EncodedKey, TimeSpan> report)
    {
        this.timeProvider = timeProvider;
        this.threshold = threshold;
        this.report = report;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            timer = timeProvider.CreateTimer(
                static self => ((StallWatch)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Watches a command that has the loop from now on. The holder of the loop alone calls this.</summary>
    public void Begin(string command, EncodedKey key, long started)
    {
        // After the end of the command before, for whoever is just reading that one.
        Volatile.WriteBarrier();
        this.command = command;
        this.key = key;
        this.started = started;
        Interlocked.Increment(ref sequence);
        if (Volatile.Read(ref armed) == 0) Arm();
    }

    /// <summary>The command has ended.</summary>
    public void End() => Volatile.Write(ref sequence, sequence + 1);

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        var seen = Volatile.Read(ref sequence);
        var (command, key, started) = (this.command, this.key, this.started);
        Volatile.ReadBarrier();
        if (!IsWatching(seen) || Volatile.Read(ref sequence) != seen)
        {
            // Nothing runs, or something else runs by now and has run for less than the time since the first look.
            Rest(seen);
            return;
        }

        var left = threshold - timeProvider.GetElapsedTime(started);
        if (left > TimeSpan.Zero)
        {
            // Rounded up to the milliseconds of system timers: one that fires early would only fire again.
            timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
            return;
        }

        report(command, key, threshold - left);
        Rest(seen);
    }

    /// <summary>Lets the timer rest, unless another command than the one <paramref name="seen"/> is watched already.</summary>
    private void Rest(long seen)
    {
        Interlocked.Exchange(ref armed, 0);
        var now = Volatile.Read(ref sequence);
        if (now != seen && IsWatching(now)) Arm();
    }

    private void Arm()
    {
        if (Interlocked.Exchange(ref armed, 1) == 0) timer.Change(threshold, Timeout.InfiniteTimeSpan);
    }

    private static bool IsWatching(long sequence) => (sequence & 1) != 0;
}
