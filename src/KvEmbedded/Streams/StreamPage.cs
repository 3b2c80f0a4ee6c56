using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>
/// Up to a hundred entries in one array. At its start stand the names of the first entry's fields; an entry that has the same
/// names has only its values. Ids are written as their distance from the page's first.
/// </summary>
/// <remarks>
/// Entry: flags, milliseconds since the first id, number (its distance from the first id's in the first millisecond), length
/// of what follows, then values, or the number of fields with names and values. A removed entry is marked, not taken out;
/// the page goes with its last living entry. So an offset names an entry for as long as the page lives.
/// Invariant: ids rise; <c>Live</c> entries are not marked.
/// </remarks>
internal sealed class StreamPage : IAtId
{
    private const byte IsRemovedFlag = 1;
    private const byte HasNamesFlag = 2;
    private const int ObjectBytes = 80;

    private byte[] bytes;

    /// <summary>Where the first entry begins: behind the names.</summary>
    private int namesEnd;

    private StreamPage(byte[] bytes) => this.bytes = bytes;

    private StreamPage(StreamPage source)
    {
        bytes = source.bytes.AsSpan(0, source.Used).ToArray();
        namesEnd = source.namesEnd;
        (First, Last, Used, Count, Live, FieldCount) = (source.First, source.Last, source.Used, source.Count, source.Live, source.FieldCount);
    }

    StreamId IAtId.Id => First;

    /// <summary>The id of the first entry, which may have been removed.</summary>
    public StreamId First { get; private set; }

    /// <summary>The id of the last entry, which may have been removed.</summary>
    public StreamId Last { get; private set; }

    /// <summary>Bytes written.</summary>
    public int Used { get; private set; }

    /// <summary>Entries, removed ones too.</summary>
    public int Count { get; private set; }

    /// <summary>Entries that have not been removed.</summary>
    public int Live { get; private set; }

    /// <summary>Fields of an entry that has the page's names.</summary>
    public int FieldCount { get; private set; }

    /// <summary>True while the page is one of its stream's.</summary>
    public bool IsInStream { get; set; }

    public long MemoryBytes => ObjectBytes + ArrayBytes.Of(bytes);

    public int EntriesStart => namesEnd;

    public ReadOnlySpan<byte> Names => bytes.AsSpan(0, namesEnd);

    /// <summary>A page with one entry.</summary>
    /// <param name="room">Bytes to make room for; more is made where the entry needs it.</param>
    public static StreamPage Begin(StreamId id, int fieldCount, ReadOnlySpan<byte> fields, int room)
    {
        var (names, values) = LengthsOf(fieldCount, fields);
        var page = new StreamPage(GC.AllocateUninitializedArray<byte>(Math.Max(room, names + HeadMax + values)))
        {
            First = id,
            FieldCount = fieldCount,
            IsInStream = true,
        };

        var (at, written) = (0, 0);
        for (var i = 0; i < fieldCount; i++)
        {
            var begin = at;
            FieldBytes.ReadText(fields, ref at);
            fields[begin..at].CopyTo(page.bytes.AsSpan(written));
            written += at - begin;
            FieldBytes.ReadText(fields, ref at);
        }

        page.namesEnd = written;
        page.Used = written;
        page.Append(id, fieldCount, fields);
        return page;
    }

    /// <summary>Adds an entry behind the others; its id is greater than theirs.</summary>
    public void Append(StreamId id, int fieldCount, ReadOnlySpan<byte> fields)
    {
        var valuesLength = 0;
        var sameNames = fieldCount == FieldCount && HasPageNames(fields, out valuesLength);
        EnsureRoom(Used + HeadMax + fields.Length);
        var destination = bytes.AsSpan(Used);
        destination[0] = sameNames ? (byte)0 : HasNamesFlag;
        var at = 1;
        var distance = id.Milliseconds - First.Milliseconds;
        at += FieldBytes.Write(destination[at..], distance);
        at += FieldBytes.Write(destination[at..], distance == 0 ? id.Sequence - First.Sequence : id.Sequence);
        if (sameNames)
        {
            at += FieldBytes.Write(destination[at..], (ulong)valuesLength);
            at += CopyValues(fields, destination[at..]);
        }
        else
        {
            at += FieldBytes.Write(destination[at..], (ulong)(FieldBytes.LengthOf((ulong)fieldCount) + fields.Length));
            at += FieldBytes.Write(destination[at..], (ulong)fieldCount);
            fields.CopyTo(destination[at..]);
            at += fields.Length;
        }

        Used += at;
        Last = id;
        Count++;
        Live++;
    }

    /// <summary>Takes the last entry out again; it has just been added.</summary>
    public void RemoveLast()
    {
        var (entry, before) = (default(PageEntry), First);
        for (var i = 0; i < Count; i++)
        {
            if (i > 0) before = entry.Id;
            entry = Read(i == 0 ? EntriesStart : entry.Next);
        }

        Used = entry.Offset;
        Last = before;
        Count--;
        Live--;
    }

    /// <summary>The entry at an offset, which is less than <see cref="Used"/>.</summary>
    public PageEntry Read(int offset)
    {
        var source = bytes.AsSpan(0, Used);
        var at = offset;
        var flags = source[at++];
        var distance = FieldBytes.Read(source, ref at);
        var number = FieldBytes.Read(source, ref at);
        var length = (int)FieldBytes.Read(source, ref at);
        var id = distance == 0
            ? new StreamId(First.Milliseconds, First.Sequence + number)
            : new StreamId(First.Milliseconds + distance, number);
        return new PageEntry(id, offset, at, at + length, (flags & IsRemovedFlag) != 0, (flags & HasNamesFlag) != 0);
    }

    /// <summary>What an entry's head is followed by.</summary>
    public ReadOnlySpan<byte> Body(PageEntry entry) => bytes.AsSpan(entry.Body, entry.Next - entry.Body);

    public void Remove(PageEntry entry)
    {
        bytes[entry.Offset] |= IsRemovedFlag;
        Live--;
    }

    public void Revive(int offset)
    {
        bytes[offset] &= unchecked((byte)~IsRemovedFlag);
        Live++;
    }

    /// <summary>Gives back room that will not be needed: nothing is added to this page any more.</summary>
    public void Close()
    {
        if (bytes.Length - Used >= bytes.Length / 16) Array.Resize(ref bytes, Used);
    }

    public StreamPage Copy() => new(this) { IsInStream = true };

    public void CheckInvariants()
    {
        var (count, live, offset) = (0, 0, EntriesStart);
        var last = First;
        while (offset < Used)
        {
            var entry = Read(offset);
            Invariant.Holds(count == 0 ? entry.Id == First : entry.Id > last, "ids of a page rise from its first");
            last = entry.Id;
            count++;
            if (!entry.IsRemoved) live++;
            offset = entry.Next;
        }

        Invariant.Holds(offset == Used && count == Count && live == Live && last == Last && live > 0, "a page's counts are those of its entries");
    }

    /// <summary>Most bytes of an entry's head, and of its number of fields.</summary>
    private const int HeadMax = 1 + (4 * FieldBytes.NumberMax);

    private void EnsureRoom(int needed)
    {
        if (bytes.Length < needed) Array.Resize(ref bytes, Math.Max(needed, bytes.Length + (bytes.Length / 2)));
    }

    /// <summary>True if the fields have the page's names; then how long their values are, with their lengths.</summary>
    private bool HasPageNames(ReadOnlySpan<byte> fields, out int valuesLength)
    {
        valuesLength = 0;
        var names = Names;
        var (at, nameAt) = (0, 0);
        while (nameAt < names.Length)
        {
            var (begin, nameBegin) = (at, nameAt);
            FieldBytes.ReadText(names, ref nameAt);
            FieldBytes.ReadText(fields, ref at);
            if (!fields[begin..at].SequenceEqual(names[nameBegin..nameAt])) return false;
            begin = at;
            FieldBytes.ReadText(fields, ref at);
            valuesLength += at - begin;
        }

        return true;
    }

    private static int CopyValues(ReadOnlySpan<byte> fields, Span<byte> destination)
    {
        var (at, written) = (0, 0);
        while (at < fields.Length)
        {
            FieldBytes.ReadText(fields, ref at);
            var begin = at;
            FieldBytes.ReadText(fields, ref at);
            fields[begin..at].CopyTo(destination[written..]);
            written += at - begin;
        }

        return written;
    }

    private static (int Names, int Values) LengthsOf(int fieldCount, ReadOnlySpan<byte> fields)
    {
        var (at, names) = (0, 0);
        for (var i = 0; i < fieldCount; i++)
        {
            var begin = at;
            FieldBytes.ReadText(fields, ref at);
            names += at - begin;
            FieldBytes.ReadText(fields, ref at);
        }

        return (names, fields.Length - names);
    }
}

/// <summary>Where an entry stands in its page.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Body">Where its head ends.</param>
/// <param name="Next">Where it ends.</param>
/// <param name="IsRemoved">Whether it is there only as a mark.</param>
/// <param name="HasNames">Whether it has names of its own.</param>
internal readonly record struct PageEntry(StreamId Id, int Offset, int Body, int Next, bool IsRemoved, bool HasNames);
