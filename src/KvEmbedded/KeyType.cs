namespace KvEmbedded;

/// <summary>The data type that a key holds.</summary>
public enum KeyType
{
    /// <summary>No key: the answer for a key that does not exist.</summary>
    None = 0,

    /// <summary>A byte string, also the form of counters.</summary>
    String,

    /// <summary>Fields with values.</summary>
    Hash,

    /// <summary>Elements in a row, a double-ended queue.</summary>
    List,

    /// <summary>Unique members.</summary>
    Set,

    /// <summary>Unique members ordered by score.</summary>
    SortedSet,

    /// <summary>A log of entries with rising ids.</summary>
    Stream,

    /// <summary>A Bloom filter: which items were added, with a stated share of errors.</summary>
    BloomFilter,

    /// <summary>A cuckoo filter: which items were added and not removed, with a small share of errors.</summary>
    CuckooFilter,

    /// <summary>A count-min sketch: how often items were seen, at most.</summary>
    CountMinSketch,

    /// <summary>A top-k list: the items that were seen most often.</summary>
    TopK,

    /// <summary>A t-digest: quantiles and ranks of numbers.</summary>
    TDigest,
}
