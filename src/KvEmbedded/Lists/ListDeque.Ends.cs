namespace KvEmbedded.Lists;

/// <summary>Both ends of the list.</summary>
internal sealed partial class ListDeque
{
    /// <summary>Pushes an element at a side. O(1).</summary>
    public void Push(ListEnd side, ReadOnlySpan<byte> element)
    {
        var grown = checked(count + 1);
        if (!End(side).Push(side, element, shape.ChunkBytes)) PushChunk(side, element);
        count = grown;
        Version++;
        Effects?.Report(new ListInserted(side == ListEnd.Head ? 0 : grown - 1, element.ToArray()));
    }

    /// <summary>Removes the outermost element of a side of a list that is not empty, and returns a copy of it. O(1).</summary>
    public byte[] Pop(ListEnd side)
    {
        var element = Peek(side).ToArray();
        Remove(side, 1);
        return element;
    }

    /// <summary>
    /// Removes elements at a side. O(log n + the elements of one chunk); O(removed) in a transaction, where each chunk is kept.
    /// </summary>
    /// <param name="side">The side.</param>
    /// <param name="removed">How many; not more than there are.</param>
    public void Remove(ListEnd side, int removed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(removed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(removed, count);
        if (removed == 0) return;

        Version++;
        while (removed > 0)
        {
            var chunk = End(side);
            if (removed >= chunk.Count)
            {
                removed -= chunk.Count;
                removed -= DropEnd(side, removed);
            }
            else
            {
                RemoveInside(side, chunk, removed);
                removed = 0;
            }
        }

        ShrinkIfSparse();
    }

    /// <summary>Removes elements at a side, fewer than the chunk there holds.</summary>
    private void RemoveInside(ListEnd side, ListChunk chunk, int removed)
    {
        if (Effects is null)
        {
            chunk.Remove(side, removed);
            count -= removed;
            return;
        }

        for (; removed > 0; removed--)
        {
            var element = ListChunk.Of(chunk.Peek(side));
            chunk.Remove(side, 1);
            count--;
            Effects.Report(new ListRemoved(side == ListEnd.Head ? 0 : count, element));
        }
    }

    /// <summary>Lets go of the chunk at a side, and of as many behind it as hold no more elements than may also go.</summary>
    /// <returns>How many elements have gone behind it.</returns>
    private int DropEnd(ListEnd side, int more)
    {
        var chunk = End(side);
        var dropped = 0;
        count -= chunk.Count;
        if (IsOneChunk)
        {
            first = last = new ListChunk();
        }
        else
        {
            if (Effects is null) dropped = middle.Drop(side, more);
            count -= dropped;
            End(side) = middle.IsEmpty ? End(side.Other()) : middle.Remove(side);
        }

        if (Effects is not null) Effects.Report(new ListRemoved(side == ListEnd.Head ? 0 : count, chunk));
        else KeepSpare(chunk, side);
        return dropped;
    }

    /// <summary>The chunk at a side is full: it goes to those between, and a new one takes its place.</summary>
    private void PushChunk(ListEnd side, ReadOnlySpan<byte> element)
    {
        var chunk = NewChunk(side, ElementCode.Size(element.Length));
        chunk.Push(side, element, shape.ChunkBytes);
        var full = End(side);
        if (!IsOneChunk)
        {
            // Only long elements leave so much room behind, and their own bytes pay for the move.
            if (full.Length - full.UsedBytes > full.Length / 16) full.Shrink(0);
            middle.Insert(side == ListEnd.Head ? 0 : middle.Count, full, shape.NodeCapacity);
        }

        End(side) = chunk;
    }

    /// <summary>An empty chunk for pushes at a side; for a long element, one of just its size.</summary>
    private ListChunk NewChunk(ListEnd side, int size)
    {
        if (size > shape.ChunkBytes) return new ListChunk(size);
        if (size > shape.ChunkBytes / 4) return new ListChunk(Math.Min(shape.ChunkBytes, ListChunk.Rounded(size)));
        var chunk = spare ?? new ListChunk(shape.ChunkBytes);
        spare = null;
        chunk.Clear(side);
        return chunk;
    }

    private void KeepSpare(ListChunk chunk, ListEnd side)
    {
        if (chunk.Length != shape.ChunkBytes) return;
        chunk.Clear(side);
        spare = chunk;
    }

    /// <summary>A list of one chunk gives back memory when an eighth is left of what there was.</summary>
    private void ShrinkIfSparse()
    {
        if (!IsOneChunk || first.UsedBytes > first.Length / 2) return;
        spare = null;
        if (first.UsedBytes <= first.Length / 8) first.Shrink(4 * first.UsedBytes);
    }
}
