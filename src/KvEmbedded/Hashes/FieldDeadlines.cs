using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

/// <summary>
/// The moments at which fields end, the earliest first: a heap whose entries name their field by its handle, and whose
/// fields' records name their place in it, so that one can be moved or taken out without a search.
/// </summary>
/// <remarks>
/// Only fields that end are in it. A heap of four children (D. B. Johnson, 1975) in chunks: growing copies no entry of a
/// full chunk. A place is the position in the heap plus 1, so that 0 is none. Invariant: no entry ends before its parent;
/// the record of each entry's handle is alive and names this entry's place.
/// </remarks>
internal sealed class FieldDeadlines
{
    private const int ObjectBytes = 48;
    private const int ChunkBits = 8, ChunkLength = 1 << ChunkBits, ChunkMask = ChunkLength - 1;
    private const int FirstLength = 4;
    private const int Children = 4;

    private readonly RecordPages<FieldRecord> pages;
    private Entry[]?[] chunks;

    public FieldDeadlines(RecordPages<FieldRecord> pages)
    {
        this.pages = pages;
        chunks = [new Entry[FirstLength]];
        MemoryBytes = ObjectBytes + ArrayBytes.Of(chunks) + ArrayBytes.Of(chunks[0]!);
    }

    private FieldDeadlines(FieldDeadlines source, RecordPages<FieldRecord> pages)
    {
        this.pages = pages;
        chunks = Array.ConvertAll(source.chunks, static chunk => (Entry[]?)chunk?.Clone());
        Count = source.Count;
        MemoryBytes = source.MemoryBytes;
    }

    /// <summary>How many fields end.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes held, O(1).</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>The earliest moment. There is one.</summary>
    public long First => chunks[0]![0].Deadline;

    /// <summary>The field that ends first. There is one.</summary>
    public uint FirstHandle => chunks[0]![0].Handle;

    /// <summary>A deep copy whose handles are of a copy of the pages. O(n).</summary>
    public FieldDeadlines Copy(RecordPages<FieldRecord> copiedPages) => new(this, copiedPages);

    /// <summary>The moment at a place.</summary>
    public long At(int place) => EntryAt(place - 1).Deadline;

    /// <summary>Gives a field a deadline that has none; its record can have one. O(log n).</summary>
    public void Add(uint handle, long deadline)
    {
        MakeRoom();
        Rise(Count++, new Entry(deadline, handle));
    }

    /// <summary>Gives the field at a place another deadline. O(log n).</summary>
    public void Set(int place, long deadline) => Settle(place - 1, EntryAt(place - 1) with { Deadline = deadline });

    /// <summary>Takes the deadline of the field at a place away. O(log n).</summary>
    public void Remove(int place)
    {
        var at = place - 1;
        FieldRecord.SetPlace(ref pages.At(EntryAt(at).Handle), 0);
        var last = EntryAt(--Count);
        if (at < Count) Settle(at, last);
        GiveBackRoom();
    }

    /// <summary>The record of the field at a place has another handle now.</summary>
    public void Rename(int place, uint handle)
    {
        ref var entry = ref EntryAt(place - 1);
        entry = entry with { Handle = handle };
    }

    /// <summary>Asserts every invariant.</summary>
    public void CheckInvariants(IReadOnlySet<uint> handles)
    {
        var bytes = ObjectBytes + ArrayBytes.Of(chunks);
        foreach (var chunk in chunks) bytes += chunk is null ? 0 : ArrayBytes.Of(chunk);
        Invariant.Holds(MemoryBytes == bytes, "memory of deadlines is accounted");
        for (var at = 0; at < Count; at++)
        {
            var entry = EntryAt(at);
            Invariant.Holds(handles.Contains(entry.Handle), "a deadline is that of a living field");
            Invariant.Holds(FieldRecord.Place(ref pages.At(entry.Handle)) == at + 1, "a field knows the place of its deadline");
            Invariant.Holds(at == 0 || EntryAt((at - 1) / Children).Deadline <= entry.Deadline, "no entry ends before its parent");
        }

        foreach (var handle in handles)
            Invariant.Holds(FieldRecord.Place(ref pages.At(handle)) <= Count, "a field without a deadline has no place");
    }

    private ref Entry EntryAt(int at) => ref chunks[at >> ChunkBits]![at & ChunkMask];

    private void Settle(int at, Entry entry)
    {
        if (at > 0 && entry.Deadline < EntryAt((at - 1) / Children).Deadline) Rise(at, entry);
        else Sink(at, entry);
    }

    private void Rise(int at, Entry entry)
    {
        while (at > 0)
        {
            var parent = (at - 1) / Children;
            if (EntryAt(parent).Deadline <= entry.Deadline) break;
            Place(at, EntryAt(parent));
            at = parent;
        }

        Place(at, entry);
    }

    private void Sink(int at, Entry entry)
    {
        while (true)
        {
            var first = (at * Children) + 1;
            if (first >= Count) break;
            var earliest = first;
            for (var child = first + 1; child < first + Children && child < Count; child++)
            {
                if (EntryAt(child).Deadline < EntryAt(earliest).Deadline) earliest = child;
            }

            if (entry.Deadline <= EntryAt(earliest).Deadline) break;
            Place(at, EntryAt(earliest));
            at = earliest;
        }

        Place(at, entry);
    }

    private void Place(int at, Entry entry)
    {
        EntryAt(at) = entry;
        FieldRecord.SetPlace(ref pages.At(entry.Handle), at + 1);
    }

    private void MakeRoom()
    {
        var number = Count >> ChunkBits;
        if (number == 0 && Count == chunks[0]!.Length)
        {
            MemoryBytes += ArrayBytes.Of<Entry>(Count * 2) - ArrayBytes.Of<Entry>(Count);
            Array.Resize(ref chunks[0], Count * 2);
        }

        if (number == chunks.Length)
        {
            MemoryBytes -= ArrayBytes.Of(chunks);
            Array.Resize(ref chunks, number + Math.Max(1, number / 2));
            MemoryBytes += ArrayBytes.Of(chunks);
        }

        if (chunks[number] is not null) return;
        chunks[number] = new Entry[ChunkLength];
        MemoryBytes += ArrayBytes.Of<Entry>(ChunkLength);
    }

    /// <summary>Gives back the chunk behind the next: one is kept, so that a count at an edge does not allocate again and again.</summary>
    private void GiveBackRoom()
    {
        var behind = (Count >> ChunkBits) + 2;
        if (behind >= chunks.Length || chunks[behind] is null) return;
        chunks[behind] = null;
        MemoryBytes -= ArrayBytes.Of<Entry>(ChunkLength);
    }

    private readonly record struct Entry(long Deadline, uint Handle);
}
