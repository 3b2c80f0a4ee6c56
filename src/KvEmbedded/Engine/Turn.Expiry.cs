namespace KvEmbedded.Engine;

/// <summary>Times to live: a key whose deadline has come is missing at once, and the wheel removes it soon after.</summary>
internal sealed partial class Turn
{
    private readonly LoopTimers timers;

    /// <summary>Timers armed for keys and for parked callers.</summary>
    public int TimerCount => timers.Count;

    /// <summary>Gives a key a deadline, or takes it away with <see cref="Expiry.NoDeadline"/>.</summary>
    /// <remarks>A deadline that has come already is for the caller to see: it should remove the key instead.</remarks>
    public void SetDeadline(EncodedKey key, KeyLocation location, long deadline)
    {
        Remember(key);
        if (deadline != Expiry.NoDeadline)
        {
            Arm(location, deadline);
            return;
        }

        if (location.Timer == Expiry.NoTimer) return;
        timers.CancelKey(location.Timer);
        table.SetExpiry(location, Expiry.Never, IsRecording);
    }

    /// <summary>A timer for a parked caller.</summary>
    public int ArmTimer(IWaiter waiter, TimeSpan waitingTime) => timers.ArmWaiter(waiter, Clock.Add(Now, waitingTime));

    public void CancelTimer(int timer) => timers.CancelWaiter(timer);

    /// <summary>Removes what has expired and ends waits that are over, a bounded number in one turn.</summary>
    /// <returns>True if more is due already.</returns>
    public bool AdvanceTimers()
    {
        (elementsToRemove, isElementLeft) = (options.ExpiredKeysPerTurnMax, false);
        var more = timers.Deliver(Now, options.ExpiredKeysPerTurnMax, this);
        EndUnasked();
        return more || isElementLeft;
    }

    /// <summary>The wheel's word that a timer of a key, or of its elements, has come due.</summary>
    internal void OnKeyDue(object owner, int timer)
    {
        var key = KeyTable.KeyOf(owner);
        if (!table.TryFind(key, KeyTable.HashOf(owner), out var location)) return;
        if (location.Timer == timer)
        {
            Expire(new EncodedKey(key.ToArray(), KeyTable.HashOf(owner)), location, timerIsGone: true);
        }
        else if (location.Entry is { Value: IExpiringValue value } entry && value.Timer == timer)
        {
            value.Timer = Expiry.NoTimer;
            if (location.Deadline == Expiry.NoDeadline || !RemoveIfExpired(ref location)) OnElementsDue(entry, value);
        }
    }

    /// <summary>Arms, moves or merely notes the timer of a key, and stores both with it.</summary>
    private void Arm(KeyLocation location, long deadline)
    {
        var timer = location.Timer;
        timer = timer == Expiry.NoTimer
            ? timers.ArmKey(location.Owner!, deadline)
            : timers.RearmKey(timer, location.Owner!, deadline);

        var owner = table.SetExpiry(location, new Expiry(deadline, timer), IsRecording);
        if (!ReferenceEquals(owner, location.Owner)) timers.SetKeyOwner(timer, owner);
    }

    private bool RemoveIfExpired(ref KeyLocation location)
    {
        if (location.Deadline > Now) return false;
        var key = new EncodedKey(location.CopyKey(), KeyTable.HashOf(location.Owner!));
        Expire(key, location, timerIsGone: false);

        // Where the key would go now: the caller may be about to put it.
        table.TryFind(key.Bytes, key.Hash, out location);
        return true;
    }

    private void Expire(EncodedKey key, KeyLocation location, bool timerIsGone)
    {
        Remember(key);
        var oldValue = !events.IsObserved ? null : location.IsString ? location.CopyString() : location.Entry!.Value.Legacy;
        Forget(location, timerIsGone);
        table.Remove(location);
        expired++;
        Changed(key, KeyEventKind.Expired, oldValue);
    }

    private long expired;

    /// <summary>Keys removed because their time had come.</summary>
    public long ExpiredKeys => Volatile.Read(ref expired);
}
