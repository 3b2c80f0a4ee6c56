using KvEmbedded.Transactions;

namespace KvEmbedded.Engine;

/// <summary>
/// A transaction that found the loop busy. When its turn comes the loop is given to the body: on the thread that waits for
/// it synchronously, else on the pool in its caller's execution context; the thread that had the loop goes its way.
/// </summary>
internal sealed class TransactionOperation<TResult>(
    Dispatcher dispatcher, Func<TransactionScope, ValueTask<TResult>> body, ExecutionContext? context) : Completion<TResult>
{
    private volatile bool isGranted;

    public override bool Run(Dispatcher loop)
    {
        if (IsSynchronous)
        {
            isGranted = true;
            WakeSynchronousWaiter();
        }
        else
        {
            loop.Scheduler.Schedule(new BodyRun(this));
        }

        return false;
    }

    public override bool TryRunGranted(Dispatcher loop)
    {
        if (!isGranted) return false;
        isGranted = false;
        RunWithLoop();
        return true;
    }

    private void RunWithLoop()
    {
        try
        {
            Complete(dispatcher.RunBody(body));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        dispatcher.Resume();
    }

    private sealed class BodyRun(TransactionOperation<TResult> operation) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            if (operation.Context is { } context)
                ExecutionContext.Run(context, static self => ((TransactionOperation<TResult>)self!).RunWithLoop(), operation);
            else
                operation.RunWithLoop();
        }
    }

    private ExecutionContext? Context => context;
}
