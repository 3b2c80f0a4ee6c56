using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

/// <summary>An element was inserted; a push inserts at an end.</summary>
internal sealed class ListInserted(int index, byte[] element) : Effect
{
    /// <summary>Where it is now.</summary>
    public int Index => index;

    public ReadOnlyMemory<byte> Element => element;

    public override void Undo(IDataValue value) => ((ListDeque)value).RemoveAt(index);
}

/// <summary>Neighbouring elements were removed.</summary>
/// <param name="index">Where the first of them was.</param>
/// <param name="elements">They; nobody changes the chunk any more.</param>
internal sealed class ListRemoved(int index, ListChunk elements) : Effect
{
    public int Index => index;

    public ListChunk Elements => elements;

    public override void Undo(IDataValue value)
    {
        var list = (ListDeque)value;
        if (index == 0)
        {
            // Pushed one before the other, without a search for its place.
            var before = elements.PlaceOf(elements.Count);
            for (var i = 0; i < elements.Count; i++) list.Push(ListEnd.Head, elements.ReadBefore(before, out before));
            return;
        }

        var place = elements.PlaceOf(0);
        for (var i = 0; i < elements.Count; i++) list.Insert(index + i, elements.Read(place, out place));
    }
}

/// <summary>An element was replaced.</summary>
internal sealed class ListElementReplaced(int index, byte[] old, byte[] element) : Effect
{
    public int Index => index;

    /// <summary>What was there before.</summary>
    public ReadOnlyMemory<byte> Old => old;

    public ReadOnlyMemory<byte> Element => element;

    public override void Undo(IDataValue value) => ((ListDeque)value).Set(index, old);
}
