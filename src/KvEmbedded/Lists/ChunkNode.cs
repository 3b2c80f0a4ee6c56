using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

/// <summary>
/// A node of the tree of chunks. Of each child, chunk or node, it knows how many elements are below, so an element is found
/// by its index in as many steps as the tree is high. A boundary between chunks is named by the index of the element behind it.
/// </summary>
/// <remarks>
/// Invariant: no child is empty; <see cref="Count"/> and <see cref="MemoryBytes"/> are the sums over the children. Nodes at
/// the ends of a level may have few children: lists grow and shrink there.
/// </remarks>
internal sealed partial class ChunkNode(int height, int capacity)
{
    private const int ObjectBytes = 56;
    private const int LengthMin = 4;

    private object?[] children = new object?[LengthMin];
    private int[] counts = new int[LengthMin];
    private int length;

    /// <summary>A node whose children are chunks has height 0.</summary>
    public int Height => height;

    /// <summary>Elements below.</summary>
    public int Count { get; private set; }

    /// <summary>This node and all below it.</summary>
    public long MemoryBytes { get; private set; } = ObjectBytes + RoomBytes(LengthMin);

    public bool IsEmpty => length == 0;

    /// <summary>The child, if there is but one and it is a node.</summary>
    public ChunkNode? OnlyNode => length == 1 && height > 0 ? NodeAt(0) : null;

    /// <summary>The chunk in which an element is, and the index of the chunk's first element.</summary>
    public ListChunk Find(int index, out int first)
    {
        first = 0;
        var node = this;
        while (true)
        {
            var at = node.ChildOf(ref index, out var before);
            first += before;
            if (node.Height == 0) return node.ChunkAt(at);
            node = node.NodeAt(at);
        }
    }

    /// <summary>Notes that the chunk in which an element is has changed, by so many elements and bytes.</summary>
    public void Adjust(int index, int count, long bytes)
    {
        var node = this;
        while (true)
        {
            var at = node.ChildOf(ref index, out _);
            node.counts[at] += count;
            node.Count += count;
            node.MemoryBytes += bytes;
            if (node.Height == 0) return;
            node = node.NodeAt(at);
        }
    }

    /// <summary>Adds a chunk at a boundary.</summary>
    /// <returns>A node that must stand to the right of this one, which has become too long; else null.</returns>
    public ChunkNode? Insert(int boundary, ListChunk chunk)
    {
        if (height == 0) return Add(BoundaryAt(boundary), chunk, chunk.Count, chunk.MemoryBytes);

        // A boundary between two children is the end of the first one.
        var at = 0;
        for (; boundary > counts[at]; at++) boundary -= counts[at];
        var child = NodeAt(at);
        var bytes = child.MemoryBytes;
        var right = child.Insert(boundary, chunk);
        Recount(at, child, bytes);
        return right is null ? null : Add(at + 1, right, right.Count, right.MemoryBytes);
    }

    /// <summary>Takes out the chunk in which an element is.</summary>
    public ListChunk Remove(int index)
    {
        var at = ChildOf(ref index, out _);
        if (height == 0)
        {
            var removed = ChunkAt(at);
            RemoveChild(at, removed.MemoryBytes);
            return removed;
        }

        var child = NodeAt(at);
        var bytes = child.MemoryBytes;
        var chunk = child.Remove(index);
        Recount(at, child, bytes);
        if (child.IsEmpty) RemoveChild(at, child.MemoryBytes);
        else MergeIfShort(at);
        return chunk;
    }

    /// <summary>Lets go of whole chunks at an end, as long as they hold no more elements than may go.</summary>
    /// <returns>How many elements have gone. O(log n) whatever their number.</returns>
    public int Drop(ListEnd side, int most)
    {
        var dropped = 0;
        while (length > 0)
        {
            var at = side == ListEnd.Head ? 0 : length - 1;
            if (counts[at] <= most - dropped)
            {
                dropped += counts[at];
                RemoveChild(at, height == 0 ? ChunkAt(at).MemoryBytes : NodeAt(at).MemoryBytes);
                continue;
            }

            if (height > 0)
            {
                var child = NodeAt(at);
                var bytes = child.MemoryBytes;
                dropped += child.Drop(side, most - dropped);
                Recount(at, child, bytes);
            }

            break;
        }

        return dropped;
    }

    public ChunkNode Copy()
    {
        var copy = new ChunkNode(height, capacity);
        for (var at = 0; at < length; at++)
        {
            if (height == 0)
            {
                var chunk = ChunkAt(at).Copy();
                copy.PutChild(at, chunk, counts[at], chunk.MemoryBytes);
            }
            else
            {
                var child = NodeAt(at).Copy();
                copy.PutChild(at, child, counts[at], child.MemoryBytes);
            }
        }

        return copy;
    }

    private ListChunk ChunkAt(int at) => Unsafe.As<ListChunk>(children[at]!);

    private ChunkNode NodeAt(int at) => Unsafe.As<ChunkNode>(children[at]!);

    /// <summary>The child in which an element is; its index becomes that inside of the child.</summary>
    private int ChildOf(ref int index, out int before)
    {
        before = 0;
        var at = 0;
        for (; index >= counts[at]; at++)
        {
            index -= counts[at];
            before += counts[at];
        }

        return at;
    }

    private int BoundaryAt(int boundary)
    {
        var at = 0;
        for (; boundary > 0; at++) boundary -= counts[at];
        return at;
    }

    private void Recount(int at, ChunkNode child, long bytesBefore)
    {
        Count += child.Count - counts[at];
        counts[at] = child.Count;
        MemoryBytes += child.MemoryBytes - bytesBefore;
    }
}
