namespace KvEmbedded.Lists;

/// <summary>Reads elements one by one; good until the list's next mutation.</summary>
internal ref struct ListCursor
{
    private readonly ListDeque list;
    private readonly ListEnd from;
    private ListChunk? chunk;
    private int place;
    private int leftInChunk;

    internal ListCursor(ListDeque list, int index, ListEnd from)
    {
        this.list = list;
        this.from = from;
        Index = from == ListEnd.Head ? index - 1 : index + 1;
    }

    /// <summary>The index of the element that was read last.</summary>
    public int Index { get; private set; }

    /// <summary>The element that was read last; a view of storage.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Reads the next element. False at the end.</summary>
    public bool MoveNext()
    {
        Index += from == ListEnd.Head ? 1 : -1;
        if (leftInChunk == 0 && !TryEnterChunk()) return false;

        leftInChunk--;
        Current = from == ListEnd.Head ? chunk!.Read(place, out place) : chunk!.ReadBefore(place, out place);
        return true;
    }

    private bool TryEnterChunk()
    {
        if ((uint)Index >= (uint)list.Count) return false;
        chunk = list.ChunkAt(Index, out var start);
        var inside = Index - start;
        place = chunk.PlaceOf(from == ListEnd.Head ? inside : inside + 1);
        leftInChunk = from == ListEnd.Head ? chunk.Count - inside : inside + 1;
        return true;
    }
}
