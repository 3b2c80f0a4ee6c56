using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

internal sealed partial class ListHandle
{
    public ValueTask<bool> SetAsync(Index index, KvValue element, CancellationToken cancellationToken) =>
        RunOnElementAsync(
            element, index, static (turn, key, element, index) => Set(turn, key, element, index), cancellationToken);

    public ValueTask<long?> InsertAsync(KvValue element, ListSide side, KvValue neighbor, CancellationToken cancellationToken)
    {
        Require.ValueLength(door, key, element);
        return door.RunMeasuredAsync(
            key, (Element: element.ToMemory(), Side: Require.Named(side), Neighbor: neighbor.ToMemory()),
            static (turn, key, a) => Insert(turn, key, a.Element.Span, a.Side, a.Neighbor.Span), cancellationToken);
    }

    public ValueTask<long> RemoveAsync(KvValue element, long countMax, ListEnd from, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        return door.RunMeasuredAsync(
            key, (Element: element.ToMemory(), CountMax: (int)Math.Min(countMax, int.MaxValue), From: Require.Named(from)),
            static (turn, key, a) => Remove(turn, key, a.Element.Span, a.CountMax, a.From), cancellationToken);
    }

    public ValueTask<long> TrimAsync(Range kept, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, kept, static (turn, key, kept) => Trim(turn, key, kept), cancellationToken);

    /// <summary>Replaces an element (LSET).</summary>
    private static bool Set(Turn turn, EncodedKey key, ReadOnlySpan<byte> element, Index index)
    {
        if (turn.FindToChange<ListDeque>(key) is not { } list) return false;
        var offset = ListReads.Offset(index, list.Count);
        if ((uint)offset >= (uint)list.Count) return false;

        turn.RequireMemory(key);
        list.Set(offset, element);
        turn.Changed(key, KeyEventKind.ListElementSet);
        return true;
    }

    /// <summary>Inserts an element beside another (LINSERT).</summary>
    private static long? Insert(Turn turn, EncodedKey key, ReadOnlySpan<byte> element, ListSide side, ReadOnlySpan<byte> neighbor)
    {
        if (turn.FindToChange<ListDeque>(key) is not { } list) return null;
        var cursor = list.From(0, ListEnd.Head);
        while (cursor.MoveNext())
        {
            if (!cursor.Current.SequenceEqual(neighbor)) continue;

            turn.RequireMemory(key);
            list.Insert(side == ListSide.Before ? cursor.Index : cursor.Index + 1, element);
            turn.Changed(key, KeyEventKind.ListInserted);
            return list.Count;
        }

        return null;
    }

    /// <summary>Removes elements that are equal to one (LREM).</summary>
    private static long Remove(Turn turn, EncodedKey key, ReadOnlySpan<byte> element, int countMax, ListEnd from)
    {
        if (turn.FindToChange<ListDeque>(key) is not { } list) return 0;
        var removed = list.RemoveEqual(element, countMax, from);
        if (removed > 0) turn.Changed(key, KeyEventKind.ListElementsRemoved);
        return removed;
    }

    /// <summary>Removes all elements outside of a range (LTRIM).</summary>
    private static long Trim(Turn turn, EncodedKey key, Range kept)
    {
        if (turn.FindToChange<ListDeque>(key) is not { } list) return 0;
        var (start, count) = ListReads.Resolve(kept, list.Count);
        var removed = list.Count - count;
        if (removed == 0) return 0;

        if (count == 0)
        {
            // All of it goes with the key, in O(1).
            turn.Remove(key);
            turn.Changed(key, KeyEventKind.ListTrimmed);
            turn.Changed(key, KeyEventKind.Deleted);
            return removed;
        }

        list.Remove(ListEnd.Head, start);
        list.Remove(ListEnd.Tail, list.Count - count);
        turn.Changed(key, KeyEventKind.ListTrimmed);
        return removed;
    }
}
