using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.CuckooFilters;

/// <summary>The cuckoo filter at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class CuckooFilterHandle : ItemHandle, ICuckooFilter
{
    public CuckooFilterHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    public ValueTask<bool> ContainsAsync(KvValue item, CancellationToken cancellationToken) =>
        RunOnItemAsync(
            item, 0, static (turn, key, item, _) => turn.Find<CuckooLayers>(key)?.Contains(item) ?? false, cancellationToken);

    public ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, Hash(items), static (turn, key, items) => ContainsMany(turn, key, items), cancellationToken);

    public ValueTask<long> CountAsync(KvValue item, CancellationToken cancellationToken) =>
        RunOnItemAsync(
            item, 0, static (turn, key, item, _) => turn.Find<CuckooLayers>(key)?.CountOf(item) ?? 0, cancellationToken);

    public ValueTask<bool> RemoveAsync(KvValue item, CancellationToken cancellationToken) =>
        RunOnItemAsync(item, 0, static (turn, key, item, _) => Remove(turn, key, item), cancellationToken);

    public ValueTask<CuckooFilterInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => Info(turn, key), cancellationToken);

    /// <summary>Whether items may be there (CF.MEXISTS).</summary>
    private static bool[] ContainsMany(Turn turn, EncodedKey key, ItemHash[] items) =>
        turn.Find<CuckooLayers>(key) is { } filter ? Array.ConvertAll(items, filter.Contains) : new bool[items.Length];

    /// <summary>Removes an item once (CF.DEL).</summary>
    private static bool Remove(Turn turn, EncodedKey key, ItemHash item)
    {
        if (turn.FindToChange<CuckooLayers>(key)?.Remove(item) is not true) return false;
        turn.Changed(key, KeyEventKind.CuckooFilterRemoved);
        return true;
    }

    /// <summary>What a filter is made of (CF.INFO).</summary>
    private static CuckooFilterInfo? Info(Turn turn, EncodedKey key) =>
        turn.Find<CuckooLayers>(key) is { } filter
            ? new CuckooFilterInfo(
                filter.MemoryBytes, filter.BucketCount, filter.LayerCount, filter.Count, filter.Removed, filter.BucketSize,
                filter.Expansion, filter.MaxIterations)
            : null;
}
