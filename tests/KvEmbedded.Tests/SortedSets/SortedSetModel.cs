using KvEmbedded.SortedSets;

namespace KvEmbedded.Tests.SortedSets;

/// <summary>What a sorted set means, in the plainest form: a dictionary, sorted whenever somebody asks.</summary>
internal sealed class SortedSetModel
{
    private readonly Dictionary<string, double> scores = new(StringComparer.Ordinal);

    public int Count => scores.Count;

    public PutResult Put(string member, double score)
    {
        var present = scores.TryGetValue(member, out var previous);
        if (present && previous == score) return PutResult.Unchanged;
        scores[member] = score;
        return present ? PutResult.Moved : PutResult.Added;
    }

    public bool Remove(string member) => scores.Remove(member);

    public double? ScoreOf(string member) => scores.TryGetValue(member, out var score) ? score : null;

    public List<(string Member, double Score)> Sorted()
    {
        var entries = scores.Select(pair => (pair.Key, pair.Value)).ToList();
        entries.Sort(static (a, b) =>
            a.Value < b.Value ? -1 : a.Value > b.Value ? 1 : string.CompareOrdinal(a.Key, b.Key));
        return entries;
    }
}
