namespace KvEmbedded;

/// <summary>A stream has more entries than were ever added to it, as it would be told. Nothing was changed.</summary>
public sealed class StreamCounterException : KeyspaceException
{
    internal StreamCounterException(KvKey key, long entriesAdded, long count)
        : base($"Key '{KeyText.Of(key)}' has {count} entries, so it cannot be that {entriesAdded} were ever added. Give at least as many as there are.")
    {
        Key = key;
        EntriesAdded = entriesAdded;
        Count = count;
    }

    /// <summary>The number that was given.</summary>
    public long EntriesAdded { get; }

    /// <summary>How many entries there are.</summary>
    public long Count { get; }
}
