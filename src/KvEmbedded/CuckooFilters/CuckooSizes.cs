using System.Numerics;

namespace KvEmbedded.CuckooFilters;

/// <summary>How many buckets hold how many items, and what may be asked for.</summary>
internal static class CuckooSizes
{
    public const long CapacityMax = 1L << 32;
    public const int BucketSizeMax = 255;
    public const int IterationsMax = 65_535;
    public const int ExpansionMax = 32_768;

    /// <summary>Fingerprints a layer has room for at most: 16 GiB of them.</summary>
    public const long CellsMax = 1L << 33;

    /// <summary>Layers behind which each further one is at least twice the last, so that there are never many.</summary>
    public const int LayersOfOneSize = 32;

    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public static void Check(CuckooFilterOptions options)
    {
        Within(options.Capacity, CapacityMax, "capacity", "The capacity of a cuckoo filter is 1 to {0} items.");
        Within(options.BucketSize, BucketSizeMax, "bucketSize", "The bucket size of a cuckoo filter is 1 to {0} fingerprints.");
        Within(options.MaxIterations, IterationsMax, "maxIterations", "The iterations of a cuckoo filter are 1 to {0}.");
        Within(options.Expansion, ExpansionMax, "expansion", "An expansion is 0 (a fixed size) to {0}.", least: 0);
    }

    /// <summary>Buckets for so many items: a power of two, so that an item's two buckets lead to each other.</summary>
    public static long Buckets(long capacity, int bucketSize) =>
        (long)Math.Min(
            BitOperations.RoundUpToPowerOf2((ulong)Math.Ceiling(capacity / (bucketSize * Load(bucketSize)))),
            BitOperations.RoundUpToPowerOf2((ulong)(CellsMax / bucketSize) + 1) / 2);

    /// <summary>Buckets of the layer behind <paramref name="layers"/>, the last of which has so many.</summary>
    public static long NextBuckets(long buckets, int bucketSize, int expansion, int layers)
    {
        var factor = (long)BitOperations.RoundUpToPowerOf2((uint)expansion);
        if (layers >= LayersOfOneSize) factor = Math.Max(2, factor);
        var next = buckets * factor;
        while (next > 1 && next * bucketSize > CellsMax) next /= 2;
        return next;
    }

    /// <summary>Share of the cells that fill before room is hard to find.</summary>
    /// <remarks>Measured with 20 iterations; with 500 it is 0.5, 0.84, 0.91 and 0.95 (B. Fan et al., 2014, section 5).</remarks>
    private static double Load(int bucketSize) => bucketSize switch
    {
        1 => 0.35,
        2 => 0.7,
        3 => 0.8,
        _ => 0.85,
    };

    private static void Within(long value, long max, string name, string text, long least = 1)
    {
        if (value < least || value > max)
            throw new ArgumentOutOfRangeException(name, value, string.Format(System.Globalization.CultureInfo.InvariantCulture, text, max));
    }
}
