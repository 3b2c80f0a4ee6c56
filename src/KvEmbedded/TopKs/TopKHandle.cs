using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.TopKs;

/// <summary>The top-k list at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class TopKHandle : ItemHandle, ITopK
{
    public TopKHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    public ValueTask ReserveAsync(int count, int width, int depth, double decay, CancellationToken cancellationToken)
    {
        TopKSizes.Check(count, width, depth, decay);
        return ReserveCheckedAsync(count, width, depth, decay, cancellationToken);
    }

    public ValueTask<bool> ContainsAsync(KvValue item, CancellationToken cancellationToken)
    {
        var bytes = item.ToMemory();
        return RunOnItemAsync(
            bytes, bytes, static (turn, key, hash, item) => turn.Find<HeavyKeeper>(key)?.Contains(item.Span, hash) ?? false,
            cancellationToken);
    }

    public ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, EncodeHashed(items), static (turn, key, items) => ContainsMany(turn, key, items), cancellationToken);

    public ValueTask<long> CountAsync(KvValue item, CancellationToken cancellationToken)
    {
        var bytes = item.ToMemory();
        return RunOnItemAsync(
            bytes, bytes, static (turn, key, hash, item) => (long)(turn.Find<HeavyKeeper>(key)?.CountOf(item.Span, hash) ?? 0),
            cancellationToken);
    }

    public ValueTask<long[]> CountAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, EncodeHashed(items), static (turn, key, items) => CountMany(turn, key, items), cancellationToken);

    public ValueTask<TopKEntry[]> GetItemsAsync(CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, 0, static (turn, key, _) => Items(turn, key), cancellationToken);

    public ValueTask<TopKInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            key, 0,
            static (turn, key, _) => turn.Find<HeavyKeeper>(key) is { } list
                ? new TopKInfo(list.Capacity, list.Width, list.Depth, list.Decay)
                : null,
            cancellationToken);

    private async ValueTask ReserveCheckedAsync(int count, int width, int depth, double decay, CancellationToken cancellationToken) =>
        await door.RunAsync(
            key, (count, width, depth, decay), static (turn, key, a) => Reserve(turn, key, a.count, a.width, a.depth, a.decay),
            cancellationToken).ConfigureAwait(false);

    private static (ReadOnlyMemory<byte> Item, ItemHash Hash)[] EncodeHashed(IReadOnlyCollection<KvValue> items)
    {
        var hashes = Hash(items);
        return [.. items.Select((item, i) => (item.ToMemory(), hashes[i]))];
    }

    /// <summary>Makes an empty list (TOPK.RESERVE).</summary>
    private static bool Reserve(Turn turn, EncodedKey key, int count, int width, int depth, double decay)
    {
        if (turn.Find<HeavyKeeper>(key) is not null) throw new SketchExistsException(key.Bytes, KeyType.TopK);
        turn.Put(key, new HeavyKeeper(count, width, depth, decay));
        turn.Changed(key, KeyEventKind.TopKReserved);
        return true;
    }

    /// <summary>Whether items are listed (TOPK.QUERY).</summary>
    private static bool[] ContainsMany(Turn turn, EncodedKey key, (ReadOnlyMemory<byte> Item, ItemHash Hash)[] items) =>
        turn.Find<HeavyKeeper>(key) is { } list
            ? Array.ConvertAll(items, item => list.Contains(item.Item.Span, item.Hash))
            : new bool[items.Length];

    /// <summary>How often items were seen, about (TOPK.COUNT).</summary>
    private static long[] CountMany(Turn turn, EncodedKey key, (ReadOnlyMemory<byte> Item, ItemHash Hash)[] items) =>
        turn.Find<HeavyKeeper>(key) is { } list
            ? Array.ConvertAll(items, item => (long)list.CountOf(item.Item.Span, item.Hash))
            : new long[items.Length];

    /// <summary>The listed items (TOPK.LIST).</summary>
    private static TopKEntry[] Items(Turn turn, EncodedKey key) =>
        turn.Find<HeavyKeeper>(key) is { } list
            ? [.. list.Items().Select(static entry => new TopKEntry(entry.Item.AsSpan().ToArray(), entry.Count))]
            : [];
}
