namespace KvEmbedded.Lists;

/// <summary>
/// The sizes a <see cref="ListDeque"/> is built with. The defaults were measured; tests choose tiny ones, so that a dozen
/// elements already split, merge and slide.
/// </summary>
internal sealed record ListShape
{
    public static ListShape Default { get; } = new();

    /// <summary>Bytes of a full chunk, a multiple of 8 and at least 16. With its header the array is 4 KiB.</summary>
    public int ChunkBytes { get; init; } = 4096 - 24;

    /// <summary>Most children of a node in the tree of chunks, at least 4.</summary>
    public int NodeCapacity { get; init; } = 64;
}

internal static class ListEnds
{
    public static ListEnd Other(this ListEnd side) => side == ListEnd.Head ? ListEnd.Tail : ListEnd.Head;
}
