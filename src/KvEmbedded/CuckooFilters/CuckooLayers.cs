using KvEmbedded.Engine;

namespace KvEmbedded.CuckooFilters;

/// <summary>
/// A cuckoo filter (B. Fan, D. G. Andersen, M. Kaminsky, M. D. Mitzenmacher, "Cuckoo filter: practically better than Bloom",
/// 2014) that grows: where no layer has a free cell for an item, and moving others about in the last layer finds none
/// either, another layer is put behind it.
/// </summary>
/// <remarks>Invariant: as many cells are taken as there are items; there is at least one layer.</remarks>
internal sealed partial class CuckooLayers : IDataValue
{
    private const int ObjectBytes = 128;

    private readonly int bucketSize;
    private readonly List<CellChange> changes = [];
    private CuckooLayer[] layers;

    public CuckooLayers()
        : this(CuckooFilterOptions.Default)
    {
    }

    public CuckooLayers(CuckooFilterOptions options)
    {
        Capacity = options.Capacity;
        bucketSize = options.BucketSize;
        MaxIterations = options.MaxIterations;
        Expansion = options.Expansion;
        layers = [new CuckooLayer(CuckooSizes.Buckets(options.Capacity, bucketSize), bucketSize)];
    }

    private CuckooLayers(CuckooLayers source)
    {
        (Capacity, bucketSize, MaxIterations, Expansion) = (source.Capacity, source.bucketSize, source.MaxIterations, source.Expansion);
        (Count, Removed) = (source.Count, source.Removed);
        layers = Array.ConvertAll(source.layers, static layer => layer.Copy());
    }

    public KeyType Type => KeyType.CuckooFilter;

    /// <summary>Never: a filter that was made exists, also without items.</summary>
    public bool IsEmpty => false;

    /// <summary>Items the first layer was made for.</summary>
    public long Capacity { get; }

    public int BucketSize => bucketSize;

    public int MaxIterations { get; }

    public int Expansion { get; }

    /// <summary>Items that were added and not removed.</summary>
    public long Count { get; private set; }

    /// <summary>Items that were removed.</summary>
    public long Removed { get; private set; }

    public int LayerCount => layers.Length;

    public long BucketCount => layers.Sum(static layer => layer.BucketCount);

    /// <remarks>There are never many layers.</remarks>
    public long MemoryBytes
    {
        get
        {
            var bytes = ObjectBytes + ArrayBytes.Of(layers) + (changes.Capacity == 0 ? 0 : ArrayBytes.Of<CellChange>(changes.Capacity));
            foreach (var layer in layers) bytes += layer.MemoryBytes;
            return bytes;
        }
    }

    public IEffectSink? Effects { get; set; }

    public IDataValue Copy() => new CuckooLayers(this);

    /// <summary>True if the item may be there.</summary>
    public bool Contains(ItemHash item)
    {
        var fingerprint = CuckooLayer.Fingerprint(item);
        foreach (var layer in layers)
        {
            if (layer.FindFor(item, fingerprint) >= 0) return true;
        }

        return false;
    }

    /// <summary>How often the item may be there.</summary>
    public long CountOf(ItemHash item)
    {
        var count = 0L;
        foreach (var layer in layers) count += layer.Count(item);
        return count;
    }

    /// <summary>Removes an item once; false if it is not there.</summary>
    public bool Remove(ItemHash item)
    {
        var fingerprint = CuckooLayer.Fingerprint(item);
        for (var at = layers.Length - 1; at >= 0; at--)
        {
            var cell = layers[at].FindFor(item, fingerprint);
            if (cell < 0) continue;
            layers[at].Write((ulong)cell, 0);
            Count--;
            Removed++;
            Effects?.Report(new CuckooItemRemoved(item, new CellChange(at, (ulong)cell, fingerprint)));
            return true;
        }

        return false;
    }

    /// <summary>Takes back changes of cells, the last one first.</summary>
    internal void Restore(ReadOnlySpan<CellChange> changed, int itemsBack, int removedBack)
    {
        for (var i = changed.Length - 1; i >= 0; i--) layers[changed[i].Layer].Write(changed[i].Cell, changed[i].Before);
        Count -= itemsBack;
        Count += removedBack;
        Removed -= removedBack;
    }

    /// <summary>Takes back the last growth.</summary>
    internal void RemoveLayer() => layers = layers[..^1];

    /// <summary>Fingerprints of each layer, with their places.</summary>
    internal IEnumerable<(int Layer, ulong Cell, ushort Fingerprint)> Cells() =>
        layers.SelectMany(static (layer, i) => layer.Cells().Select(cell => (i, cell.Cell, cell.Fingerprint)));

    public void CheckInvariants()
    {
        foreach (var layer in layers) layer.CheckInvariants();
        Invariant.Holds(layers.Length > 0, "there is a layer");
        Invariant.Holds(Cells().LongCount() == Count, "as many cells are taken as there are items");
        Invariant.Holds(Expansion > 0 || layers.Length == 1, "a filter of fixed size has one layer");
    }
}
