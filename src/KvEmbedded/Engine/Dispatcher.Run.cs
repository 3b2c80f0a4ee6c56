namespace KvEmbedded.Engine;

/// <summary>Running one command: inline where the loop is idle, through the inbox where it is not.</summary>
internal sealed partial class Dispatcher
{
    /// <summary>Runs a command that does not wait.</summary>
    /// <param name="measured">The command's name if it may run long, for the slow log and stall detection; else null.</param>
    public ValueTask<TResult> RunAsync<TArgs, TResult>(
        EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command, string? measured,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<TResult>(cancellationToken);
        if (!TryTakeInline()) return Enqueue(key, args, command, measured, cancellationToken);

        TResult result;
        try
        {
            result = Turn.Run(key, args, command, measured);
        }
        catch (Exception exception)
        {
            Release();
            return ValueTask.FromException<TResult>(exception);
        }

        Release();
        return new ValueTask<TResult>(result);
    }

    /// <summary>As <see cref="RunAsync"/>, but the answer is there when the call returns: the thread waits if it must.</summary>
    public TResult Run<TArgs, TResult>(
        EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command, string? measured,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TryTakeInline())
        {
            try
            {
                return Turn.Run(key, args, command, measured);
            }
            finally
            {
                Release();
            }
        }

        RefuseReentry();
        var operation = CommandOperation<TArgs, TResult>.Rent(Scheduler, key, args, command, measured);
        return Wait(operation, cancellationToken);
    }

    /// <summary>Posts <paramref name="operation"/> and waits for it on the calling thread.</summary>
    internal TResult Wait<TResult>(Completion<TResult> operation, CancellationToken cancellationToken)
    {
        operation.WaitSynchronously();
        operation.ObserveCancellation(cancellationToken);
        Post(operation);
        WaitSynchronously(operation);
        return operation.Task.GetAwaiter().GetResult();
    }

    private ValueTask<TResult> Enqueue<TArgs, TResult>(
        EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command, string? measured,
        CancellationToken cancellationToken)
    {
        try
        {
            RefuseReentry();
            var operation = CommandOperation<TArgs, TResult>.Rent(Scheduler, key, args, command, measured);
            var task = operation.Task;
            operation.ObserveCancellation(cancellationToken);
            Post(operation);
            return task;
        }
        catch (KeyspaceException exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
    }
}
