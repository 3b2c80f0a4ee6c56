using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using KvEmbedded.Engine;

namespace KvEmbedded.Records;

/// <summary>
/// The records of one value (the members of a set, the fields of a hash with their values), one behind the other in pages of
/// bytes, so that a million of them are a few hundred objects to the garbage collector. A record is named by a handle: page
/// number, then offset in units of 4 bytes. Handle 0 names nothing.
/// </summary>
/// <remarks>
/// What a record looks like is <typeparamref name="TRecord"/>'s and its owner's matter. A page that is not written any more
/// and is less than half alive is evacuated: its owner moves the living records, a few at a time
/// (see <see cref="TryNextToMove"/>), and the page is dropped. Invariant: <c>Live</c> of each page is the sum of its living
/// records; a retired page less than half alive is queued for evacuation.
/// </remarks>
internal sealed partial class RecordPages<TRecord>
    where TRecord : struct, IRecord
{
    private const int ObjectBytes = 72;
    private const int UnitBytes = RecordShape.UnitBytes;
    private const int FirstPageBytes = 64;

    /// <summary>A page written no further than this is kept when it is sparse.</summary>
    private const int KeptPageBytes = 512;

    /// <summary>With so many living bytes new pages are pinned: copying them from generation to generation would pause all.</summary>
    private const int PinnedFromBytes = 1 << 20;

    private readonly RecordShape shape;
    private readonly int pageBits;
    private readonly uint offsetMask;
    private Page[] pages = new Page[1];
    private int pageCount;
    private int current = -1;
    private Evacuation? evacuation;

    public RecordPages(RecordShape shape)
    {
        this.shape = shape;
        pageBits = shape.PageBits;
        offsetMask = (1u << pageBits) - 1;
        MemoryBytes = ObjectBytes + ArrayBytes.Of(pages);
    }

    /// <summary>Bytes held, O(1).</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>Bytes of living records, O(1).</summary>
    public long LiveBytes { get; private set; }

    /// <summary>What may still be added.</summary>
    public RecordRoom Room => new(shape, pageCount - (evacuation?.FreeNumbers.Count ?? 0));

    private int PageBytes => UnitBytes << pageBits;

    /// <summary>What the record behind a handle is found by; a view of storage, valid until the next mutation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Name(uint handle) => TRecord.Name(ref At(handle));

    /// <summary>The first byte of the record behind a handle; valid until the next mutation. O(1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte At(uint handle)
    {
        ref var page = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(pages), handle >> pageBits);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(page.Bytes!), (handle & offsetMask) * UnitBytes);
    }

    /// <summary>Goes to the next living record, in the order in which they lie; from 0 to the first. Amortized O(1).</summary>
    /// <returns>False if there is none; the handle stays then.</returns>
    public bool TryNext(ref uint handle)
    {
        var number = handle >> pageBits;
        var at = handle == 0 ? UnitBytes : ((int)(handle & offsetMask) * UnitBytes) + TRecord.Bytes(ref At(handle));
        for (; number < pageCount; number++, at = UnitBytes)
        {
            ref var page = ref pages[number];
            while (page.Live > 0 && at < page.Used)
            {
                var next = (number << pageBits) | (uint)(at / UnitBytes);
                ref var record = ref At(next);
                if (!TRecord.IsDead(ref record))
                {
                    handle = next;
                    return true;
                }

                at += TRecord.Bytes(ref record);
            }
        }

        return false;
    }

    /// <summary>Asks the processor to fetch a record that will be read soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(uint handle)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref At(handle)));
    }

    /// <summary>Makes room for a record, which the caller writes before anything else. Amortized O(1); copies at most one page.</summary>
    /// <param name="bytes">Its size, a multiple of 4.</param>
    /// <param name="handle">Its handle.</param>
    /// <returns>The room, whatever stood there before.</returns>
    /// <exception cref="KeyFullException">There is no page left; nothing has changed.</exception>
    public Span<byte> Allocate(int bytes, out uint handle)
    {
        var number = bytes > shape.SharedRecordBytesMax ? OpenPage(bytes + UnitBytes) : PageWithRoomFor(bytes);
        ref var page = ref pages[number];
        handle = ((uint)number << pageBits) | (uint)(page.Used / UnitBytes);
        var room = page.Bytes.AsSpan(page.Used, bytes);
        page.Used += bytes;
        page.Live += bytes;
        LiveBytes += bytes;
        return room;
    }

    /// <summary>Lets a record die; its bytes stay readable until the next mutation. Returns the bytes that died.</summary>
    public int Free(uint handle)
    {
        ref var record = ref At(handle);
        var bytes = TRecord.Bytes(ref record);
        TRecord.Kill(ref record);
        LiveBytes -= bytes;

        var number = (int)(handle >> pageBits);
        ref var page = ref pages[number];
        var wasSparse = page.IsSparse;
        page.Live -= bytes;
        if (number == current)
        {
            if (page.Live < page.Used / 4 && page.Used > KeptPageBytes) Retire(number);
            else if (page.Live == 0) page.Used = UnitBytes;
        }
        else if (!wasSparse && page.IsSparse)
        {
            if (page.Live == 0) ReleasePage(number);
            else Push(Evacuations.Queue, number);
        }

        return bytes;
    }

    private int PageWithRoomFor(int bytes)
    {
        if (current >= 0)
        {
            ref var page = ref pages[current];
            var needed = page.Used + bytes;
            if (needed <= page.Bytes!.Length) return current;
            if (needed <= PageBytes && !page.IsSparse)
            {
                Resize(ref page, Math.Min(PageBytes, Math.Max(needed, page.Bytes.Length / 2 * 3)));
                return current;
            }

            Retire(current);
        }

        var start = (int)Math.Min(PageBytes, Math.Max(FirstPageBytes - 24, LiveBytes / 4));
        return current = OpenPage(Math.Max(start & -8, bytes + UnitBytes));
    }

    private void Retire(int number)
    {
        current = -1;
        if (pages[number].Live == 0) ReleasePage(number);
        else if (pages[number].IsSparse) Push(Evacuations.Queue, number);
    }

    private void Resize(ref Page page, int length)
    {
        var larger = NewBytes(length);
        page.Bytes.AsSpan(0, page.Used).CopyTo(larger);
        MemoryBytes -= ArrayBytes.Of(page.Bytes);
        page.Bytes = larger;
    }

    private int OpenPage(int length)
    {
        if (evacuation is null || !evacuation.FreeNumbers.TryPop(out var number))
        {
            number = pageCount;
            if (number >= shape.PagesMax) ThrowFull();
            if (number == pages.Length)
            {
                MemoryBytes -= ArrayBytes.Of(pages);
                Array.Resize(ref pages, number + Math.Max(1, number / 2));
                MemoryBytes += ArrayBytes.Of(pages);
            }

            pageCount++;
        }

        // The unit at the start of each page stays unused, so that no handle is 0.
        pages[number] = new Page { Bytes = NewBytes(length), Used = UnitBytes };
        return number;
    }

    private byte[] NewBytes(int length)
    {
        if (length == PageBytes && evacuation is not null && evacuation.Spare.TryPop(out var spare)) return spare;
        MemoryBytes += ArrayBytes.Of<byte>(length);
        return GC.AllocateUninitializedArray<byte>(length, pinned: LiveBytes >= PinnedFromBytes);
    }

    [DoesNotReturn]
    private static void ThrowFull() => throw new KeyFullException();

    /// <summary>Bytes written so far, and how many of them belong to living records.</summary>
    private struct Page
    {
        public byte[]? Bytes;
        public int Used;
        public int Live;

        /// <summary>More than half of the written bytes are dead.</summary>
        public readonly bool IsSparse => Live < Used / 2;
    }
}
