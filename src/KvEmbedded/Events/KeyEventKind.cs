namespace KvEmbedded;

/// <summary>What happened to a key.</summary>
public enum KeyEventKind
{
    /// <summary>The key was deleted, or its last element was removed.</summary>
    Deleted,

    /// <summary>The key's time had come and it was removed.</summary>
    Expired,

    /// <summary>The key was removed to make room.</summary>
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
    CounterAdded,

    /// <summary>A floating-point number was added to a counter.</summary>
    CounterFloatAdded,

    /// <summary>Members were added to a sorted set, or their scores set.</summary>
    SortedSetAdded,

    /// <summary>A member's score was incremented.</summary>
    SortedSetIncremented,

    /// <summary>Members were removed from a sorted set.</summary>
    SortedSetRemoved,

    /// <summary>Members were popped from the low end of a sorted set.</summary>
    SortedSetPoppedMin,

    /// <summary>Members were popped from the high end of a sorted set.</summary>
    SortedSetPoppedMax,

    /// <summary>A sorted set was written as the result of an operation on others.</summary>
    SortedSetStored,

    /// <summary>Members were added to a set.</summary>
    SetAdded,

    /// <summary>Members were removed from a set.</summary>
    SetRemoved,

    /// <summary>Members were popped from a set.</summary>
    SetPopped,

    /// <summary>A set was written as the result of an operation on others.</summary>
    SetStored,

    /// <summary>An empty Bloom filter was made.</summary>
    BloomFilterReserved,

    /// <summary>Items were added to a Bloom filter.</summary>
    BloomFilterAdded,
}
