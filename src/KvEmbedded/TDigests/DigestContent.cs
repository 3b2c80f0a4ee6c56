using KvEmbedded.Engine;

namespace KvEmbedded.TDigests;

/// <summary>The observations of a digest: those in centroids, which never change, and those in the buffer.</summary>
internal struct DigestContent
{
    public double[] Means;
    public double[] Weights;
    public double[] Buffer;
    public int Buffered;
    public double Min;
    public double Max;

    /// <summary>Observations in the centroids.</summary>
    public long Merged;

    /// <summary>How often the buffer was emptied into them.</summary>
    public long Compressions;

    public static DigestContent Empty => new()
    {
        Means = [],
        Weights = [],
        Buffer = [],
        Min = double.PositiveInfinity,
        Max = double.NegativeInfinity,
    };

    public readonly long MemoryBytes =>
        (Means.Length == 0 ? 0 : ArrayBytes.Of(Means) + ArrayBytes.Of(Weights)) + (Buffer.Length == 0 ? 0 : ArrayBytes.Of(Buffer));

    public readonly DigestContent Copy() => this with { Means = [.. Means], Weights = [.. Weights], Buffer = [.. Buffer] };
}
