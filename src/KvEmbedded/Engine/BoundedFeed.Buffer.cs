using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KvEmbedded.Engine;

/// <summary>
/// A bounded first-in first-out buffer with one writer, and takers that may be two: the reader, and the writer when it
/// drops the oldest. Nobody ever waits for another thread.
/// </summary>
/// <remarks>
/// Item n stands in the segment whose numbers include n; a slot is used once. To take an item is to move <c>head</c> past it
/// with one compare-and-swap; the slot then belongs to the taker alone, who reads and clears it. (In a ring the writer could
/// come round to a slot that a slow reader has not cleared yet.) Segments grow from 16 to 512 items, but not beyond the
/// capacity if that is in between, and are left to the garbage collector. Invariants: head &lt;= tail &lt;= head + capacity; <c>first</c>
/// starts at or before head.
/// </remarks>
internal sealed class BoundedFeedBuffer<T>
{
    private const int SmallestSegment = 16, LargestSegment = 512, SegmentBytes = 64;

    private readonly int capacity;
    private long head, tail;
    private Segment first, last;

    /// <param name="capacity">At least 1.</param>
    public BoundedFeedBuffer(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        this.capacity = capacity;
        first = last = new Segment(0, SmallestSegment);
    }

    /// <summary>Items buffered; exact where the writer is idle.</summary>
    public int Count
    {
        get
        {
            var start = Volatile.Read(ref head); // first, or the difference could be negative
            return (int)Math.Min(Volatile.Read(ref tail) - start, capacity);
        }
    }

    /// <summary>Bytes of the segments held, without what the items refer to. O(segments). The writer's.</summary>
    public long MemoryBytes
    {
        get
        {
            var bytes = 0L;
            for (var segment = Volatile.Read(ref first); segment is not null; segment = segment.Next)
                bytes += SegmentBytes + ((long)segment.Items.Length * Unsafe.SizeOf<T>());
            return bytes;
        }
    }

    /// <summary>The writer's. False if the buffer is full.</summary>
    public bool TryAdd(T item)
    {
        var at = tail;
        if (at - Volatile.Read(ref head) >= capacity) return false;
        if (at == last.End) Grow();
        last.Items[at - last.Start] = item;
        Volatile.Write(ref tail, at + 1);
        return true;
    }

    /// <summary>Takes the oldest item. False if there is none.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        while (true)
        {
            var from = Volatile.Read(ref first); // before head, so that it cannot start after it
            var at = Volatile.Read(ref head);
            if (at >= Volatile.Read(ref tail))
            {
                item = default;
                return false;
            }

            if (Interlocked.CompareExchange(ref head, at + 1, at) != at) continue;
            item = Clear(from, at);
            return true;
        }
    }

    private T Clear(Segment from, long at)
    {
        var segment = from;
        while (at >= segment.End) segment = segment.Next!;

        // Lets those before go, which would hold all after them. If another taker was faster, the next one does it.
        if (!ReferenceEquals(segment, from)) Interlocked.CompareExchange(ref first, segment, from);
        ref var slot = ref segment.Items[at - segment.Start];
        var item = slot;
        slot = default!;
        return item;
    }

    private void Grow()
    {
        var largest = Math.Clamp(capacity, SmallestSegment, LargestSegment);
        last = last.Next = new Segment(tail, Math.Min(last.Items.Length * 2, largest));
    }

    private sealed class Segment(long start, int length)
    {
        public readonly long Start = start;
        public readonly T[] Items = new T[length];
        public Segment? Next;

        public long End => Start + Items.Length;
    }
}
