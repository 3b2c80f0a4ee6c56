using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    public ValueTask<bool> RemoveAsync(KvValue member, CancellationToken cancellationToken) =>
        RunOnMemberAsync(member, 0, static (turn, key, member, _) => Remove(turn, key, member), cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, Encode(members), static (turn, key, members) => RemoveMany(turn, key, members), cancellationToken);

    public ValueTask<long> RemoveRangeAsync(Range ranks, CancellationToken cancellationToken) =>
        RemoveRangeAsync(EntryRange.Of(ranks), cancellationToken);

    public ValueTask<long> RemoveRangeAsync(ScoreRange scores, CancellationToken cancellationToken) =>
        RemoveRangeAsync(EntryRange.Of(scores), cancellationToken);

    public ValueTask<long> RemoveRangeAsync(MemberRange members, CancellationToken cancellationToken) =>
        RemoveRangeAsync(EntryRange.Of(members), cancellationToken);

    private ValueTask<long> RemoveRangeAsync(EntryRange range, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, range, static (turn, key, range) => RemoveRange(turn, key, range), cancellationToken);

    /// <summary>Removes a member (ZREM).</summary>
    private static bool Remove(Turn turn, EncodedKey key, ReadOnlySpan<byte> member)
    {
        if (turn.FindToChange<SortedSetTree>(key) is not { } set || !set.Remove(member)) return false;
        turn.Changed(key, KeyEventKind.SortedSetRemoved);
        return true;
    }

    /// <summary>Removes members (ZREM).</summary>
    private static long RemoveMany(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] members)
    {
        if (turn.FindToChange<SortedSetTree>(key) is not { } set) return 0;
        long removed = 0;
        foreach (var member in members)
        {
            if (set.Remove(member.Span)) removed++;
        }

        if (removed > 0) turn.Changed(key, KeyEventKind.SortedSetRemoved);
        return removed;
    }

    /// <summary>Removes the entries of a range (ZREMRANGEBYRANK, ZREMRANGEBYSCORE, ZREMRANGEBYLEX).</summary>
    private static long RemoveRange(Turn turn, EncodedKey key, EntryRange range)
    {
        if (turn.FindToChange<SortedSetTree>(key) is not { } set) return 0;
        var ranks = range.In(set);
        SortedSetWrites.Remove(turn, key, set, ranks, KeyEventKind.SortedSetRemoved);
        return ranks.Count;
    }
}
