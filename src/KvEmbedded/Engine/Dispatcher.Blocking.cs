namespace KvEmbedded.Engine;

/// <summary>Running a command that may have to wait for what others do.</summary>
internal sealed partial class Dispatcher
{
    /// <param name="absent">The answer when the waiting time is over.</param>
    /// <param name="waitingTime">Zero does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    public ValueTask<TResult> RunBlockingAsync<TArgs, TResult>(
        EncodedKey[] keys, TArgs args, BlockingCommand<TArgs, TResult> command, TResult absent, TimeSpan waitingTime,
        CancellationToken cancellationToken, bool untilKeyGoes = false)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<TResult>(cancellationToken);

        var holds = TryTakeInline();
        try
        {
            if (holds)
            {
                if (Turn.TryRun(keys, args, command, out var result)) return new ValueTask<TResult>(result);
                if (waitingTime == TimeSpan.Zero) return new ValueTask<TResult>(absent);
            }
            else
            {
                RefuseReentry();
            }

            var operation = new BlockingOperation<TArgs, TResult>(this, keys, args, command, absent, waitingTime) { Scheduler = Scheduler, UntilKeyGoes = untilKeyGoes };
            var task = operation.Task;
            if (holds) operation.ParkInline(Turn, cancellationToken);
            else Send(operation, cancellationToken);
            return task;
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
        finally
        {
            if (holds) Release();
        }
    }

    /// <summary>As <see cref="RunBlockingAsync"/>, waiting on the calling thread.</summary>
    public TResult RunBlocking<TArgs, TResult>(
        EncodedKey[] keys, TArgs args, BlockingCommand<TArgs, TResult> command, TResult absent, TimeSpan waitingTime,
        CancellationToken cancellationToken, bool untilKeyGoes = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseReentry();
        return Wait(new BlockingOperation<TArgs, TResult>(this, keys, args, command, absent, waitingTime) { Scheduler = Scheduler, UntilKeyGoes = untilKeyGoes }, cancellationToken);
    }
}
