using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

/// <summary>
/// Some neighbouring elements in one array, with room on either side. Elements are pushed and popped at both ends in O(1);
/// what happens inside moves the bytes of the shorter side.
/// </summary>
/// <remarks>Invariant: <c>bytes[start..end]</c> is exactly <see cref="Count"/> elements in <see cref="ElementCode"/>.</remarks>
internal sealed partial class ListChunk
{
    private const int ObjectBytes = 40;
    private const int LengthMin = 32;

    private byte[] bytes = [];
    private int start;
    private int end;

    /// <summary>A chunk without room; the first push makes some.</summary>
    public ListChunk()
    {
    }

    /// <summary>An empty chunk with room.</summary>
    public ListChunk(int length)
    {
        bytes = new byte[length];
    }

    private ListChunk(ListChunk source)
    {
        (start, end, Count) = (source.start, source.end, source.Count);
        bytes = source.bytes.AsSpan().ToArray();
    }

    /// <summary>Elements.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that the elements take.</summary>
    public int UsedBytes => end - start;

    /// <summary>Bytes that there is room for.</summary>
    public int Length => bytes.Length;

    public long MemoryBytes => ObjectBytes + ArrayBytes.Of<byte>(bytes.Length);

    /// <summary>A chunk that holds one element and has no more room.</summary>
    public static ListChunk Of(ReadOnlySpan<byte> element)
    {
        var chunk = new ListChunk(ElementCode.Size(element.Length));
        chunk.Push(ListEnd.Tail, element, chunk.Length);
        return chunk;
    }

    /// <summary>A length of an array that wastes nothing: headers and data are whole words.</summary>
    public static int Rounded(int length) => Math.Max(LengthMin, (length + 7) & ~7);

    public ListChunk Copy() => new(this);

    /// <summary>Makes a chunk empty, with its room where a side's pushes need it.</summary>
    public void Clear(ListEnd side)
    {
        Count = 0;
        start = end = side == ListEnd.Tail ? 0 : bytes.Length;
    }

    /// <summary>Pushes an element at a side.</summary>
    /// <param name="side">The side.</param>
    /// <param name="element">Any bytes.</param>
    /// <param name="lengthMax">How long the chunk may become; an empty one may become as long as it must.</param>
    /// <returns>False, with nothing changed, if there is no room.</returns>
    public bool Push(ListEnd side, ReadOnlySpan<byte> element, int lengthMax)
    {
        var size = ElementCode.Size(element.Length);
        if (size > Room(side) && !TryMakeRoom(side, size, lengthMax)) return false;
        if (side == ListEnd.Tail) end += size;
        else start -= size;
        ElementCode.Write(bytes.AsSpan(side == ListEnd.Tail ? end - size : start, size), element);
        Count++;
        return true;
    }

    /// <summary>The outermost element of a side; a view of storage.</summary>
    public ReadOnlySpan<byte> Peek(ListEnd side) =>
        ElementCode.Read(bytes, side == ListEnd.Head ? start : ElementCode.Before(bytes, end));

    /// <summary>Removes the outermost elements of a side, fewer than there are or all.</summary>
    public void Remove(ListEnd side, int removed)
    {
        Count -= removed;
        if (side == ListEnd.Head)
        {
            for (; removed > 0; removed--) start = ElementCode.After(bytes, start);
        }
        else
        {
            for (; removed > 0; removed--) end = ElementCode.Before(bytes, end);
        }
    }

    /// <summary>The element at a place that <see cref="PlaceOf"/> said, and the place of the next one; a view of storage.</summary>
    public ReadOnlySpan<byte> Read(int place, out int next)
    {
        next = ElementCode.After(bytes, place);
        return ElementCode.Read(bytes, place);
    }

    /// <summary>The element before a place, and its own place; a view of storage.</summary>
    public ReadOnlySpan<byte> ReadBefore(int place, out int previous)
    {
        previous = ElementCode.Before(bytes, place);
        return ElementCode.Read(bytes, previous);
    }

    /// <summary>The place of an element; of the count, the place behind the last. O(count), from the nearer side.</summary>
    public int PlaceOf(int index)
    {
        int place;
        if (index <= Count / 2)
        {
            place = start;
            for (; index > 0; index--) place = ElementCode.After(bytes, place);
            return place;
        }

        place = end;
        for (index = Count - index; index > 0; index--) place = ElementCode.Before(bytes, place);
        return place;
    }

    public void CheckInvariants()
    {
        Invariant.Holds(start >= 0 && start <= end && end <= bytes.Length, "a chunk's elements lie inside of it");
        var place = start;
        for (var i = 0; i < Count; i++)
        {
            var after = ElementCode.After(bytes, place);
            Invariant.Holds(ElementCode.Before(bytes, after) == place, "an element reads the same from both sides");
            place = after;
        }

        Invariant.Holds(place == end, "a chunk's elements fill what it uses");
    }

    private int Room(ListEnd side) => side == ListEnd.Tail ? bytes.Length - end : start;

    /// <summary>
    /// Slides the elements if a quarter of the chunk is free, so that each slide is paid for by what was popped; else grows
    /// to twice the length.
    /// </summary>
    private bool TryMakeRoom(ListEnd side, int size, int lengthMax)
    {
        var (used, free) = (UsedBytes, bytes.Length - UsedBytes);
        if (free >= size && free >= bytes.Length / 4)
        {
            // Half of what is free goes to either side: the next push may be at the other.
            var room = Math.Max(size, free / 2);
            Slide(side == ListEnd.Tail ? free - room : room);
            return true;
        }

        if (Count > 0 && (bytes.Length >= lengthMax || (long)used + size > lengthMax)) return false;
        Resize(size > lengthMax ? size : Math.Min(lengthMax, Rounded(Math.Max(used + size, 2 * bytes.Length))), side);
        return true;
    }

    private void Slide(int newStart)
    {
        var used = UsedBytes;
        bytes.AsSpan(start, used).CopyTo(bytes.AsSpan(newStart));
        (start, end) = (newStart, newStart + used);
    }

    /// <summary>Moves to an array of another length, with all the room at one side.</summary>
    private void Resize(int length, ListEnd roomAt)
    {
        var used = UsedBytes;
        var resized = new byte[length];
        var newStart = roomAt == ListEnd.Tail ? 0 : length - used;
        bytes.AsSpan(start, used).CopyTo(resized.AsSpan(newStart));
        (bytes, start, end) = (resized, newStart, newStart + used);
    }
}
