namespace KvEmbedded.Streams;

/// <summary>How large the parts of a stream grow; tests make them tiny.</summary>
/// <param name="EntriesPerPage">Most entries in a page.</param>
/// <param name="BytesPerPage">Bytes from which on a page takes no further entry.</param>
/// <param name="ChunkLength">Most items in one chunk of a list, at least 4.</param>
internal sealed record StreamShape(int EntriesPerPage, int BytesPerPage, int ChunkLength)
{
    /// <summary>As many entries and bytes to a page as Redis has in a node, so that approximate trims remove as much.</summary>
    public static readonly StreamShape Default = new(100, 4096, 128);
}
