namespace KvEmbedded;

/// <summary>A keyspace: keys, each holding a value of one data type, under commands that run one at a time.</summary>
/// <remarks>
/// Every command is atomic, and one that has ended is seen by all that are sent later. The same interface is served by
/// the embedded <see cref="Keyspace"/>, by the views of it that <see cref="WithPrefix"/> makes, by a <see cref="ITransaction"/>,
/// and by <c>RedisKeyspace</c> of the package KvEmbedded.Redis, which has its keys on a server. Handles are addresses: asking for one touches nothing. Safe for concurrent use.
/// </remarks>
public interface IKeyspace
{
    /// <summary>Commands on keys, whatever they hold.</summary>
    IKeys Keys { get; }

    /// <summary>Messages to whoever listens now.</summary>
    IPubSub PubSub { get; }

    /// <summary>Commands on strings at several keys, and on one key without a handle.</summary>
    IKvStrings Strings { get; }

    /// <summary>Commands on several bitmaps.</summary>
    IBitmaps Bitmaps { get; }

    /// <summary>Commands on several HyperLogLogs.</summary>
    IHyperLogLogs HyperLogLogs { get; }

    /// <summary>Commands on several lists.</summary>
    IKvLists Lists { get; }

    /// <summary>Commands on several sets.</summary>
    IKvSets Sets { get; }

    /// <summary>Commands on several sorted sets.</summary>
    ISortedSets SortedSets { get; }

    /// <summary>Reads of several streams.</summary>
    IStreams Streams { get; }

    /// <summary>The string at <paramref name="key"/>.</summary>
    IKvString String(KvKey key);

    /// <summary>The counter at <paramref name="key"/>.</summary>
    ICounter Counter(KvKey key);

    /// <summary>The bits of the string at <paramref name="key"/>.</summary>
    IBitmap Bitmap(KvKey key);

    /// <summary>The estimate of a number of different elements at <paramref name="key"/>.</summary>
    IHyperLogLog HyperLogLog(KvKey key);

    /// <summary>The hash at <paramref name="key"/>.</summary>
    IHash Hash(KvKey key);

    /// <summary>The list at <paramref name="key"/>.</summary>
    IKvList List(KvKey key);

    /// <summary>The set at <paramref name="key"/>.</summary>
    IKvSet Set(KvKey key);

    /// <summary>The sorted set at <paramref name="key"/>.</summary>
    ISortedSet SortedSet(KvKey key);

    /// <summary>The index of places at <paramref name="key"/>: a sorted set of geohashes.</summary>
    IGeoIndex GeoIndex(KvKey key);

    /// <summary>The stream at <paramref name="key"/>.</summary>
    IStream Stream(KvKey key);

    /// <summary>The Bloom filter at <paramref name="key"/>.</summary>
    IBloomFilter BloomFilter(KvKey key);

    /// <summary>The cuckoo filter at <paramref name="key"/>.</summary>
    ICuckooFilter CuckooFilter(KvKey key);

    /// <summary>The count-min sketch at <paramref name="key"/>.</summary>
    ICountMinSketch CountMinSketch(KvKey key);

    /// <summary>The top-k list at <paramref name="key"/>.</summary>
    ITopK TopK(KvKey key);

    /// <summary>The t-digest at <paramref name="key"/>.</summary>
    ITDigest TDigest(KvKey key);

    /// <summary>A view in which every key has <paramref name="prefix"/> before it.</summary>
    /// <remarks>Keys go in and come out without the prefix; scans, counts and flushes see the view's keys alone.</remarks>
    IKeyspace WithPrefix(KvKey prefix);

    /// <summary>Watches keys change: what is committed after the task has completed reaches the subscription.</summary>
    /// <param name="filter">Which events of the view's keys are wanted; null for all.</param>
    /// <param name="capacity">
    /// Events buffered while nobody reads, in events. Range 1 to 16,777,216; null takes
    /// <see cref="KeyspaceOptions.EventBufferCapacity"/>, on a server that of <c>RedisKeyspaceOptions</c>.
    /// </param>
    /// <param name="fullMode">Which event is lost when the buffer is full: commands never wait for a subscriber.</param>
    /// <param name="cancellationToken">Observed until the subscription is made; reading takes a token of its own.</param>
    /// <returns>The events, keys without the prefix, to be read with <c>await foreach</c>. Dispose it to end the subscription.</returns>
    /// <exception cref="ArgumentException">The filter names no kind, or one that does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The keyspace is disposed.</exception>
    /// <remarks>
    /// Events come in the order of commits; a transaction that fails has none, and of one that is under way during this call
    /// the rest may come alone. A flush is one event, <see cref="KeyEventKind.KeyspaceFlushed"/>. Redis: keyspace
    /// notifications, without the old value.
    /// </remarks>
    ValueTask<Subscription<KeyEvent>> SubscribeToEventsAsync(
        KeyEventFilter? filter = null, int? capacity = null, FullMode fullMode = FullMode.DropOldest,
        CancellationToken cancellationToken = default);
}
