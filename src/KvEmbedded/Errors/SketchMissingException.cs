namespace KvEmbedded;

/// <summary>A sketch or digest was to be written to that has not been made. Nothing was changed.</summary>
/// <remarks>It has sizes to be chosen first, so it does not come into being by itself.</remarks>
public sealed class SketchMissingException : KeyspaceException
{
    internal SketchMissingException(KvKey key, KeyType type)
        : base($"Key '{KeyText.Of(key)}' does not exist, but this operation needs a {type} that has been made. " +
               "Make it first, with the sizes it shall have.")
    {
        Key = key;
        Type = type;
    }

    /// <summary>What the key should hold.</summary>
    public KeyType Type { get; }
}
