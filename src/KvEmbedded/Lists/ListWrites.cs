using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

/// <summary>What several commands do to a list in a turn, with what they report.</summary>
internal static class ListWrites
{
    public static void Push(Turn turn, EncodedKey key, ListDeque list, ReadOnlySpan<byte> element, ListEnd end)
    {
        list.Push(end, element);
        turn.Changed(key, PushedAt(end));
    }

    /// <summary>Pops an element off a list that is not empty.</summary>
    public static byte[] PopOne(Turn turn, EncodedKey key, ListDeque list, ListEnd end)
    {
        var element = list.Pop(end);
        turn.Changed(key, PoppedAt(end));
        return element;
    }

    /// <summary>Pops elements off a list: <paramref name="count"/>, or all there are.</summary>
    public static KvValue[] Pop(Turn turn, EncodedKey key, ListDeque list, int count, ListEnd end)
    {
        count = Math.Min(count, list.Count);
        if (count == 0) return [];
        var elements = new KvValue[count];
        var cursor = list.From(end == ListEnd.Head ? 0 : list.Count - 1, end);
        ListReads.Copy(ref cursor, elements);
        list.Remove(end, count);
        turn.Changed(key, PoppedAt(end));
        return elements;
    }

    public static KeyEventKind PushedAt(ListEnd end) =>
        end == ListEnd.Head ? KeyEventKind.ListPushedHead : KeyEventKind.ListPushedTail;

    public static KeyEventKind PoppedAt(ListEnd end) =>
        end == ListEnd.Head ? KeyEventKind.ListPoppedHead : KeyEventKind.ListPoppedTail;
}
