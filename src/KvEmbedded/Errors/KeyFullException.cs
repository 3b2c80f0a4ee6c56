namespace KvEmbedded;

/// <summary>A set, sorted set or hash would be larger than one key can hold. Nothing was changed.</summary>
/// <remarks>One key holds some 16 GB of members, or of fields with their values, or some 258,000 of them longer than 16 KB.</remarks>
public sealed class KeyFullException : KeyspaceException
{
    private const string Limit = "some 16 GB of members or fields, or some 258,000 of them longer than 16 KB. Spread them over several keys.";

    internal KeyFullException(KvKey key, KeyType type)
        : base($"Key '{KeyText.Of(key)}' holds a {type} that has no room for what is to be added, so nothing was: one key holds {Limit}")
    {
        Key = key;
        Type = type;
    }

    /// <summary>A value that belongs to no key yet.</summary>
    internal KeyFullException()
        : base($"The result would be larger than one key can hold, so nothing was changed: one key holds {Limit}")
    {
    }

    /// <summary>What the key holds; <see cref="KeyType.None"/> if it is a result that was not stored yet.</summary>
    public KeyType Type { get; }
}
