using KvEmbedded.Strings;

namespace KvEmbedded.HyperLogLogs;

/// <summary>How many registers have which rank: all that the estimate depends on.</summary>
/// <remarks>
/// <para>Beside the dense form it is kept up to date from one element to the next, so that a count need not look at the registers.</para>
/// <para>The estimate is that of Otmar Ertl, New cardinality estimation algorithms for HyperLogLog sketches, 2017
/// (arXiv:1702.01284), algorithm 6, as Redis takes it.</para>
/// </remarks>
internal sealed class RegisterHistogram : StringBlobCompanion
{
    /// <summary>A register of six bits can hold more than an element can have.</summary>
    private const int Ranks = 64;

    /// <summary>1 / (2 ln 2).</summary>
    private const double Alpha = 0.721347520444481703680;

    private const double Registers = RegisterValue.Registers;

    private readonly int[] counts = new int[Ranks];

    public override long MemoryBytes => 24 + 24 + (Ranks * sizeof(int));

    public int this[int rank] => counts[rank];

    public void Add(int rank, int count) => counts[rank] += count;

    /// <summary>A register was raised.</summary>
    public void Move(int from, int to)
    {
        counts[from]--;
        counts[to]++;
    }

    public long Estimate()
    {
        var z = Registers * Tau((Registers - counts[RegisterValue.RankMax]) / Registers);
        for (var rank = RegisterValue.RankMax - 1; rank >= 1; rank--) z = (z + counts[rank]) * 0.5;
        z += Registers * Sigma(counts[0] / Registers);
        return (long)Math.Round(Alpha * Registers * Registers / z, MidpointRounding.AwayFromZero);
    }

    /// <summary>x + the sum of x^(2^k) 2^(k-1), k from 1.</summary>
    private static double Sigma(double x)
    {
        if (x == 1) return double.PositiveInfinity;
        var (sum, before, factor) = (x, double.NaN, 1.0);
        while (sum != before)
        {
            before = sum;
            x *= x;
            sum += x * factor;
            factor += factor;
        }

        return sum;
    }

    /// <summary>A third of: 1 - x - the sum of (1 - x^(2^-k))^2 2^-k, k from 1.</summary>
    private static double Tau(double x)
    {
        if (x is 0 or 1) return 0;
        var (sum, before, factor) = (1 - x, double.NaN, 1.0);
        while (sum != before)
        {
            before = sum;
            x = Math.Sqrt(x);
            factor *= 0.5;
            sum -= (1 - x) * (1 - x) * factor;
        }

        return sum / 3;
    }
}
