namespace KvEmbedded.Engine;

/// <summary>Tries a command that may have to wait. True with its result; false if there is nothing yet.</summary>
internal delegate bool BlockingCommand<in TArgs, TResult>(Turn turn, EncodedKey[] keys, TArgs args, out TResult result);

/// <summary>
/// A command that is "not yet" until a commit touches one of its keys. Time-out and cancellation come to the loop like
/// everything else, so exactly one of served, timed out and cancelled happens.
/// </summary>
internal sealed class BlockingOperation<TArgs, TResult>(
    Dispatcher dispatcher, EncodedKey[] keys, TArgs args, BlockingCommand<TArgs, TResult> command, TResult absent, TimeSpan waitingTime)
    : Completion<TResult>, IWaiter
{
    private int timer;

    public WaiterPlace[] Places { get; set; } = [];

    public bool UntilKeyGoes { get; init; }

    public override bool Run(Dispatcher loop)
    {
        try
        {
            if (loop.Turn.TryRun(keys, args, command, out var result))
                Complete(result);
            else if (waitingTime == TimeSpan.Zero)
                Complete(absent);
            else
                Park(loop.Turn);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        return true;
    }

    /// <summary>Waits under the keys; the caller holds the loop and has tried the command in vain.</summary>
    /// <exception cref="KeyspaceOverloadedException">Too many wait.</exception>
    public void Park(Turn turn)
    {
        turn.Waiters.Park(this, keys);
        try
        {
            if (waitingTime != Timeout.InfiniteTimeSpan) timer = turn.ArmTimer(this, waitingTime);
        }
        catch
        {
            turn.Waiters.Leave(this);
            throw;
        }
        finally
        {
            // Parking has looked at the clock: the next turn shall look for itself.
            turn.EndUnasked();
        }
    }

    /// <summary>Makes the command one that has been started and parked without having been in the inbox.</summary>
    /// <remarks>The token is observed first: once parked, and the loop let go, the command may be served at any moment.</remarks>
    public void ParkInline(Turn turn, CancellationToken token)
    {
        ObserveCancellation(token);
        if (!TryStart()) return;
        try
        {
            Park(turn);
        }
        catch
        {
            StopObserving();
            throw;
        }
    }

    public bool TryServe(Turn turn)
    {
        TResult result;
        try
        {
            if (!turn.TryRunStep(keys, args, command, out result)) return false;
        }
        catch (Exception exception)
        {
            // The waiter's own: whoever made the change that woke it has nothing to do with it.
            Depart(turn);
            Fail(exception);
            return true;
        }

        Depart(turn);
        Complete(result);
        return true;
    }

    public void TimeOut()
    {
        timer = 0;
        if (dispatcher.Turn.Waiters.Leave(this)) Complete(absent);
    }

    void IWaiter.Fail(Exception reason)
    {
        StopTimer();
        Fail(reason);
    }

    protected override void OnCancelAfterStart() => dispatcher.Post(new LoopMessage(_ =>
    {
        if (!dispatcher.Turn.Waiters.Leave(this)) return;
        StopTimer();
        Fail(new OperationCanceledException(CancellationToken));
    }));

    /// <summary>It waits no longer; only then it ends, so that who goes on after it finds it gone.</summary>
    private void Depart(Turn turn)
    {
        turn.Waiters.Leave(this);
        StopTimer();
    }

    private void StopTimer()
    {
        if (timer == 0) return;
        dispatcher.Turn.CancelTimer(timer);
        timer = 0;
    }
}
