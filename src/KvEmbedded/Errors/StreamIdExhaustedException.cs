namespace KvEmbedded;

/// <summary>A stream has had the last id there is, so that no entry can be added any more. Nothing was changed.</summary>
public sealed class StreamIdExhaustedException : KeyspaceException
{
    internal StreamIdExhaustedException(KvKey key)
        : base($"Key '{KeyText.Of(key)}' has had the last stream id there is, {StreamId.MaxValue}. Use another key, or delete this one first.") =>
        Key = key;
}
