namespace KvEmbedded;

/// <summary>What a cuckoo filter is made of.</summary>
/// <param name="MemoryBytes">Bytes it holds now; pages of it come into being as they are needed.</param>
/// <param name="BucketCount">Buckets of all layers.</param>
/// <param name="LayerCount">Layers it has.</param>
/// <param name="ItemCount">Items that are in it: added, and not removed.</param>
/// <param name="RemovedCount">Items that were removed.</param>
/// <param name="BucketSize">Fingerprints in a bucket.</param>
/// <param name="Expansion">How many times the size of the last layer the next will have; 0 if its size is fixed.</param>
/// <param name="MaxIterations">Most fingerprints that are moved to make room for one.</param>
public sealed record CuckooFilterInfo(
    long MemoryBytes, long BucketCount, int LayerCount, long ItemCount, long RemovedCount, int BucketSize, int Expansion, int MaxIterations);
