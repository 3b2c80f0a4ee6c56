using System.Runtime.CompilerServices;

namespace KvEmbedded.Engine;

/// <summary>One timer of a <see cref="TimerWheel"/>: 32 bytes.</summary>
internal struct TimerNode
{
    /// <summary>Who is told; null unless the timer is armed.</summary>
    public object? Owner;

    /// <summary>The moment before which the timer is never delivered.</summary>
    public long Deadline;

    /// <summary>Neighbours in the list of the slot, 0 at an end. In a free or delivered node only the second is used.</summary>
    public int Prev, Next;

    /// <summary>The slot that holds the node (level, then index, from 1 on), or one of the marks below.</summary>
    public int Place;

    /// <summary>The <see cref="Place"/> of a node that nobody has; a new array is full of them.</summary>
    public const int Free = 0;

    /// <summary>The <see cref="Place"/> of a node that was delivered by the last advance.</summary>
    public const int Delivered = -1;

    /// <summary>True if the node stands in a slot.</summary>
    public readonly bool IsArmed => Place > 0;
}

/// <summary>
/// Timer nodes by id, in chunks of 2,048: growing never copies a node, and a chunk nobody uses any more is given back
/// to the garbage collector (one is kept, so that a count at the edge of a chunk does not allocate again and again).
/// </summary>
/// <remarks>
/// An id is chunk times 2,048 plus place in the chunk; 0 is no id. Each chunk has its own list of free nodes, and the
/// chunks that have room are a list. Every operation is O(1).
/// </remarks>
internal sealed class TimerWheelNodes
{
    private const int ChunkBits = 11, ChunkSize = 1 << ChunkBits, ChunkMask = ChunkSize - 1;
    private const int NodeBytes = 32, ChunkBytes = 24, ArrayBytes = 24;

    private Chunk[] chunks = new Chunk[4];
    private TimerNode[]? spare;
    private int chunkCount, withRoom = -1, arrays;

    /// <summary>Nodes rented and not returned.</summary>
    public int Used { get; private set; }

    /// <summary>Bytes held, O(1).</summary>
    public long MemoryBytes =>
        ((long)arrays * ((ChunkSize * NodeBytes) + ArrayBytes)) + ((long)chunks.Length * ChunkBytes) + ArrayBytes;

    /// <summary>The node of an id that was rented at some time.</summary>
    public ref TimerNode this[int id] => ref chunks[id >> ChunkBits].Nodes![id & ChunkMask];

    /// <summary>The node of any number; a null reference if it cannot be an id that is rented.</summary>
    public ref TimerNode Find(int id)
    {
        var all = chunks;
        var number = id >> ChunkBits;
        if ((uint)number < (uint)all.Length && all[number].Nodes is { } found) return ref found[id & ChunkMask];
        return ref Unsafe.NullRef<TimerNode>();
    }

    /// <summary>An id nobody has. Its node has the mark <see cref="TimerNode.Free"/>.</summary>
    public int Rent()
    {
        if (withRoom < 0) AddChunk();
        ref var chunk = ref chunks[withRoom];
        var nodes = chunk.Nodes ?? Furnish(ref chunk);
        var id = chunk.Free;
        if (id != 0)
            chunk.Free = nodes[id & ChunkMask].Next;
        else
            id = (withRoom << ChunkBits) | chunk.Fresh++;

        chunk.Used++;
        Used++;
        if (chunk.IsFull) withRoom = chunk.NextWithRoom;
        return id;
    }

    /// <summary>Takes a rented id back.</summary>
    public void Return(int id)
    {
        var number = id >> ChunkBits;
        ref var chunk = ref chunks[number];
        if (chunk.IsFull)
        {
            chunk.NextWithRoom = withRoom;
            withRoom = number;
        }

        ref var node = ref chunk.Nodes![id & ChunkMask];
        node.Owner = null;
        node.Place = TimerNode.Free;
        node.Next = chunk.Free;
        chunk.Free = id;
        Used--;
        if (--chunk.Used == 0) Vacate(ref chunk);
    }

    private void AddChunk()
    {
        if (chunkCount == chunks.Length) Array.Resize(ref chunks, chunkCount * 2);
        chunks[chunkCount].NextWithRoom = -1;
        withRoom = chunkCount++;
    }

    private TimerNode[] Furnish(ref Chunk chunk)
    {
        if (spare is null) arrays++;
        chunk.Nodes = spare ?? new TimerNode[ChunkSize];
        spare = null;
        chunk.Free = 0;
        chunk.Fresh = withRoom == 0 ? 1 : 0; // id 0 is none
        return chunk.Nodes;
    }

    /// <summary>The chunk stays in the list of those with room; it is furnished again when its turn comes.</summary>
    private void Vacate(ref Chunk chunk)
    {
        if (spare is null)
            spare = chunk.Nodes;
        else
            arrays--;
        chunk.Nodes = null;
    }

    private struct Chunk
    {
        public TimerNode[]? Nodes;

        /// <summary>First free id, 0 if none; places from <see cref="Fresh"/> on were never used.</summary>
        public int Free, Fresh;
        public int Used, NextWithRoom;

        public readonly bool IsFull => Free == 0 && Fresh == ChunkSize && Nodes is not null;
    }
}
