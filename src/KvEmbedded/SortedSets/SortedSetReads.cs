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

/// <summary>
/// Copies members one behind the other into shared arrays: a member of 16 bytes in an array of its own would be three times
/// as much memory, and a range of a hundred a hundred objects. Who keeps one of the members keeps its array, 4 KiB at most.
/// </summary>
internal struct MemberCopies
{
    private const int SharedMax = 4096;

    private byte[]? room;
    private int used;

    /// <param name="member">What to copy.</param>
    /// <param name="toCome">How many members will be copied, this one included: a guess at the room they need.</param>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> member, int toCome)
    {
        if (member.IsEmpty) return default;
        if (room is null || member.Length > room.Length - used)
        {
            if (member.Length > SharedMax / 4) return member.ToArray();
            room = GC.AllocateUninitializedArray<byte>((int)Math.Min((long)member.Length * toCome, SharedMax));
            used = 0;
        }

        var copy = room.AsMemory(used, member.Length);
        member.CopyTo(copy.Span);
        used += member.Length;
        return copy;
    }
}
