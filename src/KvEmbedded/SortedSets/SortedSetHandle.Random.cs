using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    public ValueTask<SortedSetEntry?> GetRandomAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => PickOne(turn, key), cancellationToken);

    public ValueTask<SortedSetEntry[]> GetRandomAsync(int count, RandomPick pick, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return door.RunMeasuredAsync(
            key, (count, Pick: Require.Named(pick)), static (turn, key, a) => Pick(turn, key, a.count, a.Pick), cancellationToken);
    }

    /// <summary>Picks one entry by chance (ZRANDMEMBER).</summary>
    private static SortedSetEntry? PickOne(Turn turn, EncodedKey key) =>
        turn.Find<SortedSetTree>(key) is { } set ? SortedSetReads.At(set, turn.Random.Next(set.Count)) : null;

    /// <summary>Picks entries by chance (ZRANDMEMBER).</summary>
    private static SortedSetEntry[] Pick(Turn turn, EncodedKey key, int count, RandomPick pick)
    {
        if (turn.Find<SortedSetTree>(key) is not { } set) return [];
        if (pick == RandomPick.Distinct)
            return count >= set.Count ? SortedSetReads.All(set) : PickDistinct(turn.Random, set, count);

        var picks = new SortedSetEntry[count];
        foreach (ref var entry in picks.AsSpan()) entry = SortedSetReads.At(set, turn.Random.Next(set.Count));
        return picks;
    }

    /// <summary>Fewer entries than there are, each choice of them as likely as any other.</summary>
    private static SortedSetEntry[] PickDistinct(Random random, SortedSetTree set, int count)
    {
        var picks = new SortedSetEntry[count];
        var i = 0;
        foreach (var rank in Picks.Distinct(random, set.Count, count)) picks[i++] = SortedSetReads.At(set, rank);
        return picks;
    }
}
