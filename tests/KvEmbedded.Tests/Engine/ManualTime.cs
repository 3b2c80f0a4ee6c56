namespace KvEmbedded.Tests.Engine;

/// <summary>
/// A clock whose timers fire only when the test says so (never by themselves), and whose wall clock can be moved without
/// the monotonic one: what an operator or NTP does.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> timers = [];
    private readonly DateTimeOffset start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long elapsed;
    private TimeSpan wallOffset;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that have been made and not disposed.</summary>
    public int Timers => timers.Count;

    /// <summary>Called at each look at the clock.</summary>
    public Action? OnRead { get; set; }

    /// <summary>When the earliest timer shall fire, from now on; null if none shall.</summary>
    public TimeSpan? NextFiring => timers.Min(static timer => timer.DueTime);

    public override long GetTimestamp()
    {
        OnRead?.Invoke();
        return elapsed;
    }

    public override DateTimeOffset GetUtcNow() => start.AddTicks(elapsed) + wallOffset;

    public void Advance(TimeSpan time) => elapsed += time.Ticks;

    public void MoveWall(TimeSpan by) => wallOffset += by;

    public void Fire()
    {
        foreach (var timer in timers.ToArray()) timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        timers.Add(timer);
        return timer;
    }

    private sealed class ManualTimer(ManualTime owner, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan? DueTime { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
            DueTime = dueTime == Timeout.InfiniteTimeSpan ? null : dueTime;
            return true;
        }

        public void Dispose() => owner.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
