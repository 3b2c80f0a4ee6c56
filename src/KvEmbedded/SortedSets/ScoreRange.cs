using System.Globalization;

namespace KvEmbedded;

/// <summary>An interval of scores: <c>ScoreRange.AtLeast(10).AndBelow(20)</c>.</summary>
/// <remarks>The default is <see cref="All"/>. An interval that is upside down holds nothing. -0 and 0 are the same score.</remarks>
public readonly record struct ScoreRange
{
    private readonly double? lowest;
    private readonly double? highest;

    private ScoreRange(double? lowest, bool excludesLowest, double? highest, bool excludesHighest)
    {
        this.lowest = lowest;
        this.highest = highest;
        ExcludesLowest = excludesLowest;
        ExcludesHighest = excludesHighest;
    }

    /// <summary>Every score.</summary>
    public static ScoreRange All => default;

    /// <summary>The lower end; negative infinity if there is none.</summary>
    public double Lowest => lowest ?? double.NegativeInfinity;

    /// <summary>The upper end; positive infinity if there is none.</summary>
    public double Highest => highest ?? double.PositiveInfinity;

    /// <summary>True if the lower end itself is not in the interval.</summary>
    public bool ExcludesLowest { get; }

    /// <summary>True if the upper end itself is not in the interval.</summary>
    public bool ExcludesHighest { get; }

    /// <summary>Scores from <paramref name="lowest"/> up, itself included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN.</exception>
    public static ScoreRange AtLeast(double lowest) => new(Require.Number(lowest, nameof(lowest)), false, null, false);

    /// <summary>Scores greater than <paramref name="lowest"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN.</exception>
    public static ScoreRange Above(double lowest) => new(Require.Number(lowest, nameof(lowest)), true, null, false);

    /// <summary>Scores up to <paramref name="highest"/>, itself included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN.</exception>
    public static ScoreRange AtMost(double highest) => All.AndAtMost(highest);

    /// <summary>Scores less than <paramref name="highest"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN.</exception>
    public static ScoreRange Below(double highest) => All.AndBelow(highest);

    /// <summary>Scores from <paramref name="lowest"/> to <paramref name="highest"/>, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is NaN.</exception>
    public static ScoreRange Between(double lowest, double highest) => AtLeast(lowest).AndAtMost(highest);

    /// <summary>One score alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN.</exception>
    public static ScoreRange Exactly(double score) => Between(score, score);

    /// <summary>The same lower end, with scores up to <paramref name="highest"/>, itself included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN.</exception>
    public ScoreRange AndAtMost(double highest) => new(lowest, ExcludesLowest, Require.Number(highest, nameof(highest)), false);

    /// <summary>The same lower end, with scores less than <paramref name="highest"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN.</exception>
    public ScoreRange AndBelow(double highest) => new(lowest, ExcludesLowest, Require.Number(highest, nameof(highest)), true);

    /// <summary>True if the score is in the interval.</summary>
    public bool Contains(double score) =>
        (ExcludesLowest ? score > Lowest : score >= Lowest) && (ExcludesHighest ? score < Highest : score <= Highest);

    /// <summary>The interval as Redis writes it: <c>(1 5</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(ExcludesLowest ? "(" : "")}{Text(Lowest)} {(ExcludesHighest ? "(" : "")}{Text(Highest)}");

    private static string Text(double score) =>
        double.IsPositiveInfinity(score) ? "+inf"
        : double.IsNegativeInfinity(score) ? "-inf"
        : score.ToString("R", CultureInfo.InvariantCulture);
}
