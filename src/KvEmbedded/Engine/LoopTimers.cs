namespace KvEmbedded.Engine;

/// <summary>
/// The timers of keys and of parked callers, and the one system timer that brings the loop to them when the earliest is
/// due. Keys and callers have a wheel each, so that all keys can go at once.
/// </summary>
internal sealed class LoopTimers
{
    private readonly Dispatcher dispatcher;
    private readonly Clock clock;
    private readonly ITimer systemTimer;
    private readonly LoopMessage advance;
    private readonly TimerWheel waiters = new();
    private readonly List<DueTimer> due = [];
    private readonly List<(long Deadline, int Place)> order = [];
    private TimerWheel keys = new();
    private long armedFor = long.MaxValue;
    private int isPosted;

    public LoopTimers(Dispatcher dispatcher, Clock clock, TimeProvider timeProvider)
    {
        this.dispatcher = dispatcher;
        this.clock = clock;
        advance = new LoopMessage(Advance);
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            systemTimer = timeProvider.CreateTimer(
                static self => ((LoopTimers)self!).Post(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public int Count => keys.Count + waiters.Count;

    public int ArmWaiter(IWaiter waiter, long deadline) => Arm(waiters, waiter, deadline);

    public void CancelWaiter(int timer) => waiters.Cancel(timer);

    public int ArmKey(object owner, long deadline) => Arm(keys, owner, deadline);

    public void CancelKey(int timer) => keys.Cancel(timer);

    /// <summary>Moves a key's timer; a new one is armed if it has been delivered already. Returns the timer that counts.</summary>
    public int RearmKey(int timer, object owner, long deadline)
    {
        if (!keys.Rearm(timer, deadline)) return ArmKey(owner, deadline);
        ArmSystemTimer(keys.NextDue);
        return timer;
    }

    public void SetKeyOwner(int timer, object owner) => keys.SetOwner(timer, owner);

    /// <summary>Forgets every key's timer, O(1); what is returned can bring them back.</summary>
    public object ClearKeys()
    {
        var old = keys;
        keys = new TimerWheel();
        return old;
    }

    public void RestoreKeys(object old)
    {
        keys = (TimerWheel)old;
        ArmSystemTimer(keys.NextDue);
    }

    public void Dispose() => systemTimer.Dispose();

    /// <summary>
    /// Delivers at most <paramref name="limit"/> due timers of either kind to <paramref name="turn"/>: earliest deadline
    /// first, then keys before waiters, then in the order of arming.
    /// </summary>
    /// <returns>True if more is due.</returns>
    public bool Deliver(long now, int limit, Turn turn)
    {
        keys.Advance(now, limit, due, out var moreKeys);
        waiters.Advance(now, limit, due, out var moreWaiters);

        // The place makes the order whole: sorting by deadlines alone would mix equal ones.
        order.Clear();
        for (var i = 0; i < due.Count; i++) order.Add((due[i].Deadline, i));
        order.Sort();
        foreach (var (_, place) in order)
        {
            var timer = due[place];
            if (timer.Owner is IWaiter waiter) waiter.TimeOut();
            else turn.OnKeyDue(timer.Owner, timer.Id);
        }

        due.Clear();
        return moreKeys || moreWaiters;
    }

    /// <summary>Delivers at most <paramref name="limit"/> due timers of keys, ahead of the system timer.</summary>
    /// <returns>True if more is due.</returns>
    public bool DeliverKeys(long now, int limit, Turn turn)
    {
        keys.Advance(now, limit, due, out var more);
        foreach (var timer in due) turn.OnKeyDue(timer.Owner, timer.Id);
        due.Clear();
        return more;
    }

    private int Arm(TimerWheel wheel, object owner, long deadline)
    {
        // In this order: should the clock refuse, the wheel knows no timer that nobody keeps.
        ArmSystemTimer(deadline);
        var timer = wheel.Arm(owner, deadline);

        // The wheel may want to be called before that, to drain a crowded bucket ahead in portions.
        ArmSystemTimer(wheel.NextDue);
        return timer;
    }

    private void Post()
    {
        if (Interlocked.Exchange(ref isPosted, 1) == 0) dispatcher.Post(advance);
    }

    private void Advance(Dispatcher loop)
    {
        Volatile.Write(ref isPosted, 0);
        armedFor = long.MaxValue;
        if (loop.Turn.AdvanceTimers())
            Post();
        else
            ArmSystemTimer(Math.Min(keys.NextDue, waiters.NextDue));
    }

    private void ArmSystemTimer(long moment)
    {
        if (moment >= armedFor) return;

        // Rounded up to the milliseconds of system timers: one that fires early would only fire again.
        var (milliseconds, rest) = Math.DivRem(Math.Max(0, moment - clock.Now), TimeSpan.TicksPerMillisecond);
        if (rest > 0) milliseconds++;
        systemTimer.Change(TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue)), Timeout.InfiniteTimeSpan);
        armedFor = moment;
    }
}
