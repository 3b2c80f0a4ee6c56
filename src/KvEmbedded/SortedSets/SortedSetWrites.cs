using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.SortedSets;

/// <summary>What several commands do to a sorted set in a turn, with what they report.</summary>
internal static class SortedSetWrites
{
    /// <summary>Removes and returns entries at an end of a set that is at the key: <paramref name="count"/>, or all there are.</summary>
    public static SortedSetEntry[] Pop(Turn turn, EncodedKey key, SortedSetTree set, int count, SortedSetEnd end)
    {
        count = Math.Min(count, set.Count);
        var entries = end == SortedSetEnd.Lowest
            ? SortedSetReads.Read(set, new RankRange(0, count), Order.Ascending)
            : SortedSetReads.Read(set, new RankRange(set.Count - count, count), Order.Descending);
        Remove(turn, key, set, new RankRange(end == SortedSetEnd.Lowest ? 0 : set.Count - count, count), PoppedAt(end));
        return entries;
    }

    /// <summary>Removes and returns the entry at an end of a set that is at the key and not empty.</summary>
    public static SortedSetEntry PopOne(Turn turn, EncodedKey key, SortedSetTree set, SortedSetEnd end)
    {
        var rank = end == SortedSetEnd.Lowest ? 0 : set.Count - 1;
        var entry = SortedSetReads.At(set, rank);
        Remove(turn, key, set, new RankRange(rank, 1), PoppedAt(end));
        return entry;
    }

    /// <summary>Removes the entries of some ranks from a set that is at the key. All of them go in O(1), with the key.</summary>
    public static void Remove(Turn turn, EncodedKey key, SortedSetTree set, RankRange ranks, KeyEventKind kind)
    {
        if (ranks.Count == 0) return;
        if (ranks.Count < set.Count)
        {
            set.RemoveRange(ranks.Start, ranks.Count);
            turn.Changed(key, kind);
        }
        else
        {
            turn.Remove(key);
            turn.Changed(key, kind);
            turn.Changed(key, KeyEventKind.Deleted);
        }
    }

    /// <summary>
    /// Makes a set that belongs to no key yet the value of a key, whatever is there and without a time to live; an empty one
    /// deletes the key.
    /// </summary>
    /// <returns>The number of members stored.</returns>
    /// <exception cref="MemoryLimitException">There is no room for it.</exception>
    public static long Store(Turn turn, EncodedKey destination, SortedSetTree result)
    {
        StoredResult.Put(turn, destination, result, KeyEventKind.SortedSetStored);
        return result.Count;
    }

    private static KeyEventKind PoppedAt(SortedSetEnd end) =>
        end == SortedSetEnd.Lowest ? KeyEventKind.SortedSetPoppedLowest : KeyEventKind.SortedSetPoppedHighest;
}
