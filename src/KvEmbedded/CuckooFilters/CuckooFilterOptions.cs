namespace KvEmbedded;

/// <summary>How a cuckoo filter is made where there is none.</summary>
public sealed record CuckooFilterOptions
{
    internal static CuckooFilterOptions Default { get; } = new();

    /// <summary>Items the first layer is made for. Range 1 to 4,294,967,296; default 1,024.</summary>
    public long Capacity { get; init; } = 1024;

    /// <summary>
    /// Fingerprints in a bucket. More of them use the memory better and raise the error rate. Range 1 to 255; default 2.
    /// </summary>
    public int BucketSize { get; init; } = 2;

    /// <summary>Most fingerprints that are moved to make room for one before a layer counts as full. Range 1 to 65,535; default 20.</summary>
    public int MaxIterations { get; init; } = 20;

    /// <summary>
    /// How many times the size of the last layer each further one has, taken up to a power of two. Range 0 to 32,768;
    /// default 1. With 0 the filter has a fixed size, and refuses items once it is full.
    /// </summary>
    public int Expansion { get; init; } = 1;
}
