using KvEmbedded.Diagnostics;
using KvEmbedded.Transactions;

namespace KvEmbedded.Engine;

/// <summary>Running the body of a transaction: in its caller's context, never on another caller's thread.</summary>
internal sealed partial class Dispatcher
{
    // Flows with the body, wherever it goes: a handle of the keyspace used there would wait for itself.
    private readonly AsyncLocal<TransactionScope?> insideBodyOf = new();

    /// <summary>Runs <paramref name="body"/> as one turn: inline if the loop is idle, else when its turn comes.</summary>
    public ValueTask<TResult> TransactAsync<TResult>(
        Func<TransactionScope, ValueTask<TResult>> body, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<TResult>(cancellationToken);
        try
        {
            if (TryTakeInline())
            {
                try
                {
                    return new ValueTask<TResult>(RunBody(body));
                }
                finally
                {
                    Release();
                }
            }

            RefuseReentry();
            var operation = new TransactionOperation<TResult>(this, body, ExecutionContext.Capture()) { Scheduler = Scheduler };
            var task = operation.Task;
            operation.ObserveCancellation(cancellationToken);
            Post(operation);
            return task;
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<TResult>(exception.CancellationToken);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
    }

    /// <summary>As <see cref="TransactAsync"/>, waiting on the calling thread, which runs the body in any case.</summary>
    public TResult Transact<TResult>(Func<TransactionScope, ValueTask<TResult>> body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TryTakeInline())
        {
            try
            {
                return RunBody(body);
            }
            finally
            {
                Release();
            }
        }

        RefuseReentry();
        return Wait(new TransactionOperation<TResult>(this, body, context: null) { Scheduler = Scheduler }, cancellationToken);
    }

    /// <summary>Runs the body on this thread; the caller holds the loop. What it did is kept or taken back as a whole.</summary>
    internal TResult RunBody<TResult>(Func<TransactionScope, ValueTask<TResult>> body)
    {
        var scope = new TransactionScope(Turn);
        var outer = insideBodyOf.Value;
        insideBodyOf.Value = scope;
        Turn.Monitor.Begin(LoopMonitor.TransactionBody, default);
        Turn.BeginTransaction();
        try
        {
            var task = body(scope);
            if (!task.IsCompleted)
            {
                Forget(task);
                throw new TransactionException(TransactionFault.ForeignAwait);
            }

            var result = task.GetAwaiter().GetResult();
            scope.End();
            Turn.Commit();
            return result;
        }
        catch
        {
            scope.End();
            Turn.RollBack();
            throw;
        }
        finally
        {
            Turn.Monitor.End();
            insideBodyOf.Value = outer;
        }
    }

    /// <exception cref="TransactionException">The caller is inside the body of a transaction of this very keyspace.</exception>
    private void RefuseReentry()
    {
        if (insideBodyOf.Value is { HasEnded: false }) throw new TransactionException(TransactionFault.Reentry);
    }

    /// <summary>The body goes on without its transaction; nobody is there to see how it ends.</summary>
    private static void Forget<TResult>(ValueTask<TResult> task) =>
        _ = task.AsTask().ContinueWith(
            static ended => _ = ended.Exception, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
