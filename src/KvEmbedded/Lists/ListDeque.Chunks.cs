namespace KvEmbedded.Lists;

/// <summary>Chunks inside the list: split when they are full, joined when they are sparse.</summary>
internal sealed partial class ListDeque
{
    /// <summary>Puts an element before another one, in its chunk or in the one before; splits the chunk if neither has room.</summary>
    private void Put(int index, ReadOnlySpan<byte> element)
    {
        while (!TryPut(index, element))
        {
            var chunk = ChunkAt(index, out var start);
            var size = ElementCode.Size(element.Length);
            if (size <= shape.ChunkBytes / 4 && chunk.Count > 1)
            {
                Split(chunk, start, chunk.Count / 2);
                continue;
            }

            if (index > start) Split(chunk, start, index - start);
            AddChunk(index, ListChunk.Of(element));
            return;
        }
    }

    private bool TryPut(int index, ReadOnlySpan<byte> element)
    {
        var chunk = ChunkAt(index, out var start);
        var bytes = chunk.MemoryBytes;
        if (chunk.Insert(index - start, element, shape.ChunkBytes))
        {
            Adjust(chunk, start, 1, chunk.MemoryBytes - bytes);
            return true;
        }

        if (index > start || index == 0) return false;
        chunk = ChunkAt(index - 1, out start);
        bytes = chunk.MemoryBytes;
        if (!chunk.Push(ListEnd.Tail, element, shape.ChunkBytes)) return false;
        Adjust(chunk, start, 1, chunk.MemoryBytes - bytes);
        return true;
    }

    /// <summary>Takes an element out of its chunk, and the chunk out of the list if it was the last one there.</summary>
    private void Take(int index)
    {
        var chunk = ChunkAt(index, out var start);
        if (chunk.Count == 1)
        {
            TakeChunk(start, chunk);
            return;
        }

        chunk.RemoveAt(index - start);
        Adjust(chunk, start, -1, 0);
        JoinIfSparse(start, chunk);
    }

    private void Split(ListChunk chunk, int start, int kept)
    {
        var bytes = chunk.MemoryBytes;
        var right = chunk.SplitOff(kept, shape.ChunkBytes);
        if (right.UsedBytes + chunk.UsedBytes > shape.ChunkBytes) chunk.Shrink(0);
        Adjust(chunk, start, -right.Count, chunk.MemoryBytes - bytes);
        AddChunk(start + kept, right);
    }

    /// <summary>A chunk that has become sparse joins a neighbour that has become so too.</summary>
    private void JoinIfSparse(int start, ListChunk chunk)
    {
        if (chunk.UsedBytes > shape.ChunkBytes / 4 || IsOneChunk) return;
        if (start + chunk.Count < count && TryJoin(start, chunk)) return;
        if (start == 0) return;
        var left = ChunkAt(start - 1, out start);
        TryJoin(start, left);
    }

    private bool TryJoin(int start, ListChunk left)
    {
        var right = ChunkAt(start + left.Count, out var rightStart);
        if (left.UsedBytes + right.UsedBytes > shape.ChunkBytes / 2) return false;

        var (bytes, joined) = (left.MemoryBytes, right.Count);
        TakeChunk(rightStart, right);
        left.Append(right, shape.ChunkBytes);
        Adjust(left, start, joined, left.MemoryBytes - bytes);
        return true;
    }

    /// <summary>Adds a chunk with elements before an element that is the first of its chunk, or behind all.</summary>
    private void AddChunk(int index, ListChunk chunk)
    {
        if (index == 0)
        {
            if (!IsOneChunk) middle.Insert(0, first, shape.NodeCapacity);
            first = chunk;
        }
        else if (index == count)
        {
            if (!IsOneChunk) middle.Insert(middle.Count, last, shape.NodeCapacity);
            last = chunk;
        }
        else
        {
            middle.Insert(index - first.Count, chunk, shape.NodeCapacity);
        }

        count += chunk.Count;
    }

    /// <summary>Takes a chunk, with its elements, out of the list.</summary>
    private void TakeChunk(int start, ListChunk chunk)
    {
        count -= chunk.Count;
        if (IsOneChunk) first = last = new ListChunk();
        else if (ReferenceEquals(chunk, first)) first = middle.IsEmpty ? last : middle.Remove(ListEnd.Head);
        else if (ReferenceEquals(chunk, last)) last = middle.IsEmpty ? first : middle.Remove(ListEnd.Tail);
        else middle.Remove(start - first.Count);
    }

    /// <summary>Notes that a chunk has changed by so many elements and bytes.</summary>
    private void Adjust(ListChunk chunk, int start, int elements, long bytes)
    {
        if (!ReferenceEquals(chunk, first) && !ReferenceEquals(chunk, last)) middle.Adjust(start - first.Count, elements, bytes);
        count += elements;
    }
}
