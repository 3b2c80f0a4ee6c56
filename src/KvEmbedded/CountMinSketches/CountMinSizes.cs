using System.Runtime.CompilerServices;

namespace KvEmbedded.CountMinSketches;

/// <summary>How large a sketch must be for what it promises, and what may be asked for.</summary>
internal static class CountMinSizes
{
    public const long CellsMax = 1L << 32;
    public const int DepthMax = 1024;

    /// <summary>Counters in a row so that what an item shares with others is too much in every second row at most.</summary>
    public static long Width(double errorRate) => (long)Math.Ceiling(2 / errorRate);

    /// <summary>Rows so that it is too much in all of them no more often than allowed.</summary>
    public static int Depth(double errorProbability) => Math.Max(1, (int)Math.Ceiling(-Math.Log2(errorProbability)));

    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range, or there would be too many counters.</exception>
    public static void Check(long width, int depth)
    {
        if (width is < 1 or > CellsMax)
            throw new ArgumentOutOfRangeException(nameof(width), width, $"The width of a count-min sketch is 1 to {CellsMax} counters.");
        if (depth is < 1 or > DepthMax)
            throw new ArgumentOutOfRangeException(nameof(depth), depth, $"The depth of a count-min sketch is 1 to {DepthMax} rows.");
        if (width * depth > CellsMax)
        {
            throw new ArgumentOutOfRangeException(
                nameof(width), width, $"{depth} rows of {width} counters are more than the {CellsMax} counters that are allowed. Ask for less.");
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1, or too small for the counters that are allowed.</exception>
    public static void CheckShare(double share, [CallerArgumentExpression(nameof(share))] string? name = null)
    {
        if (!(share > 0 && share < 1))
            throw new ArgumentOutOfRangeException(name, share, "A share is above 0 and below 1. 0.01 is usual.");
        if (2 / share > CellsMax)
            throw new ArgumentOutOfRangeException(name, share, $"A share of {share:R} takes more than the {CellsMax} counters that are allowed. Ask for a larger one.");
    }

    /// <exception cref="ArgumentException">There is not one weight for each source, or one is below 0.</exception>
    public static void CheckWeights(IReadOnlyList<long>? weights, int sources)
    {
        if (weights is null) return;
        if (weights.Count != sources)
            throw new ArgumentException($"There are {weights.Count} weights for {sources} sources. Give one for each.", nameof(weights));
        if (weights.Any(static weight => weight < 0))
            throw new ArgumentException("A weight is 0 or more: what was counted cannot be taken back.", nameof(weights));
    }
}
