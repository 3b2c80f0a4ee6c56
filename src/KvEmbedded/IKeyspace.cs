namespace KvEmbedded;

/// <summary>A keyspace: keys, each holding a value of one data type, under commands that run one at a time.</summary>
/// <remarks>
/// Every command is atomic, and one that has ended is seen by all that are sent later. The same interface is served by
/// the embedded <see cref="Keyspace"/>, by the views of it that <see cref="WithPrefix"/> makes, and by a
/// <see cref="ITransaction"/>. Handles are addresses: asking for one touches nothing. Safe for concurrent use.
/// </remarks>
public interface IKeyspace
{
    /// <summary>Commands on keys, whatever they hold.</summary>
    IKeys Keys { get; }

    /// <summary>Commands on strings at several keys, and on one key without a handle.</summary>
    IKvStrings Strings { get; }

    /// <summary>Commands on several sorted sets.</summary>
    ISortedSets SortedSets { get; }

    /// <summary>Reads of several streams.</summary>
    IStreams Streams { get; }

    /// <summary>Commands on several sets.</summary>
    IKvSets Sets { get; }

    /// <summary>The string at <paramref name="key"/>.</summary>
    IKvString String(KvKey key);

    /// <summary>The counter at <paramref name="key"/>.</summary>
    ICounter Counter(KvKey key);

    /// <summary>The sorted set at <paramref name="key"/>.</summary>
    ISortedSet SortedSet(KvKey key);

    /// <summary>The stream at <paramref name="key"/>.</summary>
    IStream Stream(KvKey key);

    /// <summary>The set at <paramref name="key"/>.</summary>
    IKvSet Set(KvKey key);

    /// <summary>The Bloom filter at <paramref name="key"/>.</summary>
    IBloomFilter BloomFilter(KvKey key);

    /// <summary>A view in which every key has <paramref name="prefix"/> before it.</summary>
    /// <remarks>Keys go in and come out without the prefix; scans, counts and flushes see the view's keys alone.</remarks>
    IKeyspace WithPrefix(KvKey prefix);
}
