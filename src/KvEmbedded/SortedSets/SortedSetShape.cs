namespace KvEmbedded.SortedSets;

/// <summary>
/// The sizes a <see cref="SortedSetTree"/> is built with. The defaults were measured; tests choose tiny ones, so that a
/// dozen members already split, merge, evacuate and collide.
/// </summary>
internal sealed record SortedSetShape
{
    public static SortedSetShape Default { get; } = new();

    /// <summary>Most entries of a leaf, a multiple of 4 and at least 4.</summary>
    public int LeafCapacity { get; init; } = 64;

    /// <summary>Most children of an inner node, a multiple of 4 and at least 4.</summary>
    public int InnerCapacity { get; init; } = 64;

    /// <summary>Two to this power units of 4 bytes are one page of members.</summary>
    public int PageBits { get; init; } = 14;

    /// <summary>Two to this power home slots are one full segment of the hash index.</summary>
    public int SegmentBits { get; init; } = 10;

    /// <summary>Segments cover at least two to the power of (32 - this) hashes; deeper ones only lengthen.</summary>
    public int DepthMax { get; init; } = 21;

    /// <summary>Up to this many members are found by looking at each of them; a hash index would only cost memory.
    /// At most the leaf capacity.</summary>
    public int UnindexedMax { get; init; } = 16;

    /// <summary>Bits of a member's hash that are used; fewer make members collide.</summary>
    public uint HashMask { get; init; } = uint.MaxValue;
}
