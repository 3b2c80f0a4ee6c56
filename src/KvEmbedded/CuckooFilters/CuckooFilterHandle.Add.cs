using KvEmbedded.Engine;

namespace KvEmbedded.CuckooFilters;

internal sealed partial class CuckooFilterHandle
{
    public async ValueTask ReserveAsync(
        long capacity, int bucketSize, int maxIterations, int expansion, CancellationToken cancellationToken)
    {
        var options = new CuckooFilterOptions
        {
            Capacity = capacity,
            BucketSize = bucketSize,
            MaxIterations = maxIterations,
            Expansion = expansion,
        };
        CuckooSizes.Check(options);
        await door.RunAsync(key, options, static (turn, key, options) => Reserve(turn, key, options), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask AddAsync(KvValue item, CancellationToken cancellationToken) =>
        await RunOnItemAsync(
            item, 0, static (turn, key, item, _) => Add(turn, key, item, onlyMissing: false), cancellationToken).ConfigureAwait(false);

    public ValueTask<bool> TryAddAsync(KvValue item, CancellationToken cancellationToken) =>
        RunOnItemAsync(item, 0, static (turn, key, item, _) => Add(turn, key, item, onlyMissing: true), cancellationToken);

    public ValueTask AddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        AddAllAsync(Hash(items), cancellationToken);

    public ValueTask<bool[]> TryAddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        TryInsertAsync(Hash(items), CuckooFilterOptions.Default, cancellationToken)!;

    public ValueTask<bool> InsertAsync(
        IReadOnlyCollection<KvValue> items, CuckooFilterOptions? create, CancellationToken cancellationToken)
    {
        if (create is not null) CuckooSizes.Check(create);
        return InsertAsync(Hash(items), create, cancellationToken);
    }

    public ValueTask<bool[]?> TryInsertAsync(
        IReadOnlyCollection<KvValue> items, CuckooFilterOptions? create, CancellationToken cancellationToken)
    {
        if (create is not null) CuckooSizes.Check(create);
        return TryInsertAsync(Hash(items), create, cancellationToken);
    }

    private async ValueTask AddAllAsync(ItemHash[] items, CancellationToken cancellationToken) =>
        await InsertAsync(items, CuckooFilterOptions.Default, cancellationToken).ConfigureAwait(false);

    private ValueTask<bool> InsertAsync(ItemHash[] items, CuckooFilterOptions? create, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (items, create), static (turn, key, a) => Insert(turn, key, a.items, a.create, onlyMissing: false) is not null,
            cancellationToken);

    private ValueTask<bool[]?> TryInsertAsync(ItemHash[] items, CuckooFilterOptions? create, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (items, create), static (turn, key, a) => Insert(turn, key, a.items, a.create, onlyMissing: true), cancellationToken);

    /// <summary>Makes an empty filter (CF.RESERVE).</summary>
    private static bool Reserve(Turn turn, EncodedKey key, CuckooFilterOptions options)
    {
        if (turn.Find<CuckooLayers>(key) is not null) throw new SketchExistsException(key.Bytes, KeyType.CuckooFilter);
        turn.Put(key, new CuckooLayers(options));
        turn.Changed(key, KeyEventKind.CuckooFilterReserved);
        return true;
    }

    /// <summary>Adds an item (CF.ADD, CF.ADDNX).</summary>
    private static bool Add(Turn turn, EncodedKey key, ItemHash item, bool onlyMissing)
    {
        var filter = turn.FindOrCreate<CuckooLayers>(key);
        if (onlyMissing && filter.Contains(item)) return false;
        if (!filter.TryAdd(item)) throw Full(key, filter);
        turn.Changed(key, KeyEventKind.CuckooFilterAdded);
        return true;
    }

    /// <summary>Adds items, all or none (CF.INSERT, CF.INSERTNX); null if there is no filter and none is to be made.</summary>
    private static bool[]? Insert(Turn turn, EncodedKey key, ItemHash[] items, CuckooFilterOptions? create, bool onlyMissing)
    {
        var found = turn.FindToChange<CuckooLayers>(key);
        if (found is null && create is null) return null;

        turn.RequireMemory(key);
        var filter = found ?? new CuckooLayers(create!);
        var added = new bool[items.Length];
        if (!filter.TryAddAll(items, onlyMissing, added)) throw Full(key, filter);
        if (found is null) turn.Put(key, filter);
        if (added.Contains(true)) turn.Changed(key, KeyEventKind.CuckooFilterAdded);
        return added;
    }

    private static FilterFullException Full(EncodedKey key, CuckooLayers filter) =>
        new(key.Bytes, KeyType.CuckooFilter, filter.Count, filter.Capacity);
}
