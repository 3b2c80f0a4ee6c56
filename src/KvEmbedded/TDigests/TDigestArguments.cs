namespace KvEmbedded.TDigests;

/// <summary>What may be asked for.</summary>
internal static class TDigestArguments
{
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public static void CheckCompression(int compression, string name)
    {
        if (compression is < 1 or > Digest.CompressionMax)
            throw new ArgumentOutOfRangeException(name, compression, $"The compression of a t-digest is 1 to {Digest.CompressionMax}.");
    }

    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public static void Check(TDigestMergeOptions options)
    {
        if (options.Compression is { } compression) CheckCompression(compression, nameof(options));
        Require.Named(options.Existing);
    }

    /// <exception cref="ArgumentOutOfRangeException">It is NaN or infinite.</exception>
    public static void CheckFinite(double value, string name)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "An observation is a finite number.");
    }

    /// <exception cref="ArgumentException">There is none.</exception>
    public static T[] Copy<T>(IReadOnlyCollection<T> values, string what) => [.. Require.Some(values, what)];

    /// <exception cref="ArgumentException">There is none, or one is NaN.</exception>
    public static double[] Numbers(IReadOnlyCollection<double> values)
    {
        var copies = Copy(values, "value");
        foreach (var value in copies) Require.Number(value, nameof(values));
        return copies;
    }

    /// <exception cref="ArgumentException">There is none, or one is no share.</exception>
    public static double[] Shares(IReadOnlyCollection<double> quantiles)
    {
        var copies = Copy(quantiles, "quantile");
        foreach (var quantile in copies) Share(quantile, nameof(quantiles));
        return copies;
    }

    /// <exception cref="ArgumentException">There is none, or one is negative.</exception>
    public static long[] Ranks(IReadOnlyCollection<long> ranks)
    {
        var copies = Copy(ranks, "rank");
        foreach (var rank in copies) ArgumentOutOfRangeException.ThrowIfNegative(rank, nameof(ranks));
        return copies;
    }

    /// <exception cref="ArgumentOutOfRangeException">It is no share.</exception>
    public static double Share(double quantile, string name) =>
        quantile is >= 0 and <= 1 ? quantile : throw new ArgumentOutOfRangeException(name, quantile, "A quantile is 0 to 1. 0.5 is the median.");

    /// <exception cref="ArgumentOutOfRangeException">One is no share, or they are not in order.</exception>
    public static void CheckOrder(double from, double to)
    {
        if (Share(from, nameof(from)) >= Share(to, nameof(to)))
            throw new ArgumentOutOfRangeException(nameof(from), from, "The lower quantile is below the upper one.");
    }
}
