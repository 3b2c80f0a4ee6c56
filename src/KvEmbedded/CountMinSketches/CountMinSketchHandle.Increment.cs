using KvEmbedded.Engine;

namespace KvEmbedded.CountMinSketches;

internal sealed partial class CountMinSketchHandle
{
    public ValueTask<long> IncrementAsync(KvValue item, long by, CancellationToken cancellationToken) =>
        RunOnItemAsync(
            item, Require.AtLeastOne(by), static (turn, key, item, by) => Increment(turn, key, item, by), cancellationToken);

    public ValueTask<long[]> IncrementAsync(IReadOnlyCollection<ItemIncrement> increments, CancellationToken cancellationToken)
    {
        Require.Some(increments, "increment");
        var items = Hash([.. increments.Select(static increment => increment.Item)]);
        var encoded = increments.Select((increment, i) => (items[i], Require.AtLeastOne(increment.By, nameof(increments)))).ToArray();
        return door.RunMeasuredAsync(key, encoded, static (turn, key, encoded) => IncrementMany(turn, key, encoded), cancellationToken);
    }

    /// <summary>Counts an item (CMS.INCRBY).</summary>
    private static long Increment(Turn turn, EncodedKey key, ItemHash item, long by)
    {
        Span<long> counts = stackalloc long[1];
        Increment(turn, key, [(item, by)], counts);
        return counts[0];
    }

    /// <summary>Counts items, all or none (CMS.INCRBY).</summary>
    private static long[] IncrementMany(Turn turn, EncodedKey key, (ItemHash, long)[] increments)
    {
        var counts = new long[increments.Length];
        Increment(turn, key, increments, counts);
        return counts;
    }

    private static void Increment(Turn turn, EncodedKey key, ReadOnlySpan<(ItemHash, long)> increments, Span<long> counts)
    {
        if (!FindToWrite(turn, key).TryIncrement(increments, counts)) throw Overflow(key);
        turn.Changed(key, KeyEventKind.CountMinSketchIncremented);
    }

    private static NumberOverflowException Overflow(EncodedKey key) =>
        new(key.Bytes, "a counter above 4294967295 or a count of 2^63 and more", "the counters of a count-min sketch");
}
