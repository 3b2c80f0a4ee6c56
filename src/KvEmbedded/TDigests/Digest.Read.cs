namespace KvEmbedded.TDigests;

/// <remarks>
/// A single observation takes a whole place of its own among all. The weight of any other centroid is spread evenly from its
/// middle to the middles of its neighbours, or up to a single one.
/// </remarks>
internal sealed partial class Digest
{
    /// <summary>The value below which a share of the observations lies; null if there is none.</summary>
    public double? Quantile(double share)
    {
        if (Count == 0) return null;
        Compress();
        return ValueAt(share * Count);
    }

    /// <summary>The observation of a rank from the lowest up; null if there are not so many.</summary>
    public double? ByRank(long rank)
    {
        if (rank < 0 || rank >= Count) return null;
        Compress();
        return ValueAt(rank + 0.5);
    }

    /// <summary>Observations below a value, those equal to it counted half; null if there is none at all.</summary>
    public double? WeightBelow(double value)
    {
        if (Count == 0) return null;
        Compress();
        if (value < content.Min) return 0;
        if (value > content.Max) return Count;

        var (means, weights) = (content.Means, content.Weights);
        var (at, below) = (0, 0.0);
        while (at < means.Length && means[at] < value) below += weights[at++];

        // There is a mean that is not lower: the highest observation is one, and so is the lowest.
        if (means[at] == value)
        {
            var equal = 0.0;
            while (at < means.Length && means[at] == value) equal += weights[at++];
            return below + (equal / 2);
        }

        var (from, to) = (means[at - 1], means[at]);
        var left = below - (weights[at - 1] == 1 ? 0 : weights[at - 1] / 2);
        var right = below + (weights[at] == 1 ? 0 : weights[at] / 2);
        return left + ((right - left) * Between(from, to, value));
    }

    /// <summary>The mean of the observations between two quantiles; null if there is none.</summary>
    public double? TrimmedMean(double from, double to)
    {
        if (Count == 0) return null;
        Compress();
        var (first, last) = (from * Count, to * Count);
        var (mean, taken, before) = (0.0, 0.0, 0.0);
        for (var i = 0; i < content.Means.Length; i++)
        {
            var part = Math.Min(last, before + content.Weights[i]) - Math.Max(first, before);
            before += content.Weights[i];
            if (part <= 0) continue;
            taken += part;
            mean = (mean * (1 - (part / taken))) + (content.Means[i] * (part / taken));
        }

        return mean;
    }

    /// <summary>The value at a place among all observations, 0 to their number.</summary>
    private double ValueAt(double place)
    {
        var (means, weights) = (content.Means, content.Weights);
        var (at, before) = (0, 0.0);
        while (at < means.Length && place >= before + weights[at]) before += weights[at++];
        if (at == means.Length) return content.Max;
        if (weights[at] == 1) return means[at];

        // It has a neighbour on both sides: the ends are single observations.
        var middle = before + (weights[at] / 2);
        if (place < middle)
        {
            var left = before - (weights[at - 1] == 1 ? 0 : weights[at - 1] / 2);
            return Along(means[at - 1], means[at], Between(left, middle, place));
        }

        var right = before + weights[at] + (weights[at + 1] == 1 ? 0 : weights[at + 1] / 2);
        return Along(means[at], means[at + 1], Between(middle, right, place));
    }

    /// <summary>How far a number is on the way from one to another: 0 to 1. Halves, as their distance may be no number.</summary>
    private static double Between(double from, double to, double at) => ((at / 2) - (from / 2)) / ((to / 2) - (from / 2));

    private static double Along(double from, double to, double share) => Math.Clamp((from * (1 - share)) + (to * share), from, to);
}
