namespace KvEmbedded;

/// <summary>A filter of fixed size has no room for another item. Nothing was changed.</summary>
public sealed class FilterFullException : KeyspaceException
{
    internal FilterFullException(KvKey key, KeyType type, long count, long capacity)
        : base($"Key '{KeyText.Of(key)}' holds a {type} of fixed size for {capacity} items, which has {count} and no room for more. " +
               "Make one with a larger capacity at another key, or one that grows.")
    {
        Key = key;
        Type = type;
        Count = count;
        Capacity = capacity;
    }

    /// <summary>What the key holds.</summary>
    public KeyType Type { get; }

    /// <summary>Items that are in it.</summary>
    public long Count { get; }

    /// <summary>Items it was made for.</summary>
    public long Capacity { get; }
}
