using KvEmbedded.Engine;

namespace KvEmbedded.TopKs;

internal sealed partial class TopKHandle
{
    public ValueTask<KvValue?> AddAsync(KvValue item, CancellationToken cancellationToken) => IncrementAsync(item, 1, cancellationToken);

    public ValueTask<KvValue?[]> AddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken)
    {
        Require.Some(items, "item");
        return IncrementAsync([.. items.Select(static item => new ItemIncrement(item, 1))], cancellationToken);
    }

    public ValueTask<KvValue?> IncrementAsync(KvValue item, long by, CancellationToken cancellationToken)
    {
        TopKSizes.CheckIncrement(by, nameof(by));
        Require.ValueLength(door, key, item);
        var bytes = item.ToMemory();
        return RunOnItemAsync(
            bytes, (bytes, by: (uint)by), static (turn, key, hash, a) => Count(turn, key, a.bytes.Span, hash, a.by), cancellationToken);
    }

    public ValueTask<KvValue?[]> IncrementAsync(IReadOnlyCollection<ItemIncrement> increments, CancellationToken cancellationToken)
    {
        Require.Some(increments, "increment");
        foreach (var (item, by) in increments)
        {
            TopKSizes.CheckIncrement(by, nameof(increments));
            Require.ValueLength(door, key, item);
        }

        var items = EncodeHashed([.. increments.Select(static increment => increment.Item)]);
        uint[] counts = [.. increments.Select(static increment => (uint)increment.By)];
        return door.RunMeasuredAsync(
            key, (items, counts), static (turn, key, a) => CountAll(turn, key, a.items, a.counts), cancellationToken);
    }

    /// <summary>Counts an item (TOPK.ADD, TOPK.INCRBY).</summary>
    private static KvValue? Count(Turn turn, EncodedKey key, ReadOnlySpan<byte> item, ItemHash hash, uint by)
    {
        var expelled = FindToWrite(turn, key).Add(item, hash, by, turn.Random);
        turn.Changed(key, KeyEventKind.TopKCounted);
        return Copy(expelled);
    }

    /// <summary>Counts items (TOPK.ADD, TOPK.INCRBY).</summary>
    private static KvValue?[] CountAll(Turn turn, EncodedKey key, (ReadOnlyMemory<byte> Item, ItemHash Hash)[] items, uint[] counts)
    {
        var list = FindToWrite(turn, key);
        var expelled = new KvValue?[items.Length];
        for (var i = 0; i < items.Length; i++)
            expelled[i] = Copy(list.Add(items[i].Item.Span, items[i].Hash, counts[i], turn.Random));

        turn.Changed(key, KeyEventKind.TopKCounted);
        return expelled;
    }

    private static KvValue? Copy(byte[]? item) => item is null ? default(KvValue?) : item.AsSpan().ToArray();

    /// <exception cref="SketchMissingException">The key is missing.</exception>
    private static HeavyKeeper FindToWrite(Turn turn, EncodedKey key)
    {
        var list = turn.FindToChange<HeavyKeeper>(key) ?? throw new SketchMissingException(key.Bytes, KeyType.TopK);
        turn.RequireMemory(key);
        return list;
    }
}
