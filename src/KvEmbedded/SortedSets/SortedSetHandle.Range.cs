using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

/// <remarks>
/// A range of many entries is read a slice in each turn, so that it does not hold the loop. The set's version tells whether it
/// is still the same: if not, the reading begins again, and the last attempt is one long turn. So what is returned was
/// there at one moment, all of it.
/// </remarks>
internal sealed partial class SortedSetHandle
{
    /// <summary>Most entries read in one turn: some hundred microseconds.</summary>
    internal const int SliceLength = 4096;

    private const int SlicedAttempts = 3;

    public ValueTask<SortedSetEntry[]> GetRangeAsync(Range ranks, Order order, CancellationToken cancellationToken) =>
        GetRangeAsync(EntryRange.Of(ranks, order), cancellationToken);

    public ValueTask<SortedSetEntry[]> GetRangeAsync(
        ScoreRange scores, Order order, long skip, long take, CancellationToken cancellationToken) =>
        GetRangeAsync(EntryRange.Of(scores, order, skip, take), cancellationToken);

    public ValueTask<SortedSetEntry[]> GetRangeAsync(
        MemberRange members, Order order, long skip, long take, CancellationToken cancellationToken) =>
        GetRangeAsync(EntryRange.Of(members, order, skip, take), cancellationToken);

    private ValueTask<SortedSetEntry[]> GetRangeAsync(EntryRange range, CancellationToken cancellationToken)
    {
        var starting = StartAsync(range, door.IsTransaction ? int.MaxValue : 2 * SliceLength, cancellationToken);
        if (!starting.IsCompletedSuccessfully) return FinishAsync(starting, range);

        var start = starting.Result;
        return start.Whole is { } entries ? new ValueTask<SortedSetEntry[]>(entries) : FinishAsync(new ValueTask<RangeStart>(start), range);
    }

    private async ValueTask<SortedSetEntry[]> FinishAsync(ValueTask<RangeStart> starting, EntryRange range)
    {
        var start = await starting.ConfigureAwait(false);
        for (var attempt = 1; start.Whole is null; attempt++)
        {
            var entries = new SortedSetEntry[start.Ranks.Count];
            if (await ReadSlicesAsync(start, range.Order, entries).ConfigureAwait(false)) return entries;
            start = await StartAsync(range, attempt < SlicedAttempts ? 2 * SliceLength : int.MaxValue, CancellationToken.None).ConfigureAwait(false);
        }

        return start.Whole;
    }

    /// <summary>Reads the whole range if it is short, else finds out where it is.</summary>
    private ValueTask<RangeStart> StartAsync(EntryRange range, int countMax, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (range, countMax), static (turn, key, a) => Start(turn, key, a.range, a.countMax), cancellationToken, nameof(GetRangeAsync));

    /// <summary>Reads a range slice by slice; false if the set has changed meanwhile.</summary>
    private async ValueTask<bool> ReadSlicesAsync(RangeStart start, Order order, SortedSetEntry[] entries)
    {
        for (var done = 0; done < entries.Length; done += SliceLength)
        {
            var slice = entries.AsMemory(done, Math.Min(SliceLength, entries.Length - done));
            var isRead = await door.RunMeasuredAsync(
                key, (start, Ranks: start.Ranks.Part(order, done, slice.Length), order, slice),
                static (turn, key, a) => TryReadSlice(turn, key, a.start, a.Ranks, a.order, a.slice.Span),
                CancellationToken.None, nameof(GetRangeAsync)).ConfigureAwait(false);
            if (!isRead) return false;
        }

        return true;
    }

    /// <summary>The entries of a range, or where they are if there are too many (ZRANGE, ZRANGEBYSCORE, ZRANGEBYLEX and their reverses).</summary>
    private static RangeStart Start(Turn turn, EncodedKey key, EntryRange range, int countMax)
    {
        if (turn.Find<SortedSetTree>(key) is not { } set) return new RangeStart([], null, 0, RankRange.Nothing);

        var ranks = range.In(set);
        return ranks.Count <= countMax
            ? new RangeStart(SortedSetReads.Read(set, ranks, range.Order), null, 0, ranks)
            : new RangeStart(null, set, set.Version, ranks);
    }

    private static bool TryReadSlice(
        Turn turn, EncodedKey key, RangeStart start, RankRange ranks, Order order, Span<SortedSetEntry> slice)
    {
        if (!turn.TryFind(key, out var location) || !ReferenceEquals(location.Entry?.Value, start.Set) || start.Set!.Version != start.Version)
            return false;

        SortedSetReads.Read(start.Set, ranks, order, slice);
        return true;
    }

    /// <summary>
    /// What the first turn of a reading found: all of it, or the set with its version and the ranks to be read. Outside a turn
    /// the set is only a name, which says whether the key still holds this one.
    /// </summary>
    private readonly record struct RangeStart(SortedSetEntry[]? Whole, SortedSetTree? Set, long Version, RankRange Ranks);
}
