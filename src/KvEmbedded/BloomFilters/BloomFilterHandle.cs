using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.BloomFilters;

/// <summary>The Bloom filter at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class BloomFilterHandle : ItemHandle, IBloomFilter
{
    public BloomFilterHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    public ValueTask<bool> ContainsAsync(KvValue item, CancellationToken cancellationToken) =>
        RunOnItemAsync(item, 0, static (turn, key, item, _) => Contains(turn, key, item), cancellationToken);

    public ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, Hash(items), static (turn, key, items) => ContainsMany(turn, key, items), cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => turn.Find<BloomLayers>(key)?.Count ?? 0, cancellationToken);

    public ValueTask<BloomFilterInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => Info(turn, key), cancellationToken);

    /// <summary>Whether an item may be there (BF.EXISTS).</summary>
    private static bool Contains(Turn turn, EncodedKey key, ItemHash item) => turn.Find<BloomLayers>(key)?.Contains(item) ?? false;

    /// <summary>Whether items may be there (BF.MEXISTS).</summary>
    private static bool[] ContainsMany(Turn turn, EncodedKey key, ItemHash[] items) =>
        turn.Find<BloomLayers>(key) is { } filter ? Array.ConvertAll(items, filter.Contains) : new bool[items.Length];

    /// <summary>What a filter is made of (BF.INFO).</summary>
    private static BloomFilterInfo? Info(Turn turn, EncodedKey key) =>
        turn.Find<BloomLayers>(key) is { } filter
            ? new BloomFilterInfo(filter.Capacity, filter.MemoryBytes, filter.LayerCount, filter.Count, filter.Expansion)
            : null;
}
