namespace KvEmbedded.Tests.SortedSets;

/// <summary>Sorted sets at keys, in the plainest form.</summary>
internal sealed class SortedSetsModel
{
    private readonly Dictionary<string, SortedSetModel> sets = new(StringComparer.Ordinal);

    public SortedSetModel At(string key)
    {
        if (!sets.TryGetValue(key, out var set)) sets.Add(key, set = new SortedSetModel());
        return set;
    }

    public long Store(string key, SortedSetEntry[] entries)
    {
        sets[key] = new SortedSetModel();
        foreach (var (member, score) in entries) sets[key].Put(member.ToString(), score);
        return entries.Length;
    }

    /// <summary>N for a new member, C for another score, blank for no change.</summary>
    public static char Add(SortedSetModel set, string member, double score, AddWhen when)
    {
        var old = set.ScoreOf(member);
        if (old is null && MayAdd(when))
        {
            set.Put(member, score);
            return 'N';
        }

        if (old is null || old == score || when == AddWhen.Missing || !MayScore(when, old.Value, score)) return ' ';
        set.Put(member, score);
        return 'C';
    }

    public static bool MayAdd(AddWhen when) => when is AddWhen.Always or AddWhen.Missing or AddWhen.Greater or AddWhen.Less;

    public static bool MayScore(AddWhen when, double old, double score) => when switch
    {
        AddWhen.Greater or AddWhen.PresentAndGreater => score > old,
        AddWhen.Less or AddWhen.PresentAndLess => score < old,
        _ => true,
    };

    public static SortedSetEntry[] All(SortedSetModel set, Order order)
    {
        var entries = set.Sorted().Select(static entry => new SortedSetEntry(entry.Member, entry.Score));
        return [.. order == Order.Ascending ? entries : entries.Reverse()];
    }

    public static SortedSetEntry[] ByRank(SortedSetModel set, Range ranks, Order order)
    {
        var (start, end) = (Rank(ranks.Start), Rank(ranks.End));
        return [.. All(set, order).Where((_, rank) => rank >= start && rank < end)];

        int Rank(Index index) => index.IsFromEnd ? set.Count - index.Value : index.Value;
    }

    public static SortedSetEntry[] ByScore(
        SortedSetModel set, ScoreRange scores, Order order, long skip = 0, long take = long.MaxValue) =>
        [.. All(set, order).Where(entry => scores.Contains(entry.Score)).Where((_, i) => i >= skip && i - skip < take)];

    public static SortedSetRank? Rank(SortedSetModel set, string member, Order order)
    {
        var rank = Array.FindIndex(All(set, order), entry => entry.Member == member);
        return rank < 0 ? null : new SortedSetRank(rank, set.ScoreOf(member)!.Value);
    }
}
