namespace KvEmbedded.Engine;

/// <summary>Running a command that may have to wait for what others do.</summary>
internal sealed partial class Dispatcher
{
    /// <param name="absent">The answer when the waiting time is over.</param>
    /// <param name="waitingTime">Zero does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    public ValueTask<TResult> RunBlockingAsync<TArgs, TResult>(
        EncodedKey[] keys, TArgs args, BlockingCommand<TArgs, TResult> command, TResult absent, TimeSpan waitingTime,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<TResult>(cancellationToken);

        BlockingOperation<TArgs, TResult> operation;
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

            operation = new BlockingOperation<TArgs, TResult>(this, keys, args, command, absent, waitingTime) { Scheduler = Scheduler };
            if (holds)
            {
                operation.ParkInline(Turn);

                // While the loop is held nobody can serve it, so it cannot end before the token knows it.
                operation.ObserveCancellation(cancellationToken);
                return operation.Task;
            }
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
        finally
        {
            if (holds) Release();
        }

        return Send(operation, cancellationToken);
    }

    /// <summary>As <see cref="RunBlockingAsync"/>, waiting on the calling thread.</summary>
    public TResult RunBlocking<TArgs, TResult>(
        EncodedKey[] keys, TArgs args, BlockingCommand<TArgs, TResult> command, TResult absent, TimeSpan waitingTime,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseReentry();
        return Wait(new BlockingOperation<TArgs, TResult>(this, keys, args, command, absent, waitingTime) { Scheduler = Scheduler }, cancellationToken);
    }

    private ValueTask<TResult> Send<TArgs, TResult>(
        BlockingOperation<TArgs, TResult> operation, CancellationToken cancellationToken)
    {
        var task = operation.Task;
        operation.ObserveCancellation(cancellationToken);
        try
        {
            Post(operation);
        }
        catch (KeyspaceException exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }

        return task;
    }
}
