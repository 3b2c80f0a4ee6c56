namespace KvEmbedded.Streams;

/// <summary>Goes through the living entries of a stream, the oldest first; good until the stream's next mutation.</summary>
internal struct EntryCursor(StreamLog log, StreamPage start, int offset)
{
    private StreamPage page = start;
    private int next = offset;

    public PageEntry Entry { get; private set; }

    public readonly StreamId Id => Entry.Id;

    public readonly StreamPage Page => page;

    /// <summary>The place behind the present entry.</summary>
    public readonly ReadPlace Place => new(page, Entry.Next, Entry.Id);

    public bool MoveNext()
    {
        if (log is null) return false;
        while (true)
        {
            while (next < page.Used)
            {
                Entry = page.Read(next);
                next = Entry.Next;
                if (!Entry.IsRemoved) return true;
            }

            if (log.After(page) is not { } following) return false;
            page = following;
            next = page.EntriesStart;
        }
    }
}

/// <summary>Goes through the living entries of a stream, the newest first; good until the stream's next mutation.</summary>
internal struct ReverseCursor
{
    private readonly StreamLog log;
    private readonly StreamId from;
    private PageEntry[] entries;
    private StreamPage page;
    private int left;

    public ReverseCursor(StreamLog log, StreamPage page, StreamId from)
    {
        this.log = log;
        this.page = page;
        this.from = from;
        entries = [];
        Open();
    }

    public PageEntry Entry { get; private set; }

    public readonly StreamId Id => Entry.Id;

    public readonly StreamPage Page => page;

    public bool MoveNext()
    {
        if (log is null) return false;
        while (left == 0)
        {
            if (log.Before(page) is not { } before) return false;
            page = before;
            Open();
        }

        Entry = entries[--left];
        return true;
    }

    /// <summary>Notes where the page's living entries are: it can be walked forwards alone.</summary>
    private void Open()
    {
        if (entries.Length < page.Live) entries = new PageEntry[page.Live];
        left = 0;
        for (var offset = page.EntriesStart; offset < page.Used;)
        {
            var entry = page.Read(offset);
            if (entry.Id > from) break;
            if (!entry.IsRemoved) entries[left++] = entry;
            offset = entry.Next;
        }
    }
}
