using KvEmbedded.Engine;

namespace KvEmbedded.TDigests;

/// <summary>Observations were put into the buffer.</summary>
internal sealed class DigestObserved(double[] values, double minBefore, double maxBefore) : Effect
{
    public ReadOnlyMemory<double> Values => values;

    public override void Undo(IDataValue value) => ((Digest)value).Remove(values.Length, minBefore, maxBefore);
}

/// <summary>Other content was put in place of all: by merging, by forgetting, or the same observations in other centroids.</summary>
internal sealed class DigestReplaced(DigestContent before, DigestContent after) : Effect
{
    public DigestContent After => after;

    public override void Undo(IDataValue value) => ((Digest)value).Replace(before);
}
