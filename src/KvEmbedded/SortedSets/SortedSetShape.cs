using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

/// <summary>The sizes a <see cref="SortedSetTree"/> is built with, those of its pages and index included.</summary>
internal sealed record SortedSetShape : RecordShape
{
    public static SortedSetShape Default { get; } = new();

    /// <summary>Most entries of a leaf, a multiple of 4 and at least 4.</summary>
    public int LeafCapacity { get; init; } = 64;

    /// <summary>Most children of an inner node, a multiple of 4 and at least 4.</summary>
    public int InnerCapacity { get; init; } = 64;

    /// <summary>Up to this many members are found by looking at each of them; a hash index would only cost memory.
    /// At most the leaf capacity.</summary>
    public int UnindexedMax { get; init; } = 16;
}
