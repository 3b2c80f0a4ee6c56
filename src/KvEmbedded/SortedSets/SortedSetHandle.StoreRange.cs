using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    public ValueTask<long> StoreRangeAsync(KvKey destination, Range ranks, Order order, CancellationToken cancellationToken) =>
        StoreRangeAsync(destination, EntryRange.Of(ranks, order), cancellationToken);

    public ValueTask<long> StoreRangeAsync(
        KvKey destination, ScoreRange scores, RangePart? part, CancellationToken cancellationToken) =>
        StoreRangeAsync(destination, EntryRange.Of(scores, part), cancellationToken);

    public ValueTask<long> StoreRangeAsync(
        KvKey destination, MemberRange members, RangePart? part, CancellationToken cancellationToken) =>
        StoreRangeAsync(destination, EntryRange.Of(members, part), cancellationToken);

    private ValueTask<long> StoreRangeAsync(KvKey destination, EntryRange range, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (Destination: door.Encode(destination), range),
            static (turn, key, a) => StoreRange(turn, key, a.Destination, a.range), cancellationToken);

    /// <summary>Stores the entries of a range at another key (ZRANGESTORE).</summary>
    private static long StoreRange(Turn turn, EncodedKey key, EncodedKey destination, EntryRange range)
    {
        var result = new SortedSetTree();
        if (turn.Find<SortedSetTree>(key) is { } set)
        {
            var ranks = range.In(set);
            var cursor = set.From(ranks.Start, Order.Ascending);
            for (var left = ranks.Count; left > 0 && cursor.MoveNext(); left--) result.Put(cursor.Member, cursor.Score);
        }

        return SortedSetWrites.Store(turn, destination, result);
    }
}
