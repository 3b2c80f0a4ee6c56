using KvEmbedded.Engine;

namespace KvEmbedded.BloomFilters;

internal sealed partial class BloomFilterHandle
{
    public async ValueTask ReserveAsync(double errorRate, long capacity, int expansion, CancellationToken cancellationToken)
    {
        BloomSizes.Check(errorRate, capacity, expansion);
        await door.RunAsync(
            key, (errorRate, capacity, expansion), static (turn, key, a) => Reserve(turn, key, a.errorRate, a.capacity, a.expansion),
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> AddAsync(KvValue item, CancellationToken cancellationToken) =>
        RunOnItemAsync(item, 0, static (turn, key, item, _) => Add(turn, key, item), cancellationToken);

    public ValueTask<bool[]> AddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        InsertAsync(Hash(items), BloomFilterOptions.Default, cancellationToken)!;

    public ValueTask<bool[]?> InsertAsync(
        IReadOnlyCollection<KvValue> items, BloomFilterOptions? create, CancellationToken cancellationToken)
    {
        if (create is not null) BloomSizes.Check(create.ErrorRate, create.Capacity, create.Expansion);
        return InsertAsync(Hash(items), create, cancellationToken);
    }

    private ValueTask<bool[]?> InsertAsync(ItemHash[] items, BloomFilterOptions? create, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (items, create), static (turn, key, a) => Insert(turn, key, a.items, a.create), cancellationToken);

    /// <summary>Makes an empty filter (BF.RESERVE).</summary>
    private static bool Reserve(Turn turn, EncodedKey key, double errorRate, long capacity, int expansion)
    {
        if (turn.Find<BloomLayers>(key) is not null) throw new SketchExistsException(key.Bytes, KeyType.BloomFilter);
        turn.Put(key, new BloomLayers(errorRate, capacity, expansion));
        turn.Changed(key, KeyEventKind.BloomFilterReserved);
        return true;
    }

    /// <summary>Adds an item (BF.ADD).</summary>
    private static bool Add(Turn turn, EncodedKey key, ItemHash item)
    {
        var filter = turn.FindOrCreate<BloomLayers>(key);
        if (!filter.HasRoomFor(1) && !filter.Contains(item)) throw Full(key, filter);
        if (!filter.Add(item)) return false;

        turn.Changed(key, KeyEventKind.BloomFilterAdded);
        return true;
    }

    /// <summary>Adds items, all or none (BF.MADD, BF.INSERT).</summary>
    private static bool[]? Insert(Turn turn, EncodedKey key, ItemHash[] items, BloomFilterOptions? create)
    {
        var found = turn.FindToChange<BloomLayers>(key);
        if (found is null && create is null) return null;

        turn.RequireMemory(key);
        var filter = found ?? new BloomLayers(create!.ErrorRate, create.Capacity, create.Expansion);
        if (!filter.HasRoomFor(items.Length) && !filter.HasRoomFor(CountNew(filter, items))) throw Full(key, filter);

        if (found is null) turn.Put(key, filter);
        var isNew = Array.ConvertAll(items, filter.Add);
        if (isNew.Contains(true)) turn.Changed(key, KeyEventKind.BloomFilterAdded);
        return isNew;
    }

    private static int CountNew(BloomLayers filter, ItemHash[] items) =>
        items.Where(item => !filter.Contains(item)).Distinct().Count();

    private static FilterFullException Full(EncodedKey key, BloomLayers filter) =>
        new(key.Bytes, KeyType.BloomFilter, filter.Count, filter.Capacity);
}
