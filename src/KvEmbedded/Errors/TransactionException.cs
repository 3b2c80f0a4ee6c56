namespace KvEmbedded;

/// <summary>A transaction was used in a way that the loop cannot allow.</summary>
/// <remarks>What the transaction had done has been taken back, unless its body caught this error and went on.</remarks>
public sealed class TransactionException : KeyspaceException
{
    internal TransactionException(TransactionFault fault) : base(TextOf(fault)) => Fault = fault;

    /// <summary>What was wrong.</summary>
    public TransactionFault Fault { get; }

    private static string TextOf(TransactionFault fault) => fault switch
    {
        TransactionFault.ForeignAwait =>
            "The body of a transaction awaited something that is not its own transaction, so it was taken back. " +
            "Await only commands of the transaction; do other asynchronous work before or after it.",
        TransactionFault.Reentry =>
            "A handle of the keyspace was used inside the body of one of its own transactions, which holds the loop. " +
            "Use the handles of the transaction that the body was given.",
        TransactionFault.Ended =>
            "The transaction has ended; its handles cannot be used any more. Use the handles of the keyspace.",
        _ =>
            "A transaction was used from another thread than the one that runs its body. " +
            "Use it only from the body itself, one command after the other.",
    };
}

/// <summary>How a transaction was misused.</summary>
public enum TransactionFault
{
    /// <summary>The body awaited something other than its own transaction.</summary>
    ForeignAwait,

    /// <summary>The body used a handle of the keyspace instead of one of its transaction.</summary>
    Reentry,

    /// <summary>The transaction was used after its end.</summary>
    Ended,

    /// <summary>The transaction was used from another thread than its body's.</summary>
    OtherThread,
}
