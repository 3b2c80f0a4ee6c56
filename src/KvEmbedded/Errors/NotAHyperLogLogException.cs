namespace KvEmbedded;

/// <summary>A key holds a string that is no HyperLogLog. Nothing was changed.</summary>
public sealed class NotAHyperLogLogException : KeyspaceException
{
    internal NotAHyperLogLogException(KvKey key)
        : base($"Key '{KeyText.Of(key)}' holds a string that is no HyperLogLog. " +
               "Use another key, or delete this one first.") => Key = key;
}
