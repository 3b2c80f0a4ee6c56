using System.Globalization;

namespace KvEmbedded.BloomFilters;

/// <summary>How large a layer must be for what it promises, and what may be asked for.</summary>
internal static class BloomSizes
{
    public const long CapacityMax = 1L << 32;
    public const int ExpansionMax = 32_768;

    /// <summary>Bits a layer has at most: 16 GiB.</summary>
    public const long BitsMax = 1L << 37;

    /// <summary>Hash functions a layer has at most: with so many, what is left of an error is not worth another.</summary>
    public const int HashesMax = 64;

    private const int FillingSteps = 64;

    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range, or the first layer would be too large.</exception>
    public static void Check(double errorRate, long capacity, int expansion)
    {
        if (!(errorRate > 0 && errorRate < 1))
            throw new ArgumentOutOfRangeException(nameof(errorRate), errorRate, "An error rate is a share above 0 and below 1. 0.01 is usual.");
        if (capacity is < 1 or > CapacityMax)
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"The capacity of a Bloom filter is 1 to {CapacityMax} items.");
        if (expansion is < 0 or > ExpansionMax)
            throw new ArgumentOutOfRangeException(nameof(expansion), expansion, $"An expansion is 0 (a fixed size) to {ExpansionMax}.");
        var bits = Bits(capacity, LayerRate(errorRate, expansion, 0));
        if (bits > BitsMax)
        {
            throw new ArgumentOutOfRangeException(
                nameof(capacity), capacity,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A Bloom filter for {capacity} items with an error rate of {errorRate} takes {bits / 8} bytes, and {BitsMax / 8} are allowed. Ask for fewer items or a higher error rate."));
        }
    }

    /// <summary>The error rate of one layer, so that those of all layers together stay below what was asked for.</summary>
    /// <remarks>
    /// Each layer has half the rate of the one before (P. S. Almeida et al., 2007). A filter of one layer has all of it, but a
    /// twentieth for what chance adds to the expected rate.
    /// </remarks>
    public static double LayerRate(double errorRate, int expansion, int layer) =>
        expansion == 0 ? errorRate * 0.95 : Math.ScaleB(errorRate, -1 - layer);

    /// <summary>Hash functions of a layer: the least number that reaches its rate when half of its bits are set.</summary>
    public static int Hashes(double layerRate) => (int)Math.Clamp(Math.Ceiling(-Math.Log2(layerRate)), 1, HashesMax);

    /// <summary>Bits of a layer that reaches its rate with that many hash functions when it is full; whole words of 64.</summary>
    /// <remarks>
    /// An item that is taken for a known one is not counted, so a layer sees more items than it counts until it is full. With
    /// y = hashes x items seen / bits an item is taken so with a chance of (1 - e^-y)^hashes: the y of the rate ends the
    /// filling, and the sum of the other chances up to there is what was counted.
    /// </remarks>
    public static long Bits(long capacity, double layerRate)
    {
        var hashes = Hashes(layerRate);
        var end = -Math.Log(1 - Math.Pow(Math.Max(layerRate, Math.ScaleB(1, -HashesMax)), 1.0 / hashes));
        var counted = 0.0;
        for (var step = 0; step < FillingSteps; step++)
            counted += 1 - Math.Pow(1 - Math.Exp(-end * (step + 0.5) / FillingSteps), hashes);
        return ((long)Math.Ceiling(hashes * capacity / (counted * end / FillingSteps)) + 63) & ~63L;
    }

    /// <summary>The capacity of the layer behind one of <paramref name="capacity"/>.</summary>
    public static long NextCapacity(long capacity, int expansion, double layerRate)
    {
        var next = Math.Min(capacity * expansion, CapacityMax);
        while (Bits(next, layerRate) > BitsMax) next /= 2;
        return next;
    }
}
