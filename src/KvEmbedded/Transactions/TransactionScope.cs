using KvEmbedded.Engine;

namespace KvEmbedded.Transactions;

/// <summary>The life of one transaction: which thread runs its body, and whether it has ended.</summary>
internal sealed class TransactionScope(Turn turn)
{
    private readonly int thread = Environment.CurrentManagedThreadId;
    private volatile bool hasEnded;

    public bool HasEnded => hasEnded;

    public void End() => hasEnded = true;

    /// <summary>Runs one command of the transaction, at once.</summary>
    public ValueTask<TResult> RunAsync<TArgs, TResult>(EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command)
    {
        try
        {
            RefuseMisuse();
            return new ValueTask<TResult>(turn.RunStep(key, args, command));
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
    }

    /// <summary>Tries a blocking command once; it never waits inside a transaction.</summary>
    public ValueTask<TResult> RunBlockingAsync<TArgs, TResult>(
        EncodedKey[] keys, TArgs args, BlockingCommand<TArgs, TResult> command, TResult absent)
    {
        try
        {
            RefuseMisuse();
            return new ValueTask<TResult>(turn.TryRunStep(keys, args, command, out var result) ? result : absent);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
    }

    private void RefuseMisuse()
    {
        if (hasEnded) throw new TransactionException(TransactionFault.Ended);
        if (thread != Environment.CurrentManagedThreadId) throw new TransactionException(TransactionFault.OtherThread);
    }
}
