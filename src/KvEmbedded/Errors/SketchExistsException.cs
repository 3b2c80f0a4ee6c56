namespace KvEmbedded;

/// <summary>A filter, sketch or digest was to be made at a key that holds one already. Nothing was changed.</summary>
public sealed class SketchExistsException : KeyspaceException
{
    internal SketchExistsException(KvKey key, KeyType type)
        : base($"Key '{KeyText.Of(key)}' holds a {type} already, and a new one would lose what is in it. " +
               "Use the one that is there, or delete the key first.")
    {
        Key = key;
        Type = type;
    }

    /// <summary>What the key holds.</summary>
    public KeyType Type { get; }
}
