using KvEmbedded.Engine;

namespace KvEmbedded.TDigests;

/// <remarks>A read may put what is buffered into centroids first, so it takes the digest for changing; no observation changes.</remarks>
internal sealed partial class TDigestHandle
{
    public ValueTask<double?> GetQuantileAsync(double quantile, CancellationToken cancellationToken) =>
        ReadAsync(TDigestArguments.Share(quantile, nameof(quantile)), static (digest, quantile) => digest.Quantile(quantile), cancellationToken);

    public ValueTask<double?[]> GetQuantileAsync(IReadOnlyCollection<double> quantiles, CancellationToken cancellationToken) =>
        ReadAsync(TDigestArguments.Shares(quantiles), static (digest, quantile) => digest.Quantile(quantile), cancellationToken);

    public ValueTask<double?> GetCdfAsync(double value, CancellationToken cancellationToken) =>
        ReadAsync(Require.Number(value, nameof(value)), static (digest, value) => Cdf(digest, value), cancellationToken);

    public ValueTask<double?[]> GetCdfAsync(IReadOnlyCollection<double> values, CancellationToken cancellationToken) =>
        ReadAsync(TDigestArguments.Numbers(values), static (digest, value) => Cdf(digest, value), cancellationToken);

    public ValueTask<long?> GetRankAsync(double value, Order order, CancellationToken cancellationToken)
    {
        Require.Number(value, nameof(value));
        return Require.Named(order) == Order.Ascending
            ? ReadAsync(value, static (digest, value) => Rank(digest, value), cancellationToken)
            : ReadAsync(value, static (digest, value) => ReverseRank(digest, value), cancellationToken);
    }

    public ValueTask<long?[]> GetRankAsync(IReadOnlyCollection<double> values, Order order, CancellationToken cancellationToken)
    {
        var copies = TDigestArguments.Numbers(values);
        return Require.Named(order) == Order.Ascending
            ? ReadAsync(copies, static (digest, value) => Rank(digest, value), cancellationToken)
            : ReadAsync(copies, static (digest, value) => ReverseRank(digest, value), cancellationToken);
    }

    public ValueTask<double?> GetByRankAsync(long rank, Order order, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        return Require.Named(order) == Order.Ascending
            ? ReadAsync(rank, static (digest, rank) => digest.ByRank(rank), cancellationToken)
            : ReadAsync(rank, static (digest, rank) => digest.ByRank(digest.Count - 1 - rank), cancellationToken);
    }

    public ValueTask<double?[]> GetByRankAsync(IReadOnlyCollection<long> ranks, Order order, CancellationToken cancellationToken)
    {
        var copies = TDigestArguments.Ranks(ranks);
        return Require.Named(order) == Order.Ascending
            ? ReadAsync(copies, static (digest, rank) => digest.ByRank(rank), cancellationToken)
            : ReadAsync(copies, static (digest, rank) => digest.ByRank(digest.Count - 1 - rank), cancellationToken);
    }

    public ValueTask<double?> GetMinAsync(CancellationToken cancellationToken) =>
        ReadAsync(0, static (digest, _) => digest.Min, cancellationToken);

    public ValueTask<double?> GetMaxAsync(CancellationToken cancellationToken) =>
        ReadAsync(0, static (digest, _) => digest.Max, cancellationToken);

    public ValueTask<double?> GetTrimmedMeanAsync(double from, double to, CancellationToken cancellationToken)
    {
        TDigestArguments.CheckOrder(from, to);
        return ReadAsync((from, to), static (digest, a) => digest.TrimmedMean(a.from, a.to), cancellationToken);
    }

    public ValueTask<TDigestInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            key, 0,
            static (turn, key, _) => turn.Find<Digest>(key) is { } digest
                ? new TDigestInfo(
                    digest.Compression, digest.MemoryBytes, digest.CentroidCount, digest.BufferedCount, digest.Count, digest.CompressionCount)
                : null,
            cancellationToken);

    private ValueTask<TResult?> ReadAsync<TArgs, TResult>(TArgs args, Func<Digest, TArgs, TResult?> read, CancellationToken cancellationToken)
        where TResult : struct =>
        door.RunAsync(
            key, (args, read), static (turn, key, a) => turn.FindToChange<Digest>(key) is { } digest ? a.read(digest, a.args) : null,
            cancellationToken);

    private ValueTask<TResult?[]> ReadAsync<TArgs, TResult>(TArgs[] args, Func<Digest, TArgs, TResult?> read, CancellationToken cancellationToken)
        where TResult : struct =>
        door.RunMeasuredAsync(
            key, (args, read),
            static (turn, key, a) => turn.FindToChange<Digest>(key) is { } digest
                ? Array.ConvertAll(a.args, arg => a.read(digest, arg))
                : new TResult?[a.args.Length],
            cancellationToken);

    /// <summary>The share of the observations below a value (TDIGEST.CDF).</summary>
    private static double? Cdf(Digest digest, double value) => digest.WeightBelow(value) / digest.Count;

    /// <summary>How many observations are lower (TDIGEST.RANK).</summary>
    private static long? Rank(Digest digest, double value) => Rounded(digest.WeightBelow(value));

    /// <summary>How many observations are higher (TDIGEST.REVRANK).</summary>
    private static long? ReverseRank(Digest digest, double value) => Rounded(digest.Count - digest.WeightBelow(value));

    /// <summary>A half is rounded down, so that a single observation does not count itself.</summary>
    private static long? Rounded(double? weight) => weight is { } some ? (long)Math.Ceiling(some - 0.5) : null;
}
