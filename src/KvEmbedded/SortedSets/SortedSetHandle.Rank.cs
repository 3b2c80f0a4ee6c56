using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    public ValueTask<long?> GetRankAsync(KvValue member, Order order, CancellationToken cancellationToken) =>
        RunOnMemberAsync(
            member, Named(order), static (turn, key, member, order) => Rank(turn, key, member, order)?.Rank, cancellationToken);

    public ValueTask<SortedSetRank?> GetRankAndScoreAsync(KvValue member, Order order, CancellationToken cancellationToken) =>
        RunOnMemberAsync(
            member, Named(order), static (turn, key, member, order) => Rank(turn, key, member, order), cancellationToken);

    private static Order Named(Order order) => (uint)order <= (uint)Order.Descending ? order : Require.Named(order);

    /// <summary>The rank and the score of a member (ZRANK, ZREVRANK).</summary>
    private static SortedSetRank? Rank(Turn turn, EncodedKey key, ReadOnlySpan<byte> member, Order order)
    {
        if (turn.Find<SortedSetTree>(key) is not { } set || !set.TryGetRank(member, out var rank, out var score)) return null;
        return new SortedSetRank(order == Order.Ascending ? rank : set.Count - 1 - rank, score);
    }
}
