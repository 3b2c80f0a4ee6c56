using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>
/// Entries in the order of their ids, which only ever rise: pages of bytes, found by id in O(log n), added to at one end and
/// trimmed at the other. Beside them the consumer groups, each with what it has read and what is pending.
/// </summary>
/// <remarks>
/// Invariant: <c>Count</c> is the number of living entries of all pages; a page has at least one; no id is greater than
/// the header's last one. A stream without an entry exists all the same, as in Redis: it knows its last id and its groups.
/// </remarks>
internal sealed partial class StreamLog : IDataValue
{
    // With the objects of its lists.
    private const int ObjectBytes = 264;
    private const int FirstPageRoom = 96;

    private readonly StreamShape shape;
    private readonly Weight weight = new() { Bytes = ObjectBytes };
    private readonly IdOrdered<StreamPage> pages;
    private StreamPage? tail;
    private StreamId? firstId;
    private long removals;

    public StreamLog()
        : this(StreamShape.Default)
    {
    }

    public StreamLog(StreamShape shape)
    {
        this.shape = shape;
        pages = new IdOrdered<StreamPage>(shape.ChunkLength, weight);
    }

    private StreamLog(StreamLog source)
    {
        shape = source.shape;
        Header = source.Header;
        Count = source.Count;
        pages = source.pages.Copy(weight, page =>
        {
            var copy = page.Copy();
            weight.Bytes += copy.MemoryBytes;
            return copy;
        });
        if (pages.Count > 0) tail = pages.Last;
        foreach (var group in source.groups) AddCopy(group);
    }

    public KeyType Type => KeyType.Stream;

    /// <summary>Never: a stream without an entry exists.</summary>
    public bool IsEmpty => false;

    /// <summary>How many entries there are, O(1).</summary>
    public long Count { get; private set; }

    /// <summary>What a stream remembers of entries that may be gone.</summary>
    public StreamHeader Header { get; private set; }

    /// <summary>The greatest id that the stream has had.</summary>
    public StreamId LastId => Header.LastId;

    /// <summary>The oldest entry's id; 0-0 if there is none.</summary>
    public StreamId FirstId => firstId ??= FindFirstId();

    /// <summary>Is another one after every removal: a reader of a range that it has bounded above sees by it whether the range is still the same.</summary>
    public long Removals => removals;

    public long MemoryBytes => weight.Bytes;

    public IEffectSink? Effects { get; set; }

    public IDataValue Copy() => new StreamLog(this);

    /// <summary>Adds an entry behind all others.</summary>
    /// <param name="id">Greater than <see cref="LastId"/>.</param>
    /// <param name="fieldCount">How many fields, at least one.</param>
    /// <param name="fields">As <see cref="FieldBytes"/> writes them.</param>
    public void Append(StreamId id, int fieldCount, ReadOnlySpan<byte> fields)
    {
        var before = Header;

        // An entry that was removed may have had a greater id, if the last id has been set back: ids of a page rise all the same.
        if (tail is { } page && page.Count < shape.EntriesPerPage && page.Used + fields.Length <= shape.BytesPerPage && page.Last < id)
        {
            weight.Bytes -= page.MemoryBytes;
            page.Append(id, fieldCount, fields);
        }
        else
        {
            page = OpenPage(id, fieldCount, fields);
        }

        weight.Bytes += page.MemoryBytes;
        if (Count++ == 0) firstId = id;
        Header = before with { LastId = id, EntriesAdded = before.EntriesAdded + 1 };
        Effects?.Report(new StreamAppended(id, fieldCount, fields.ToArray(), before));
    }

    /// <summary>Takes back the last append.</summary>
    public void RemoveAppended(StreamHeader before)
    {
        var page = tail!;
        weight.Bytes -= page.MemoryBytes;
        page.RemoveLast();
        if (page.Count == 0) Drop(page);
        else weight.Bytes += page.MemoryBytes;
        Count--;
        Header = before;
        AfterRemoval();

        // They may be places behind the entry that never was.
        foreach (var group in groups) group.Place = default;
    }

    /// <summary>Sets what the stream remembers of entries that may be gone.</summary>
    public void SetHeader(StreamHeader header)
    {
        var before = Header;
        Header = header;
        Effects?.Report(new StreamHeaderSet(before, header));
    }

    private StreamPage OpenPage(StreamId id, int fieldCount, ReadOnlySpan<byte> fields)
    {
        var room = FirstPageRoom;
        if (tail is { } full)
        {
            weight.Bytes -= full.MemoryBytes;
            full.Close();
            weight.Bytes += full.MemoryBytes;

            // The next page will most likely need what this one did.
            room = Math.Min(full.Used + (full.Used / 16) + 24, shape.BytesPerPage) & -8;
        }

        tail = StreamPage.Begin(id, fieldCount, fields, room);
        pages.Add(tail);
        return tail;
    }

    private StreamId FindFirstId()
    {
        if (Count == 0) return default;
        var cursor = new EntryCursor(this, pages.First, pages.First.EntriesStart);
        cursor.MoveNext();
        return cursor.Id;
    }

    private void AfterRemoval()
    {
        removals++;
        firstId = null;
    }
}

/// <summary>What a stream remembers of entries that may be gone.</summary>
/// <param name="LastId">The greatest id that it has had.</param>
/// <param name="EntriesAdded">How many entries were ever added.</param>
/// <param name="MaxRemovedId">The greatest id that was removed by itself; 0-0 if none was.</param>
internal readonly record struct StreamHeader(StreamId LastId, long EntriesAdded, StreamId MaxRemovedId);
