using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

/// <summary>The children of a node: added, removed, shared out between two nodes.</summary>
internal sealed partial class ChunkNode
{
    /// <summary>A node with two children.</summary>
    public static ChunkNode Over(ChunkNode left, ChunkNode right, int capacity)
    {
        var node = new ChunkNode(left.Height + 1, capacity);
        node.PutChild(0, left, left.Count, left.MemoryBytes);
        node.PutChild(1, right, right.Count, right.MemoryBytes);
        return node;
    }

    public void CheckInvariants(int heightExpected)
    {
        Invariant.Holds(height == heightExpected, "all chunks of a tree are at one depth");
        var (count, bytes) = (0, ObjectBytes + RoomBytes(children.Length));
        for (var at = 0; at < length; at++)
        {
            if (height > 0) NodeAt(at).CheckInvariants(height - 1);
            else ChunkAt(at).CheckInvariants();
            Invariant.Holds(counts[at] == (height > 0 ? NodeAt(at).Count : ChunkAt(at).Count), "a node counts its children's elements");
            Invariant.Holds(counts[at] > 0, "no child is empty");
            count += counts[at];
            bytes += BytesOf(at);
        }

        Invariant.Holds(Count == count, "a node's count is the sum of its children's");
        Invariant.Holds(MemoryBytes == bytes, "a node's bytes are the sum of its children's");
        Invariant.Holds(children.AsSpan(length).IndexOfAnyExcept((object?)null) < 0, "nothing stands behind the last child");
    }

    private static long RoomBytes(int length) => ArrayBytes.Of<object>(length) + ArrayBytes.Of<int>(length);

    private long BytesOf(int at) => height > 0 ? NodeAt(at).MemoryBytes : ChunkAt(at).MemoryBytes;

    /// <summary>Adds a child; a full node keeps the left of its children and gives the right ones to a new one.</summary>
    /// <remarks>At an end the new child is alone in its node: lists grow there, and nodes are left full behind them.</remarks>
    private ChunkNode? Add(int at, object child, int count, long bytes)
    {
        if (length < capacity)
        {
            PutChild(at, child, count, bytes);
            return null;
        }

        var right = new ChunkNode(height, capacity);
        var kept = at == length ? length : at == 0 ? 0 : length / 2;
        MoveTo(right, kept);
        if (at > kept || at == capacity) right.PutChild(at - kept, child, count, bytes);
        else PutChild(at, child, count, bytes);
        return right;
    }

    private void PutChild(int at, object child, int count, long bytes)
    {
        if (length == children.Length) Resize(Math.Min(capacity, 2 * length));
        Array.Copy(children, at, children, at + 1, length - at);
        Array.Copy(counts, at, counts, at + 1, length - at);
        (children[at], counts[at]) = (child, count);
        length++;
        Count += count;
        MemoryBytes += bytes;
    }

    private void RemoveChild(int at, long bytes)
    {
        Count -= counts[at];
        MemoryBytes -= bytes;
        length--;
        Array.Copy(children, at + 1, children, at, length - at);
        Array.Copy(counts, at + 1, counts, at, length - at);
        children[length] = null;
    }

    /// <summary>A child with few children of its own joins a neighbour that has room to spare.</summary>
    private void MergeIfShort(int at)
    {
        if (NodeAt(at).length > capacity / 4 || length == 1) return;
        var left = at == length - 1 ? at - 1 : at;
        if (NodeAt(left).length + NodeAt(left + 1).length > capacity / 2) return;

        var (target, source) = (NodeAt(left), NodeAt(left + 1));
        var (targetBytes, sourceBytes) = (target.MemoryBytes, source.MemoryBytes);
        for (var i = 0; i < source.length; i++) target.PutChild(target.length, source.children[i]!, source.counts[i], source.BytesOf(i));
        RemoveChild(left + 1, sourceBytes);
        Recount(left, target, targetBytes);
    }

    /// <summary>Moves the children from one on to a node that has none.</summary>
    private void MoveTo(ChunkNode right, int from)
    {
        for (var at = from; at < length; at++) right.PutChild(at - from, children[at]!, counts[at], BytesOf(at));
        for (var at = from; at < length; at++)
        {
            MemoryBytes -= BytesOf(at);
            Count -= counts[at];
            children[at] = null;
        }

        length = from;
    }

    private void Resize(int room)
    {
        MemoryBytes += RoomBytes(room) - RoomBytes(children.Length);
        Array.Resize(ref children, room);
        Array.Resize(ref counts, room);
    }
}
