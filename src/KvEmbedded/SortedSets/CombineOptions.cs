namespace KvEmbedded;

/// <summary>How the scores of one member in several sorted sets become one score.</summary>
/// <remarks>Infinity times 0, and the sum of both infinities, are 0, as in Redis.</remarks>
public sealed record CombineOptions
{
    internal static CombineOptions Default { get; } = new();

    /// <summary>What the scores of each key are multiplied with first, in the order of the keys; null is 1 for all. Default null.</summary>
    /// <remarks>There must be as many weights as keys, and none of them NaN.</remarks>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>What is made of the weighted scores. Default: their sum.</summary>
    public Aggregate Aggregate { get; init; }
}

/// <summary>What is made of the scores of one member in several sorted sets.</summary>
public enum Aggregate
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The lowest of them.</summary>
    Min,

    /// <summary>The highest of them.</summary>
    Max,
}
