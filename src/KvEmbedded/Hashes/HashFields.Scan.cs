using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

/// <summary>Looking at fields that are not named: all of them, page by page, or by chance.</summary>
internal sealed partial class HashFields
{
    /// <summary>
    /// One page of a scan that outlives any mutation between its pages. A cursor is the lowest hash not yet looked at:
    /// a field that is there all the time is seen exactly once, whatever else is added, removed, moved or grown.
    /// </summary>
    /// <param name="cursor">0 to begin; then what the page before returned.</param>
    /// <param name="count">About how many fields, at least 1; fields of equal hash are never parted.</param>
    /// <param name="page">Is filled with the page's fields; it may be empty before the scan is at its end.</param>
    /// <returns>The cursor of the next page; 0 when this was the last.</returns>
    public uint Scan(uint cursor, int count, ScanPage<FieldRecord> page)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        page.Reset(pages);
        if (index is not null) return index.Scan(cursor, count, page.Handles);

        foreach (var handle in list.AsSpan(0, Count))
        {
            if (Hash(pages.Name(handle)) >= cursor) page.Handles.Add(handle);
        }

        return 0;
    }

    /// <summary>Picks a field by chance, each as likely as any other. O(1) expected. There is one.</summary>
    public void Pick(Random random, ScanPage<FieldRecord> page)
    {
        page.Reset(pages);
        page.Handles.Add(Pick(random));
    }

    /// <summary>Picks so many fields by chance, independently of each other. There is one.</summary>
    public void PickRepeated(Random random, int picked, ScanPage<FieldRecord> page)
    {
        page.Reset(pages);
        for (; picked > 0; picked--) page.Handles.Add(Pick(random));
    }

    /// <summary>Picks so many different fields by chance, each choice of them as likely as any other; all if there are no more.</summary>
    /// <remarks>O(picked) expected; O(n) if that is a large part of all.</remarks>
    public void PickDistinct(Random random, int picked, ScanPage<FieldRecord> page)
    {
        if (picked < Count / 2)
        {
            page.Reset(pages);
            var handles = new HashSet<uint>(picked);
            while (handles.Count < picked) handles.Add(Pick(random));
            page.Handles.AddRange(handles);
            return;
        }

        Scan(0, int.MaxValue, page);
        if (picked >= Count) return;
        uint[] all = [.. page.Handles];
        page.Handles.Clear();
        foreach (var at in Picks.Distinct(random, all.Length, picked)) page.Handles.Add(all[at]);
    }

    private uint Pick(Random random) => index is not null ? index.Pick(random) : list![random.Next(Count)];
}
