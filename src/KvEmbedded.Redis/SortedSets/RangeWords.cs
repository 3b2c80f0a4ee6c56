using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.SortedSets;

/// <summary>Intervals of scores and members in the words of the server.</summary>
internal static class RangeWords
{
    public static Command Of(ScoreRange scores, Order order = Order.Ascending) =>
        InOrder(End(scores.Lowest, scores.ExcludesLowest), End(scores.Highest, scores.ExcludesHighest), order);

    public static Command Of(MemberRange members, Order order = Order.Ascending) =>
        InOrder(End(members.Lowest, members.ExcludesLowest, "-"), End(members.Highest, members.ExcludesHighest, "+"), order);

    /// <summary>What follows the ends: in which order, and which part.</summary>
    public static string[] Rest(Order order, long skip, long take)
    {
        List<string> words = Require.Named(order) == Order.Descending ? ["REV"] : [];
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        if (skip > 0 || take < long.MaxValue)
            words.AddRange(["LIMIT", ((KvValue)skip).ToString(), take == long.MaxValue ? "-1" : ((KvValue)take).ToString()]);
        return [.. words];
    }

    /// <summary>The end that is read first comes first.</summary>
    private static Command InOrder(KvValue lowest, KvValue highest, Order order) =>
        order == Order.Ascending ? new Command("") { lowest, highest } : new Command("") { highest, lowest };

    private static KvValue End(double score, bool isExcluded) => isExcluded ? $"({(KvValue)score}" : score;

    private static KvValue End(KvValue? member, bool isExcluded, string none) =>
        member is { } end ? (byte[])[(byte)(isExcluded ? '(' : '['), .. end.ToMemory().Span] : none;
}
