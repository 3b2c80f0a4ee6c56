namespace KvEmbedded.Engine;

/// <summary>A command that waits in the inbox, with its arguments. Pooled per thread: a busy loop allocates nothing.</summary>
internal sealed class CommandOperation<TArgs, TResult> : Completion<TResult>
{
    private const int PooledMax = 64;

    [ThreadStatic]
    private static CommandOperation<TArgs, TResult>? pool;

    [ThreadStatic]
    private static int pooled;

    private EncodedKey key;
    private TArgs args = default!;
    private Func<Turn, EncodedKey, TArgs, TResult> command = null!;
    private string? measured;

    public static CommandOperation<TArgs, TResult> Rent(
        CommandScheduler scheduler, EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command, string? measured)
    {
        var operation = pool;
        if (operation is null)
        {
            operation = new CommandOperation<TArgs, TResult>();
        }
        else
        {
            pool = (CommandOperation<TArgs, TResult>?)operation.Next;
            pooled--;
            operation.Next = null;
        }

        operation.Scheduler = scheduler;
        operation.key = key;
        operation.args = args;
        operation.command = command;
        operation.measured = measured;
        return operation;
    }

    public override bool Run(Dispatcher dispatcher)
    {
        TResult result;
        try
        {
            result = dispatcher.Turn.Run(key, args, command, measured);
        }
        catch (Exception exception)
        {
            Fail(exception);
            return true;
        }

        Complete(result);
        return true;
    }

    protected override void Recycle()
    {
        args = default!;
        key = default;
        if (pooled >= PooledMax) return;
        pooled++;
        Next = pool;
        pool = this;
    }
}
