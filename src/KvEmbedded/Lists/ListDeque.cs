using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

/// <summary>
/// Elements in a row, in chunks of some hundred each. The first and the last chunk stand apart: pushes and pops touch no
/// other, so they are O(1). The chunks between are in a counted tree, which finds any element by its index in O(log n). A
/// short list is one chunk, both first and last, that grows.
/// </summary>
/// <remarks>
/// Invariant: no chunk is empty, but that of an empty list; while there is one chunk the tree is empty. Spans of elements
/// that this type hands out are valid until its next mutation.
/// </remarks>
internal sealed partial class ListDeque : IDataValue
{
    private const int ObjectBytes = 80;

    private readonly ListShape shape;
    private ListChunk first;
    private ListChunk last;
    private ChunkTree middle;
    private int count;

    /// <summary>An empty chunk of full length, kept for the next push that needs one.</summary>
    private ListChunk? spare;

    public ListDeque()
        : this(ListShape.Default)
    {
    }

    public ListDeque(ListShape shape)
    {
        this.shape = shape;
        first = last = new ListChunk();
    }

    private ListDeque(ListDeque source)
    {
        shape = source.shape;
        first = source.first.Copy();
        last = source.IsOneChunk ? first : source.last.Copy();
        middle = source.middle.Copy();
        count = source.count;
    }

    public KeyType Type => KeyType.List;

    public bool IsEmpty => count == 0;

    /// <summary>How many elements there are, O(1).</summary>
    public int Count => count;

    /// <summary>Is another one after every change; a reader that comes back sees by it whether the list is still the same.</summary>
    public long Version { get; private set; }

    public long MemoryBytes =>
        ObjectBytes + first.MemoryBytes + (IsOneChunk ? 0 : last.MemoryBytes) + middle.MemoryBytes + (spare?.MemoryBytes ?? 0);

    public IEffectSink? Effects { get; set; }

    private bool IsOneChunk => ReferenceEquals(first, last);

    public IDataValue Copy() => new ListDeque(this);

    /// <summary>The outermost element of a side of a list that is not empty; a view of storage. O(1).</summary>
    public ReadOnlySpan<byte> Peek(ListEnd side) => End(side).Peek(side);

    /// <summary>The element at an index; a view of storage. O(log n).</summary>
    public ReadOnlySpan<byte> ElementAt(int index)
    {
        RequireInside(index);
        var chunk = ChunkAt(index, out var start);
        return chunk.Read(chunk.PlaceOf(index - start), out _);
    }

    /// <summary>Reads elements one by one from an index on, up to the end in a direction. O(log n), then O(1) each.</summary>
    /// <param name="index">The first to be read; may be just outside of the list, and then there is nothing.</param>
    /// <param name="from">From the head on it goes to the tail, and the other way round.</param>
    public ListCursor From(int index, ListEnd from) => new(this, index, from);

    /// <summary>The chunk in which an element is, and the index of the chunk's first element.</summary>
    internal ListChunk ChunkAt(int index, out int start)
    {
        start = 0;
        if (index < first.Count) return first;
        start = count - last.Count;
        if (index >= start) return last;

        var chunk = middle.Find(index - first.Count, out start);
        start += first.Count;
        return chunk;
    }

    private ref ListChunk End(ListEnd side) => ref side == ListEnd.Head ? ref first : ref last;

    private void RequireInside(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
    }
}
