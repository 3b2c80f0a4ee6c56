using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.BloomFilters;

/// <summary>
/// A Bloom filter that grows (P. S. Almeida, C. Baquero, N. Preguiça, D. Hutchison, "Scalable Bloom filters", 2007): when
/// the last layer is full another is put behind it, with half its error rate, so that the rates of all layers together
/// stay below the one that was asked for. An item is there if any layer has it.
/// </summary>
/// <remarks>Invariant: every layer but the last is full, and there is at least one.</remarks>
internal sealed class BloomLayers : IDataValue
{
    private const int ObjectBytes = 72;

    private readonly double errorRate;
    private BloomLayer[] layers;
    private long frozenBytes;

    public BloomLayers()
        : this(BloomFilterOptions.Default.ErrorRate, BloomFilterOptions.Default.Capacity, BloomFilterOptions.Default.Expansion)
    {
    }

    public BloomLayers(double errorRate, long capacity, int expansion)
    {
        this.errorRate = errorRate;
        Expansion = expansion;
        layers = [new BloomLayer(capacity, BloomSizes.LayerRate(errorRate, expansion, 0))];
    }

    private BloomLayers(BloomLayers source)
    {
        (errorRate, Expansion, Count, frozenBytes) = (source.errorRate, source.Expansion, source.Count, source.frozenBytes);
        layers = Array.ConvertAll(source.layers, static layer => layer.Copy());
    }

    public KeyType Type => KeyType.BloomFilter;

    /// <summary>Never: a filter that was made exists, also without items.</summary>
    public bool IsEmpty => false;

    /// <summary>Items that were added and not taken for known ones.</summary>
    public long Count { get; private set; }

    /// <summary>How many times the capacity of the last layer the next has; 0 for a fixed size.</summary>
    public int Expansion { get; }

    public long Capacity => layers.Sum(static layer => layer.Capacity);

    public int LayerCount => layers.Length;

    public long MemoryBytes => ObjectBytes + ArrayBytes.Of(layers) + frozenBytes + Last.MemoryBytes;

    public IEffectSink? Effects { get; set; }

    private BloomLayer Last => layers[^1];

    public IDataValue Copy() => new BloomLayers(this);

    /// <summary>True if the item may be there.</summary>
    public bool Contains(ItemHash item)
    {
        // The last layer is the largest, as a rule.
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            if (layers[i].Contains(item)) return true;
        }

        return false;
    }

    /// <summary>True if no more items than <paramref name="more"/> that are not there may be added.</summary>
    public bool HasRoomFor(long more) => Expansion > 0 || Last.Count + more <= Last.Capacity;

    /// <summary>Adds an item, for which there is room. False if it is there, or is taken for one that is.</summary>
    public bool Add(ItemHash item)
    {
        if (Contains(item)) return false;
        if (Last.IsFull) AddLayer();

        Span<ulong> newBits = stackalloc ulong[BloomSizes.HashesMax];
        var found = Last.Add(item, newBits);
        Count++;
        Effects?.Report(new BloomItemAdded(item, newBits[..found].ToArray()));
        return true;
    }

    /// <summary>Takes back the last addition.</summary>
    internal void Remove(ReadOnlySpan<ulong> newBits)
    {
        Last.Remove(newBits);
        Count--;
    }

    /// <summary>Takes back the last growth.</summary>
    internal void RemoveLayer()
    {
        layers = layers[..^1];
        frozenBytes -= Last.MemoryBytes;
    }

    /// <summary>Bits of each layer that are set.</summary>
    internal IEnumerable<(int Layer, ulong Bit)> Bits() =>
        layers.SelectMany(static (layer, i) => layer.Bits().Select(bit => (i, bit)));

    public void CheckInvariants()
    {
        foreach (var layer in layers) layer.CheckInvariants();
        Invariant.Holds(layers.Length > 0, "there is a layer");
        Invariant.Holds(layers.Take(layers.Length - 1).All(static layer => layer.IsFull), "a layer is put behind a full one");
        Invariant.Holds(layers.Sum(static layer => layer.Count) == Count, "items are counted");
        Invariant.Holds(Expansion > 0 || layers.Length == 1, "a filter of fixed size has one layer");
        Invariant.Holds(frozenBytes + Last.MemoryBytes == layers.Sum(static layer => layer.MemoryBytes), "layers are accounted");
    }

    private void AddLayer()
    {
        var rate = BloomSizes.LayerRate(errorRate, Expansion, layers.Length);
        var next = new BloomLayer(BloomSizes.NextCapacity(Last.Capacity, Expansion, rate), rate);
        frozenBytes += Last.MemoryBytes;
        layers = [.. layers, next];
        Effects?.Report(new BloomLayerAdded());
    }
}
