namespace KvEmbedded.Streams;

internal sealed partial class StreamLog
{
    /// <summary>True if there is an entry of this id. O(log n).</summary>
    public bool Contains(StreamId id) => TryFind(id, out _, out _);

    /// <summary>The entries from an id up, itself included.</summary>
    public EntryCursor From(StreamId id)
    {
        if (!pages.TryFindAtMost(id, out var place)) return pages.Count == 0 ? default : new EntryCursor(this, pages.First, pages.First.EntriesStart);
        var page = pages[place];
        return page.Last < id ? StartOf(After(page)) : new EntryCursor(this, page, OffsetOf(page, id, page.EntriesStart));
    }

    /// <summary>The entries behind an id.</summary>
    /// <param name="id">An id that has been read.</param>
    /// <param name="place">Where that was, or the default: then no search is needed.</param>
    public EntryCursor After(StreamId id, ReadPlace place = default)
    {
        if (place.Page is { IsInStream: true } page && place.Id <= id)
        {
            if (page.Last > id) return new EntryCursor(this, page, OffsetOf(page, id.Next, place.Offset));
            if (page == tail) return default;
        }

        return id == StreamId.MaxValue ? default : From(id.Next);
    }

    /// <summary>The entries from an id down, itself included.</summary>
    public ReverseCursor Down(StreamId id) =>
        pages.TryFindAtMost(id, out var place) ? new ReverseCursor(this, pages[place], id) : default;

    /// <summary>The page behind another; null if that is the last.</summary>
    public StreamPage? After(StreamPage page)
    {
        if (page == tail) return null;
        pages.TryFind(page.First, out var place);
        return pages[pages.Next(place)];
    }

    /// <summary>The page before another; null if that is the first.</summary>
    public StreamPage? Before(StreamPage page) =>
        page.First != StreamId.MinValue && pages.TryFindAtMost(page.First.Previous, out var place) ? pages[place] : null;

    /// <summary>The newest entry, which must be there.</summary>
    public ReverseCursor Newest()
    {
        var cursor = Down(StreamId.MaxValue);
        cursor.MoveNext();
        return cursor;
    }

    private bool TryFind(StreamId id, out StreamPage page, out PageEntry entry)
    {
        (page, entry) = (null!, default);
        if (!pages.TryFindAtMost(id, out var place)) return false;
        page = pages[place];
        if (page.Last < id) return false;
        entry = page.Read(OffsetOf(page, id, page.EntriesStart));
        return entry.Id == id && !entry.IsRemoved;
    }

    private EntryCursor StartOf(StreamPage? page) => page is null ? default : new EntryCursor(this, page, page.EntriesStart);

    /// <summary>Where the first entry begins whose id is not less; there is one in the page.</summary>
    private static int OffsetOf(StreamPage page, StreamId id, int from)
    {
        while (true)
        {
            var entry = page.Read(from);
            if (entry.Id >= id) return from;
            from = entry.Next;
        }
    }
}

/// <summary>A place in a page behind the entries up to an id, from which reading can go on without a search.</summary>
/// <param name="Page">The page; null for no place.</param>
/// <param name="Offset">Where the entry behind the id begins, if there is one in the page.</param>
/// <param name="Id">All entries before the place have at most this id.</param>
internal readonly record struct ReadPlace(StreamPage? Page, int Offset, StreamId Id);
