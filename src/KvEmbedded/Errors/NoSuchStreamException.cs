namespace KvEmbedded;

/// <summary>An operation needs a stream that exists, and the key does not. Nothing was changed.</summary>
public sealed class NoSuchStreamException : KeyspaceException
{
    internal NoSuchStreamException(KvKey key)
        : base($"Key '{KeyText.Of(key)}' does not exist, but this operation needs a stream. Add an entry or create a group first.") => Key = key;
}
