namespace KvEmbedded;

/// <summary>What happened to a key.</summary>
public enum KeyEventKind
{
    /// <summary>The key was deleted, or its last element was removed.</summary>
    Deleted,

    /// <summary>The key's time had come and it was removed.</summary>
    Expired,

    /// <summary>The key was removed to make room. Servers do that; the embedded keyspace does not yet, it refuses what would grow it.</summary>
    Evicted,

    /// <summary>A time to live was set or changed.</summary>
    ExpirationSet,

    /// <summary>A time to live was taken away.</summary>
    Persisted,

    /// <summary>The key was renamed away.</summary>
    RenamedFrom,

    /// <summary>The key has come into being by a rename.</summary>
    RenamedTo,

    /// <summary>The key was written by a copy of another.</summary>
    CopiedTo,

    /// <summary>All keys that begin with the event's key were removed: every key if it is empty.</summary>
    /// <remarks>
    /// It comes to everybody who could have seen one of them, whatever prefix or pattern is asked for. A flush of a whole
    /// keyspace tells of no single key; one of a view tells of each, and then this. Redis: has none.
    /// </remarks>
    KeyspaceFlushed,

    /// <summary>A string was set.</summary>
    StringSet,

    /// <summary>A string was appended to.</summary>
    StringAppended,

    /// <summary>A range of a string was overwritten.</summary>
    StringRangeSet,

    /// <summary>An integer was added to a counter.</summary>
    CounterIncremented,

    /// <summary>A floating-point number was added to a counter.</summary>
    CounterFloatIncremented,

    /// <summary>Bits of a string were set: one, or those of bit fields.</summary>
    BitSet,

    /// <summary>A string was written as the combination of the bits of others.</summary>
    BitmapStored,

    /// <summary>Elements were added to a HyperLogLog, and may have changed its estimate.</summary>
    HyperLogLogAdded,

    /// <summary>A HyperLogLog was made of several.</summary>
    HyperLogLogMerged,

    /// <summary>Fields of a hash were set.</summary>
    HashFieldSet,

    /// <summary>An integer was added to a field of a hash.</summary>
    HashFieldIncremented,

    /// <summary>A floating-point number was added to a field of a hash.</summary>
    HashFieldFloatIncremented,

    /// <summary>Fields were removed from a hash.</summary>
    HashFieldRemoved,

    /// <summary>Fields of a hash got a time to live, or another one.</summary>
    HashFieldExpirationSet,

    /// <summary>Times to live of fields of a hash were taken away.</summary>
    HashFieldPersisted,

    /// <summary>The time of fields of a hash had come and they were removed.</summary>
    HashFieldExpired,

    /// <summary>Elements were pushed at the head of a list.</summary>
    ListPushedHead,

    /// <summary>Elements were pushed at the tail of a list.</summary>
    ListPushedTail,

    /// <summary>Elements were popped off the head of a list.</summary>
    ListPoppedHead,

    /// <summary>Elements were popped off the tail of a list.</summary>
    ListPoppedTail,

    /// <summary>An element was inserted inside a list.</summary>
    ListInserted,

    /// <summary>An element of a list was replaced.</summary>
    ListElementSet,

    /// <summary>Elements were removed from a list by what they are.</summary>
    ListElementsRemoved,

    /// <summary>A list was trimmed.</summary>
    ListTrimmed,

    /// <summary>Members were added to a set.</summary>
    SetAdded,

    /// <summary>Members were removed from a set.</summary>
    SetRemoved,

    /// <summary>Members were popped from a set.</summary>
    SetPopped,

    /// <summary>A set was written as the result of an operation on others.</summary>
    SetStored,

    /// <summary>Members were added to a sorted set, or their scores set.</summary>
    SortedSetAdded,

    /// <summary>A member's score was incremented.</summary>
    SortedSetIncremented,

    /// <summary>Members were removed from a sorted set.</summary>
    SortedSetRemoved,

    /// <summary>Members were popped from the low end of a sorted set.</summary>
    SortedSetPoppedLowest,

    /// <summary>Members were popped from the high end of a sorted set.</summary>
    SortedSetPoppedHighest,

    /// <summary>A sorted set was written as the result of an operation on others.</summary>
    SortedSetStored,

    /// <summary>An entry was added to a stream.</summary>
    StreamAdded,

    /// <summary>The oldest entries of a stream were removed.</summary>
    StreamTrimmed,

    /// <summary>Entries of a stream were removed by their ids.</summary>
    StreamEntriesRemoved,

    /// <summary>The last id of a stream was set.</summary>
    StreamIdSet,

    /// <summary>A consumer group was created.</summary>
    StreamGroupCreated,

    /// <summary>The position of a consumer group was set.</summary>
    StreamGroupMoved,

    /// <summary>A consumer group was removed.</summary>
    StreamGroupDestroyed,

    /// <summary>A consumer was created, by itself or with its first read.</summary>
    StreamConsumerCreated,

    /// <summary>A consumer was removed.</summary>
    StreamConsumerDeleted,

    /// <summary>Pending entries of a stream were given back.</summary>
    StreamEntriesReleased,

    /// <summary>An empty Bloom filter was made.</summary>
    BloomFilterReserved,

    /// <summary>Items were added to a Bloom filter.</summary>
    BloomFilterAdded,

    /// <summary>An empty cuckoo filter was made.</summary>
    CuckooFilterReserved,

    /// <summary>Items were added to a cuckoo filter.</summary>
    CuckooFilterAdded,

    /// <summary>An item was removed from a cuckoo filter.</summary>
    CuckooFilterRemoved,

    /// <summary>An empty count-min sketch was made.</summary>
    CountMinSketchCreated,

    /// <summary>Items were counted in a count-min sketch.</summary>
    CountMinSketchIncremented,

    /// <summary>Other sketches were merged into a count-min sketch.</summary>
    CountMinSketchMerged,

    /// <summary>An empty top-k list was made.</summary>
    TopKReserved,

    /// <summary>Items were counted in a top-k list.</summary>
    TopKCounted,

    /// <summary>An empty t-digest was made.</summary>
    TDigestCreated,

    /// <summary>Observations were added to a t-digest.</summary>
    TDigestAdded,

    /// <summary>Other digests were merged into a t-digest.</summary>
    TDigestMerged,

    /// <summary>The observations of a t-digest were forgotten.</summary>
    TDigestReset,
}
