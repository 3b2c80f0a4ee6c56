namespace KvEmbedded.Lists;

/// <summary>Changes inside the list.</summary>
internal sealed partial class ListDeque
{
    /// <summary>Inserts an element before the one at an index; behind all others if the index is the count. O(log n).</summary>
    public void Insert(int index, ReadOnlySpan<byte> element)
    {
        if (index == 0 || index == count)
        {
            Push(index == 0 ? ListEnd.Head : ListEnd.Tail, element);
            return;
        }

        RequireInside(index);
        _ = checked(count + 1);
        Put(index, element);
        Version++;
        Effects?.Report(new ListInserted(index, element.ToArray()));
    }

    /// <summary>Replaces the element at an index. O(log n).</summary>
    public void Set(int index, ReadOnlySpan<byte> element)
    {
        RequireInside(index);
        var chunk = ChunkAt(index, out var start);
        var old = Effects is null ? null : chunk.Read(chunk.PlaceOf(index - start), out _).ToArray();
        if (!chunk.Overwrite(index - start, element))
        {
            Put(index, element);
            Take(index + 1);
        }

        Version++;
        if (old is not null) Effects!.Report(new ListElementReplaced(index, old, element.ToArray()));
    }

    /// <summary>Removes the element at an index. O(log n).</summary>
    public void RemoveAt(int index)
    {
        RequireInside(index);
        var old = Effects is null ? null : ListChunk.Of(ElementAt(index));
        Take(index);
        ShrinkIfSparse();
        Version++;
        if (old is not null) Effects!.Report(new ListRemoved(index, old));
    }

    /// <summary>Removes elements that are equal to one. O(n).</summary>
    /// <param name="element">What to remove.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="from">From which end on.</param>
    /// <returns>How many there were.</returns>
    public int RemoveEqual(ReadOnlySpan<byte> element, int most, ListEnd from)
    {
        var left = most;
        for (var index = from == ListEnd.Head ? 0 : count - 1; left > 0 && index >= 0 && index < count;)
        {
            var chunk = ChunkAt(index, out var start);
            var (length, equal) = (chunk.Count, chunk.CountOf(element));
            var removed = Math.Min(equal, left);
            if (removed > 0) RemoveEqual(chunk, start, element, from == ListEnd.Head ? 0 : equal - removed, removed);
            left -= removed;
            index = from == ListEnd.Tail ? start - 1 : start + length - removed;
        }

        if (left < most) ShrinkIfSparse();
        return most - left;
    }

    private void RemoveEqual(ListChunk chunk, int start, ReadOnlySpan<byte> element, int skipped, int removed)
    {
        Version++;
        if (Effects is not null) ReportEqual(chunk, start, element, skipped, removed);
        if (removed == chunk.Count)
        {
            TakeChunk(start, chunk);
            return;
        }

        chunk.RemoveEqual(element, skipped, removed);
        Adjust(chunk, start, -removed, 0);
        JoinIfSparse(start, chunk);
    }

    /// <summary>Of the elements that are equal to one: from behind, so that each is at its index while those before it stand.</summary>
    private void ReportEqual(ListChunk chunk, int start, ReadOnlySpan<byte> element, int skipped, int removed)
    {
        var found = new Stack<int>(removed);
        var place = chunk.PlaceOf(0);
        for (var i = 0; found.Count < removed; i++)
        {
            if (chunk.Read(place, out place).SequenceEqual(element) && --skipped < 0) found.Push(start + i);
        }

        foreach (var index in found) Effects!.Report(new ListRemoved(index, ListChunk.Of(element)));
    }
}
