namespace KvEmbedded;

/// <summary>The base of everything that can go wrong in a keyspace through no mistake in the arguments.</summary>
/// <remarks>One subclass per thing; the facts are properties; the text says what happened, where, and what to do.</remarks>
public abstract class KeyspaceException : Exception
{
    /// <summary>For subclasses.</summary>
    protected KeyspaceException(string message) : base(message)
    {
    }

    /// <summary>For subclasses.</summary>
    protected KeyspaceException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>The key it happened at, if there is one.</summary>
    public KvKey? Key { get; init; }
}
