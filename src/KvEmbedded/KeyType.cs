namespace KvEmbedded;

/// <summary>The data type that a key holds.</summary>
public enum KeyType
{
    /// <summary>No key: the answer for a key that does not exist.</summary>
    None = 0,

    /// <summary>A byte string, also the form of counters.</summary>
    String,

    /// <summary>Unique members ordered by score.</summary>
    SortedSet,

    /// <summary>Unique members.</summary>
    Set,

    /// <summary>A Bloom filter: which items were added, with a stated share of errors.</summary>
    BloomFilter,
}
