namespace KvEmbedded.TopKs;

/// <summary>What may be asked for.</summary>
internal static class TopKSizes
{
    private const int CountMax = 100_000;
    private const int WidthMax = 1 << 24;
    private const int IncrementMax = 100_000;

    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public static void Check(int count, int width, int depth, double decay)
    {
        if (count is < 1 or > CountMax)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"A top-k list is of 1 to {CountMax} items.");
        if (width is < 1 or > WidthMax)
            throw new ArgumentOutOfRangeException(nameof(width), width, $"The width of a top-k list is 1 to {WidthMax} counters.");
        if (depth is < 1 or > CountingCells.DepthMax)
            throw new ArgumentOutOfRangeException(nameof(depth), depth, $"The depth of a top-k list is 1 to {CountingCells.DepthMax} rows.");
        if (!(decay > 0 && decay < 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "A decay is above 0 and below 1. 0.9 is usual.");
    }

    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public static void CheckIncrement(long by, string name)
    {
        if (by is < 1 or > IncrementMax)
            throw new ArgumentOutOfRangeException(name, by, $"An increment of a top-k list is 1 to {IncrementMax}.");
    }
}
