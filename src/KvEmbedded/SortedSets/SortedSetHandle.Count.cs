using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => (long)(turn.Find<SortedSetTree>(key)?.Count ?? 0), cancellationToken);

    public ValueTask<long> CountAsync(ScoreRange scores, CancellationToken cancellationToken) =>
        CountAsync(EntryRange.Of(scores), cancellationToken);

    public ValueTask<long> CountAsync(MemberRange members, CancellationToken cancellationToken) =>
        CountAsync(EntryRange.Of(members), cancellationToken);

    private ValueTask<long> CountAsync(EntryRange range, CancellationToken cancellationToken) =>
        door.RunAsync(key, range, static (turn, key, range) => Count(turn, key, range), cancellationToken);

    /// <summary>Counts the entries of a range (ZCOUNT, ZLEXCOUNT).</summary>
    private static long Count(Turn turn, EncodedKey key, EntryRange range) =>
        turn.Find<SortedSetTree>(key) is { } set ? range.In(set).Count : 0;
}
