using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using KvEmbedded.Engine;

namespace KvEmbedded.Records;

/// <summary>
/// Finds a record's handle by the hash of its name. A directory of segments, one for each prefix of the hash (extendible hashing); a
/// segment that is full is split alone, so no insertion rehashes more than one segment. A segment is open-addressed with
/// linear probing, and its entries, hash above handle, are kept in ascending order without wrapping around: so all
/// entries lie in the order of their hashes, which is what a scan walks along.
/// </summary>
/// <remarks>
/// Invariant: in each segment the entries ascend by hash, each at or behind its home, with no gap between; the last slot
/// is empty. Slot 0 means empty, as no handle is 0. A segment of depth d stands in the directory once for each of its
/// aliases; its count is kept at the first of them.
/// </remarks>
internal sealed partial class RecordIndex<TRecord>
    where TRecord : struct, IRecord
{
    private const int ObjectBytes = 64;
    private const int HomeBitsStart = 5;

    /// <summary>From a directory of so many bits on new segments are pinned: copying them from generation to generation would pause all.</summary>
    private const int PinnedFromBits = 5;

    private readonly RecordPages<TRecord> pages;
    private readonly int homeBitsMax;
    private readonly int depthMax;
    private Segment[] directory;
    private int directoryBits;
    private int homeBits;

    /// <summary>How many segments are as deep as the directory; when there is none, the directory can be halved.</summary>
    private int deepest = 1;

    /// <summary>No segment has more slots than this.</summary>
    private int longest;

    public RecordIndex(RecordPages<TRecord> pages, RecordShape shape)
    {
        this.pages = pages;
        homeBitsMax = shape.SegmentBits;
        depthMax = shape.DepthMax;
        homeBits = Math.Min(HomeBitsStart, homeBitsMax);
        longest = SlotCount;
        directory = [new Segment { Slots = new ulong[longest] }];
        MemoryBytes = ObjectBytes + ArrayBytes.Of(directory) + ArrayBytes.Of(directory[0].Slots);
    }

    private RecordIndex(RecordIndex<TRecord> source, RecordPages<TRecord> pages)
    {
        this.pages = pages;
        homeBitsMax = source.homeBitsMax;
        depthMax = source.depthMax;
        directoryBits = source.directoryBits;
        homeBits = source.homeBits;
        deepest = source.deepest;
        longest = source.longest;
        MemoryBytes = source.MemoryBytes;
        directory = (Segment[])source.directory.Clone();
        for (var at = 0; at < directory.Length; at += Aliases(directory[at].Depth))
        {
            var slots = (ulong[])directory[at].Slots.Clone();
            foreach (ref var alias in directory.AsSpan(at, Aliases(directory[at].Depth))) alias.Slots = slots;
        }
    }

    /// <summary>Bytes held, O(1).</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>Slots of a segment: its homes, room behind them for what the last homes displace, and the empty last.</summary>
    private int SlotCount => (1 << homeBits) + Math.Max(8, (1 << homeBits) >> 5) + 1;

    /// <summary>Most entries of a segment: 13 of 16 homes.</summary>
    private int CountMax => (13 << homeBits) >> 4;

    /// <summary>A deep copy whose handles are of a copy of the pages. O(n).</summary>
    public RecordIndex<TRecord> Copy(RecordPages<TRecord> copiedPages) => new(this, copiedPages);

    /// <summary>The handle of a record, or 0. O(1) expected.</summary>
    public uint Find(uint hash, ReadOnlySpan<byte> name)
    {
        for (ref var slot = ref HomeOf(hash); ; slot = ref Unsafe.Add(ref slot, 1))
        {
            var entry = slot;
            var entryHash = (uint)(entry >> 32);
            if (entryHash > hash || entry == 0) return 0;
            if (entryHash == hash && pages.Name((uint)entry).SequenceEqual(name)) return (uint)entry;
        }
    }

    /// <summary>Asks the processor to fetch the slots where a hash will be looked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(uint hash)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref HomeOf(hash)));
    }

    /// <summary>Adds a record whose name is not there. O(1) amortized; rehashes at most one segment.</summary>
    public void Add(uint hash, uint handle)
    {
        var entry = ((ulong)hash << 32) | handle;
        while (true)
        {
            ref var segment = ref directory[FirstAlias(hash)];
            if (segment.Count < CountMax && TryPlace(segment.Slots, Home(hash, segment.Depth), entry))
            {
                segment.Count++;
                return;
            }

            if (segment.Count >= CountMax && segment.Depth == depthMax && TryPlaceLonger(ref segment, entry)) return;
            MakeRoom(hash);
        }
    }

    /// <summary>Removes the entry of a handle that is there.</summary>
    public void Remove(uint hash, uint handle)
    {
        ref var segment = ref directory[FirstAlias(hash)];
        var slots = segment.Slots;
        var end = PlaceOf(slots, hash, segment.Depth, handle) + 1;
        while (slots[end] != 0 && Home(HashOf(slots[end]), segment.Depth) < end)
        {
            slots[end - 1] = slots[end];
            end++;
        }

        slots[end - 1] = 0;
        segment.Count--;
        if (segment.Count < CountMax / 4) GiveBackRoom(hash);
    }

    /// <summary>Names a record by another handle.</summary>
    public void Rename(uint hash, uint handle, uint newHandle)
    {
        ref var segment = ref directory[FirstAlias(hash)];
        segment.Slots[PlaceOf(segment.Slots, hash, segment.Depth, handle)] = ((ulong)hash << 32) | newHandle;
    }

    private static uint HashOf(ulong entry) => (uint)(entry >> 32);

    private static int PlaceOf(ulong[] slots, int from, ulong entry) =>
        from + slots.AsSpan(from).IndexOf(entry);

    private static bool TryPlace(ulong[] slots, int place, ulong entry)
    {
        while (slots[place] != 0 && HashOf(slots[place]) <= HashOf(entry)) place++;
        var end = place;
        while (slots[end] != 0) end++;
        if (end == slots.Length - 1) return false;

        slots.AsSpan(place, end - place).CopyTo(slots.AsSpan(place + 1));
        slots[place] = entry;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Home(uint hash, int depth) => (int)((hash << depth) >> (32 - homeBits));

    private int PlaceOf(ulong[] slots, uint hash, int depth, uint handle) =>
        PlaceOf(slots, Home(hash, depth), ((ulong)hash << 32) | handle);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ulong HomeOf(uint hash)
    {
        ref var segment = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(directory), (nint)DirectoryAt(hash));
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(segment.Slots), Home(hash, segment.Depth));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int DirectoryAt(uint hash) => (int)((ulong)hash >> (32 - directoryBits));

    private int Aliases(int depth) => 1 << (directoryBits - depth);

    private int FirstAlias(uint hash)
    {
        var at = DirectoryAt(hash);
        return at & -Aliases(directory[at].Depth);
    }

    /// <summary>One segment, or an alias of it.</summary>
    private struct Segment
    {
        public ulong[] Slots;
        public int Count;
        public int Depth;
    }
}
