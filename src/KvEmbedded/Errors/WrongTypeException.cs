namespace KvEmbedded;

/// <summary>A key holds another data type than the operation needs. Nothing was changed.</summary>
public sealed class WrongTypeException : KeyspaceException
{
    internal WrongTypeException(KvKey key, KeyType actual, KeyType expected)
        : base($"Key '{KeyText.Of(key)}' holds a {actual}, but this operation needs a {expected}. " +
               "Use another key, or delete this one first.")
    {
        Key = key;
        Actual = actual;
        Expected = expected;
    }

    /// <summary>What the key holds.</summary>
    public KeyType Actual { get; }

    /// <summary>What the operation needs.</summary>
    public KeyType Expected { get; }
}
