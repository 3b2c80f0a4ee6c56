namespace KvEmbedded.Lists;

/// <summary>The chunks of a list that are neither its first nor its last, in a counted tree of nodes; null while there are none.</summary>
internal struct ChunkTree
{
    private ChunkNode? root;

    public readonly bool IsEmpty => root is null;

    /// <summary>Elements.</summary>
    public readonly int Count => root?.Count ?? 0;

    public readonly long MemoryBytes => root?.MemoryBytes ?? 0;

    /// <summary>The chunk in which an element is, and the index of the chunk's first element. O(log n).</summary>
    public readonly ListChunk Find(int index, out int first) => root!.Find(index, out first);

    /// <summary>Notes that the chunk in which an element is has changed. O(log n).</summary>
    public readonly void Adjust(int index, int count, long bytes) => root!.Adjust(index, count, bytes);

    /// <summary>Adds a chunk before that in which an element is; behind all others if the index is the count. O(log n).</summary>
    public void Insert(int boundary, ListChunk chunk, int nodeCapacity)
    {
        root ??= new ChunkNode(0, nodeCapacity);
        if (root.Insert(boundary, chunk) is { } right) root = ChunkNode.Over(root, right, nodeCapacity);
    }

    /// <summary>Takes out the chunk in which an element is. O(log n).</summary>
    public ListChunk Remove(int index)
    {
        var chunk = root!.Remove(index);
        Lower();
        return chunk;
    }

    /// <summary>Takes out the outermost chunk of a side. O(log n).</summary>
    public ListChunk Remove(ListEnd side) => Remove(side == ListEnd.Head ? 0 : Count - 1);

    /// <summary>Lets go of whole chunks at a side that hold no more elements than may go; says how many have gone. O(log n).</summary>
    public int Drop(ListEnd side, int most)
    {
        if (root is null) return 0;
        var dropped = root.Drop(side, most);
        Lower();
        return dropped;
    }

    public readonly ChunkTree Copy() => new() { root = root?.Copy() };

    public readonly void CheckInvariants() => root?.CheckInvariants(root.Height);

    private void Lower()
    {
        while (root?.OnlyNode is { } child) root = child;
        if (root is { IsEmpty: true }) root = null;
    }
}
