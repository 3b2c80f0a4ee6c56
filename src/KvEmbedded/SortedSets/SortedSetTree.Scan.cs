namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetTree
{
    /// <summary>
    /// One page of a scan that outlives any mutation between its pages. A cursor is the lowest hash not yet looked at:
    /// a member that is there all the time is seen exactly once, whatever else is added, removed, moved or grown.
    /// </summary>
    /// <param name="cursor">0 to begin; then what the page before returned.</param>
    /// <param name="count">About how many entries, at least 1; members of equal hash are never parted.</param>
    /// <param name="page">Is filled with the page's entries; it may be empty before the scan is at its end.</param>
    /// <returns>The cursor of the next page; 0 when this was the last.</returns>
    public uint Scan(uint cursor, int count, ScanPage page)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        page.Reset(pages);
        if (index is not null) return index.Scan(cursor, count, page.Handles);

        foreach (var handle in order.OneLeaf)
        {
            if (Hash(pages.Member(handle)) >= cursor) page.Handles.Add(handle);
        }

        return 0;
    }
}

/// <summary>The entries of one page of a scan; reusable, valid until the set's next mutation.</summary>
internal sealed class ScanPage
{
    private MemberPages? pages;

    public int Count => Handles.Count;

    internal List<uint> Handles { get; } = [];

    /// <summary>The member; a view of storage.</summary>
    public ReadOnlySpan<byte> Member(int at) => pages!.Member(Handles[at]);

    public double Score(int at) => pages!.Score(Handles[at]);

    internal void Reset(MemberPages from)
    {
        pages = from;
        Handles.Clear();
    }
}
