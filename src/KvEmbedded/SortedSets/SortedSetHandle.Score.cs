using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    public ValueTask<double?> GetScoreAsync(KvValue member, CancellationToken cancellationToken) =>
        RunOnMemberAsync(member, 0, static (turn, key, member, _) => ScoreIn(turn.Find<SortedSetTree>(key), member), cancellationToken);

    public ValueTask<double?[]> GetScoresAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, Encode(members), static (turn, key, members) => Scores(turn, key, members), cancellationToken);

    /// <summary>The score of a member (ZSCORE).</summary>
    private static double? ScoreIn(SortedSetTree? set, ReadOnlySpan<byte> member) =>
        set is not null && set.TryGetScore(member, out var score) ? score : null;

    /// <summary>The scores of members (ZMSCORE).</summary>
    private static double?[] Scores(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] members)
    {
        var set = turn.Find<SortedSetTree>(key);
        return Array.ConvertAll(members, member => ScoreIn(set, member.Span));
    }
}
