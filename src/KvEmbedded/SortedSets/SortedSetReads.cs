using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

/// <summary>Reading entries out of a sorted set, in a turn: what goes out is a copy.</summary>
internal static class SortedSetReads
{
    /// <summary>All entries, the lowest score first.</summary>
    public static SortedSetEntry[] All(SortedSetTree set) => Read(set, new RankRange(0, set.Count), Order.Ascending);

    /// <summary>The entries of some ranks. O(log n + m).</summary>
    public static SortedSetEntry[] Read(SortedSetTree set, RankRange ranks, Order order)
    {
        if (ranks.Count == 0) return [];
        var entries = new SortedSetEntry[ranks.Count];
        Read(set, ranks, order, entries);
        return entries;
    }

    /// <summary>The entries of some ranks, as many as there is room for.</summary>
    public static void Read(SortedSetTree set, RankRange ranks, Order order, Span<SortedSetEntry> entries)
    {
        var copies = new MemberCopies();
        var cursor = set.From(order == Order.Ascending ? ranks.Start : ranks.End - 1, order);
        for (var i = 0; i < entries.Length && cursor.MoveNext(); i++)
            entries[i] = new SortedSetEntry(copies.Copy(cursor.Member, entries.Length - i), cursor.Score);
    }

    /// <summary>The entry of a rank.</summary>
    public static SortedSetEntry At(SortedSetTree set, int rank)
    {
        var member = set.MemberAt(rank, out var score).ToArray();
        return new SortedSetEntry(member, score);
    }
}
