using FsCheck.Xunit;
using KvEmbedded.TDigests;
using KvEmbedded.Tests.SortedSets;

namespace KvEmbedded.Tests.TDigests;

public sealed class DigestTests
{
    [Property]
    public void Few_observations_are_answered_exactly(sbyte[] values)
    {
        // So few that no two of them share a centroid.
        var digest = Of(10_000, values.Take(100).Select(static value => (double)value));
        var sorted = values.Take(100).Select(static value => (double)value).Order().ToArray();
        Assert.Equal(sorted.Length == 0 ? null : sorted[0], digest.Min);
        Assert.Equal(sorted.Length == 0 ? null : sorted[^1], digest.Max);
        for (var rank = 0; rank < sorted.Length; rank++)
        {
            Assert.Equal(sorted[rank], digest.ByRank(rank));
            Assert.Equal(sorted[rank], digest.Quantile((rank + 0.5) / sorted.Length));
        }

        Assert.Null(digest.ByRank(sorted.Length));
        for (var value = -130.0; value < 130 && sorted.Length > 0; value += 0.5)
            Assert.Equal(sorted.Count(other => other < value) + (sorted.Count(other => other == value) / 2.0), digest.WeightBelow(value));
        digest.CheckInvariants();
    }

    public static TheoryData<string, int, double, double> Shapes => new()
    {
        { "uniform", 100, 0.01, 0.001 },
        { "uniform", 1_000, 0.002, 0.0003 },
        { "normal", 100, 0.01, 0.001 },
        { "exponential", 100, 0.01, 0.001 },
        { "bands", 100, 0.06, 0.06 },
        { "rising", 100, 0.01, 0.001 },
    };

    /// <summary>How far off a quantile is, as a share of the observations: in the middle, and near the ends.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Quantiles_are_near_and_nearer_at_the_ends(string shape, int compression, double middle, double ends)
    {
        var values = Draw(shape, 200_000);
        var digest = Of(compression, values);
        var sorted = values.Order().ToArray();
        double[] quantiles = [0.5, 0.25, 0.75, 0.1, 0.9, 0.01, 0.99, 0.001, 0.999];
        foreach (var quantile in quantiles)
        {
            var value = digest.Quantile(quantile)!.Value;
            var allowed = quantile is < 0.02 or > 0.98 ? ends : middle;
            Assert.InRange(Off(value, quantile), 0, allowed);
            Assert.InRange(Math.Abs((digest.WeightBelow(value)!.Value / values.Length) - ShareBelow(value)), 0, allowed);
        }

        Assert.Equal(sorted[0], digest.Quantile(0));
        Assert.Equal(sorted[^1], digest.Quantile(1));
        Assert.Equal(sorted[0], digest.ByRank(0));
        Assert.Equal(sorted[^1], digest.ByRank(values.Length - 1));
        Assert.Equal(values.Average(), digest.TrimmedMean(0, 1)!.Value, 1e-6 * (sorted[^1] - sorted[0]));
        Assert.Equal(sorted[20_000..180_000].Average(), digest.TrimmedMean(0.1, 0.9)!.Value, 0.01 * (sorted[^1] - sorted[0]));
        digest.CheckInvariants();

        // Equal values lie at many quantiles at once.
        double Off(double value, double quantile) =>
            Math.Max(0, Math.Max(Below(value) - quantile, quantile - NotAbove(value)));
        double Below(double value) => sorted.Count(other => other < value) / (double)sorted.Length;
        double NotAbove(double value) => sorted.Count(other => other <= value) / (double)sorted.Length;
        double ShareBelow(double value) => (Below(value) + NotAbove(value)) / 2;
    }

    [Property]
    public void Answers_rise_and_stay_between_the_ends(byte compression, double[] values)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var digest = Of(1 + (compression % 30), finite);
        digest.Quantile(0.5);
        digest.CheckInvariants();
        if (finite.Length == 0) return;

        var quantiles = Enumerable.Range(0, 101).Select(percent => digest.Quantile(percent / 100.0)!.Value).ToArray();
        Assert.Equal(quantiles.Order(), quantiles);
        Assert.All(quantiles, value => Assert.InRange(value, finite.Min(), finite.Max()));
        var ranks = finite.Order().Select(value => digest.WeightBelow(value)!.Value).ToArray();
        Assert.Equal(ranks.Order(), ranks);
        Assert.All(ranks, rank => Assert.InRange(rank, 0, finite.Length));
    }

    [Fact]
    public void The_largest_numbers_there_are_do_not_overflow()
    {
        var digest = Of(2, Enumerable.Range(0, 1_000).Select(static i => i % 2 == 0 ? double.MaxValue : -double.MaxValue));

        Assert.Equal((-double.MaxValue, double.MaxValue), (digest.Quantile(0), digest.Quantile(1)));
        Assert.True(double.IsFinite(digest.Quantile(0.5)!.Value));
        Assert.True(double.IsFinite(digest.TrimmedMean(0, 1)!.Value));
        Assert.InRange(digest.WeightBelow(0)!.Value, 250, 750);
        digest.CheckInvariants();
    }

    [Fact]
    public void Equal_values_are_equal_whatever_their_number()
    {
        var digest = Of(50, Enumerable.Repeat(7.0, 10_000));
        digest.Merge([Of(50, Enumerable.Repeat(7.0, 5_000))]);

        Assert.Equal(7, digest.Quantile(0.3));
        Assert.Equal(7_500, digest.WeightBelow(7));
        Assert.Equal((0, 15_000), (digest.WeightBelow(6), digest.WeightBelow(8)));
        digest.CheckInvariants();
    }

    [Fact]
    public void A_merged_digest_is_as_good_as_one_that_saw_all()
    {
        var values = Draw("normal", 90_000);
        var merged = Of(100, values[..10_000]);
        merged.Merge([Of(100, values[10_000..40_000]), Of(200, values[40_000..])]);
        var sorted = values.Order().ToArray();

        merged.CheckInvariants();
        Assert.Equal(values.Length, merged.Count);
        foreach (var quantile in (double[])[0.01, 0.1, 0.5, 0.9, 0.99])
        {
            var rank = Array.BinarySearch(sorted, merged.Quantile(quantile)!.Value);
            Assert.InRange(Math.Abs(((rank < 0 ? ~rank : rank) / (double)values.Length) - quantile), 0, 0.02);
        }
    }

    [Property]
    public void Undoing_all_effects_in_reverse_restores_exactly_the_old_content(byte compression, short[] before, (short Value, byte Kind)[] steps)
    {
        var digest = Of(1 + (compression % 5), before.Select(static value => (double)value));
        var old = Content(digest);
        var copy = (Digest)digest.Copy();
        var log = new EffectLog();
        digest.Effects = log;
        foreach (var (value, kind) in steps)
        {
            if (kind % 16 == 0) digest.Reset();
            else if (kind % 8 == 1) digest.Quantile(0.5);
            else if (kind % 16 == 2) digest.Merge([copy, digest]);
            else digest.Add([value, kind]);
        }

        digest.CheckInvariants();
        digest.Effects = null;
        for (var at = log.Effects.Count - 1; at >= 0; at--) log.Effects[at].Undo(digest);
        Assert.Equal(old, Content(digest));
        Assert.Equal(old, Content(copy));
        digest.CheckInvariants();
    }

    private static Digest Of(int compression, IEnumerable<double> values)
    {
        var digest = new Digest(compression);
        foreach (var part in values.Chunk(77)) digest.Add(part);
        return digest;
    }

    private static (long, int, double?, double?, long, string) Content(Digest digest) =>
        (digest.Count, digest.BufferedCount, digest.Min, digest.Max, digest.CompressionCount, string.Join(' ', digest.Parts()));

    private static double[] Draw(string shape, int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(i => shape switch
        {
            "normal" => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6,
            "exponential" => -Math.Log(1 - random.NextDouble()),
            "bands" => random.Next(5) * 10,
            "rising" => i,
            _ => random.NextDouble(),
        })];
    }
}

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class TDigestMemoryTests
{
    [Theory]
    [InlineData(100, 30)]
    [InlineData(100, 2_000)]
    [InlineData(5_000, 50_000)]
    public void Memory_is_what_the_garbage_collector_says(int compression, int count)
    {
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, Math.Max(20, 1_000_000 / count)).Select(_ => Filled(compression, count)).ToArray(),
            static digests => digests.Sum(static digest => digest.MemoryBytes));

        Assert.InRange(ratio, 0.97, 1.03);
    }

    private static Digest Filled(int compression, int count)
    {
        var digest = new Digest(compression);
        var random = new Random(1);
        for (var i = 0; i < count; i++) digest.Add([random.NextDouble()]);
        return digest;
    }
}
