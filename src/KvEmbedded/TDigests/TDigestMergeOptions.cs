namespace KvEmbedded;

/// <summary>How t-digests are merged.</summary>
public sealed record TDigestMergeOptions
{
    internal static TDigestMergeOptions Default { get; } = new();

    /// <summary>
    /// The compression of the result. Range 1 to 10,000; null keeps that of the digest that is there, or takes the highest of
    /// the sources if there is none or it is replaced. Default null.
    /// </summary>
    public int? Compression { get; init; }

    /// <summary>What becomes of the digest that is there. Default: its observations stay.</summary>
    public ExistingDigest Existing { get; init; }
}

/// <summary>What becomes of the digest that others are merged into.</summary>
public enum ExistingDigest
{
    /// <summary>Its observations stay, and the others come to them.</summary>
    Keep,

    /// <summary>The others are put in its place.</summary>
    Replace,
}
