using System.Runtime.InteropServices;

namespace KvEmbedded.TDigests;

/// <summary>
/// Merges neighbouring centroids as far as the scale function allows: near the quantile q one may have a share of
/// q (1 - q) Z / compression of all observations, Z = 2 ln(n / compression) + 12. That is the paper's k2 with half of its Z: so
/// there are about as many centroids as the compression says, and those at the ends are single observations.
/// </summary>
internal sealed class Compressor
{
    private readonly List<double> means = [];
    private readonly List<double> weights = [];
    private double min = double.PositiveInfinity;
    private double max = double.NegativeInfinity;
    private long count;

    /// <summary>Takes in all observations of a digest.</summary>
    public void Collect(in DigestContent content)
    {
        means.AddRange(content.Means);
        weights.AddRange(content.Weights);
        means.AddRange(content.Buffer.AsSpan(0, content.Buffered));
        CollectionsMarshal.SetCount(weights, means.Count);
        CollectionsMarshal.AsSpan(weights)[^content.Buffered..].Fill(1);
        (min, max) = (Math.Min(min, content.Min), Math.Max(max, content.Max));
        count += content.Merged + content.Buffered;
    }

    /// <summary>What was collected, as centroids.</summary>
    public DigestContent Compressed(int compression, long compressions)
    {
        var content = DigestContent.Empty with { Min = min, Max = max, Merged = count, Compressions = compressions };
        if (means.Count == 0) return content;

        var sortedMeans = CollectionsMarshal.AsSpan(means);
        var sortedWeights = CollectionsMarshal.AsSpan(weights);
        sortedMeans.Sort(sortedWeights);
        PutSinglesAtTheEnds(sortedWeights);
        var length = Merge(sortedMeans, sortedWeights, compression);
        content.Means = sortedMeans[..length].ToArray();
        content.Weights = sortedWeights[..length].ToArray();
        return content;
    }

    /// <remarks>The lowest and the highest of what was collected are single; among equals they may have come to stand behind.</remarks>
    private static void PutSinglesAtTheEnds(Span<double> weights)
    {
        var first = weights.IndexOf(1.0);
        (weights[0], weights[first]) = (weights[first], weights[0]);
        var last = weights.LastIndexOf(1.0);
        (weights[^1], weights[last]) = (weights[last], weights[^1]);
    }

    /// <summary>Merges in place; how many are left.</summary>
    private int Merge(Span<double> means, Span<double> weights, int compression)
    {
        var factor = ((2 * Math.Log((double)count / compression)) + 12) / compression;
        var (last, before) = (0, 0.0);
        for (var i = 1; i < means.Length; i++)
        {
            var both = weights[last] + weights[i];
            if (both <= count * factor * Math.Min(Spread(before / count), Spread((before + both) / count)))
            {
                // Between the two, whatever is rounded.
                var mean = (means[last] * (weights[last] / both)) + (means[i] * (weights[i] / both));
                means[last] = Math.Clamp(mean, means[last], means[i]);
                weights[last] = both;
                continue;
            }

            before += weights[last];
            last++;
            (means[last], weights[last]) = (means[i], weights[i]);
        }

        return last + 1;
    }

    private static double Spread(double quantile) => quantile * (1 - quantile);
}
