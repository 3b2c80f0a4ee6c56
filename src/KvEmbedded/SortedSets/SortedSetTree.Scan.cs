using KvEmbedded.Records;

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
    public uint Scan(uint cursor, int count, ScanPage<ScoredMember> page)
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
