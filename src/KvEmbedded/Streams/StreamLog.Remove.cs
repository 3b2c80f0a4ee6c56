namespace KvEmbedded.Streams;

internal sealed partial class StreamLog
{
    /// <summary>Removes an entry. O(log n). False if there is none of this id.</summary>
    public bool Remove(StreamId id)
    {
        if (!TryFind(id, out var page, out var entry)) return false;
        var before = Header;
        RemoveEntry(page, entry, before);
        if (id > before.MaxRemovedId) Header = before with { MaxRemovedId = id };
        return true;
    }

    /// <summary>Removes the oldest entries until so many are left. O(pages that go).</summary>
    /// <param name="countMax">How many are to stay.</param>
    /// <param name="isApproximate">Removes whole pages alone.</param>
    /// <param name="limit">Most entries to remove.</param>
    public long TrimToCount(long countMax, bool isApproximate, long limit)
    {
        long removed = 0;
        while (pages.Count > 0 && Count - pages.First.Live >= countMax && removed + pages.First.Live <= limit) removed += RemoveFirstPage();
        if (isApproximate) return removed;
        while (Count > countMax && removed < limit) removed += RemoveFirstEntry();
        return removed;
    }

    /// <summary>Removes the entries whose id is less than another. O(pages that go).</summary>
    public long TrimToId(StreamId idMin, bool isApproximate, long limit)
    {
        long removed = 0;
        while (pages.Count > 0 && pages.First.Last < idMin && removed + pages.First.Live <= limit) removed += RemoveFirstPage();
        if (isApproximate) return removed;
        while (Count > 0 && FirstId < idMin && removed < limit) removed += RemoveFirstEntry();
        return removed;
    }

    /// <summary>Takes back the removal of an entry: its page comes back, if it had been the last in it.</summary>
    public void Revive(StreamPage page, int offset, StreamHeader before)
    {
        if (!page.IsInStream) PutBack(page);
        page.Revive(offset);
        Count++;
        Header = before;
        AfterRemoval();
    }

    /// <summary>Takes back the removal of a whole page.</summary>
    public void RevivePage(StreamPage page)
    {
        PutBack(page);
        Count += page.Live;
        AfterRemoval();
    }

    private int RemoveFirstPage()
    {
        var page = pages.First;
        weight.Bytes -= page.MemoryBytes;
        Drop(page);
        Count -= page.Live;
        AfterRemoval();
        Effects?.Report(new StreamPageRemoved(page));
        return page.Live;
    }

    private int RemoveFirstEntry()
    {
        var page = pages.First;
        var cursor = new EntryCursor(this, page, page.EntriesStart);
        cursor.MoveNext();
        RemoveEntry(page, cursor.Entry, Header);
        return 1;
    }

    private void RemoveEntry(StreamPage page, PageEntry entry, StreamHeader before)
    {
        page.Remove(entry);
        if (page.Live == 0)
        {
            weight.Bytes -= page.MemoryBytes;
            Drop(page);
        }

        Count--;
        if (entry.Id == firstId || page.Live == 0) firstId = null;
        removals++;
        Effects?.Report(new StreamRemoved(page, entry.Offset, entry.Id, before));
    }

    /// <summary>Takes a page out; its weight has been taken off.</summary>
    private void Drop(StreamPage page)
    {
        pages.TryFind(page.First, out var place);
        pages.RemoveAt(place);
        page.IsInStream = false;
        if (page == tail) tail = pages.Count > 0 ? pages.Last : null;
    }

    private void PutBack(StreamPage page)
    {
        pages.Add(page);
        page.IsInStream = true;
        weight.Bytes += page.MemoryBytes;
        tail = pages.Last;
    }
}
