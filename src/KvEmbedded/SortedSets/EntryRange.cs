namespace KvEmbedded.SortedSets;

/// <summary>Entries that follow each other, by their ranks from the lowest score up; they lie inside their set.</summary>
internal readonly record struct RankRange(int Start, int Count)
{
    public static RankRange Nothing => default;

    public int End => Start + Count;

    /// <summary>The entries from one rank up to another, without that one; none if they are upside down.</summary>
    public static RankRange Of(int start, int end) => start < end ? new RankRange(start, end - start) : Nothing;

    /// <summary>What is left of the range when some entries are skipped and at most so many taken, from the end that comes first.</summary>
    public RankRange Part(Order order, long skip, long take)
    {
        if (skip >= Count) return Nothing;
        var taken = (int)Math.Min(take, Count - skip);
        return new RankRange(order == Order.Ascending ? Start + (int)skip : End - (int)skip - taken, taken);
    }
}

/// <summary>
/// Entries of a sorted set as somebody asks for them: by rank, score or member, in an order. It is made before the loop is
/// taken, with what is bytes encoded; what it means in a set is an interval of ranks, found in O(log n).
/// </summary>
internal abstract class EntryRange
{
    /// <summary>In which order the entries come, and from which end they are counted.</summary>
    public Order Order { get; private init; }

    private long Skip { get; init; }

    private long Take { get; init; } = long.MaxValue;

    /// <exception cref="ArgumentOutOfRangeException">There is no such order.</exception>
    public static EntryRange Of(Range ranks, Order order = Order.Ascending) => new Ranks(ranks) { Order = Require.Named(order) };

    /// <exception cref="ArgumentOutOfRangeException">There is no such order, or a number is negative.</exception>
    public static EntryRange Of(ScoreRange scores, Order order = Order.Ascending, long skip = 0, long take = long.MaxValue) =>
        new Scores(scores) { Order = Require.Named(order), Skip = NotNegative(skip, nameof(skip)), Take = NotNegative(take, nameof(take)) };

    /// <exception cref="ArgumentOutOfRangeException">There is no such order, or a number is negative.</exception>
    public static EntryRange Of(MemberRange members, Order order = Order.Ascending, long skip = 0, long take = long.MaxValue) =>
        new Members(members) { Order = Require.Named(order), Skip = NotNegative(skip, nameof(skip)), Take = NotNegative(take, nameof(take)) };

    public static EntryRange Of(ScoreRange scores, RangePart? part) =>
        part is null ? Of(scores) : Of(scores, part.Order, part.Skip, part.Take);

    public static EntryRange Of(MemberRange members, RangePart? part) =>
        part is null ? Of(members) : Of(members, part.Order, part.Skip, part.Take);

    /// <summary>Which entries of a set these are now.</summary>
    public RankRange In(SortedSetTree set) => Whole(set).Part(Order, Skip, Take);

    /// <summary>The interval, before anything is skipped.</summary>
    protected abstract RankRange Whole(SortedSetTree set);

    private static long NotNegative(long count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count, name);
        return count;
    }

    private sealed class Ranks(Range ranks) : EntryRange
    {
        protected override RankRange Whole(SortedSetTree set)
        {
            var (start, end) = (Place(ranks.Start, set.Count), Place(ranks.End, set.Count));
            return Order == Order.Ascending ? RankRange.Of(start, end) : RankRange.Of(set.Count - end, set.Count - start);
        }

        private static int Place(Index index, int count) => Math.Clamp(index.GetOffset(count), 0, count);
    }

    private sealed class Scores(ScoreRange scores) : EntryRange
    {
        protected override RankRange Whole(SortedSetTree set) => RankRange.Of(
            scores.ExcludesLowest ? set.RankAboveScore(scores.Lowest) : set.RankAtScore(scores.Lowest),
            scores.ExcludesHighest ? set.RankAtScore(scores.Highest) : set.RankAboveScore(scores.Highest));
    }

    private sealed class Members(MemberRange members) : EntryRange
    {
        private readonly ReadOnlyMemory<byte>? lowest = members.Lowest?.ToMemory();
        private readonly ReadOnlyMemory<byte>? highest = members.Highest?.ToMemory();

        protected override RankRange Whole(SortedSetTree set)
        {
            var start = lowest is not { } low ? 0
                : members.ExcludesLowest ? set.RankAboveMember(low.Span)
                : set.RankAtMember(low.Span);
            var end = highest is not { } high ? set.Count
                : members.ExcludesHighest ? set.RankAtMember(high.Span)
                : set.RankAboveMember(high.Span);
            return RankRange.Of(start, end);
        }
    }
}
