using KvEmbedded.Engine;

namespace KvEmbedded.TopKs;

/// <summary>
/// HeavyKeeper (J. Gong et al., "HeavyKeeper: an accurate algorithm for finding top-k elephant flows", 2018): rows of
/// counters, each owned by the item of one fingerprint. An item counts up a counter of its own; one of another item it
/// counts down, with a chance that falls with its height, and takes it over when it has reached 0. So a counter is never
/// above the truth of its owner, and those of frequent items stay.
/// </summary>
/// <remarks>
/// The listed items are <see cref="TopList"/>. Chance is handed in. Two items of one fingerprint in one cell are one to it.
/// </remarks>
internal sealed partial class HeavyKeeper : IDataValue
{
    private const int ObjectBytes = 80;

    private readonly DecayChances chances;
    private readonly CountingCells cells;
    private readonly TopList list;

    public HeavyKeeper()
        : this(1, 1, 1, 0.9)
    {
    }

    public HeavyKeeper(int count, int width, int depth, double decay)
    {
        Decay = decay;
        chances = new DecayChances(decay);
        cells = new CountingCells(width, depth);
        list = new TopList(count);
    }

    private HeavyKeeper(HeavyKeeper source)
    {
        Decay = source.Decay;
        chances = new DecayChances(Decay);
        cells = source.cells.Copy();
        list = source.list.Copy();
    }

    public KeyType Type => KeyType.TopK;

    /// <summary>Never: a list that was made exists, also without items.</summary>
    public bool IsEmpty => false;

    public int Width => cells.Width;

    public int Depth => cells.Depth;

    public double Decay { get; }

    /// <summary>Items that are listed at most.</summary>
    public int Capacity => list.Capacity;

    public long MemoryBytes => ObjectBytes + chances.MemoryBytes + cells.MemoryBytes + list.MemoryBytes;

    public IEffectSink? Effects { get; set; }

    public IDataValue Copy() => new HeavyKeeper(this);

    /// <summary>True if the item is listed.</summary>
    public bool Contains(ReadOnlySpan<byte> item, ItemHash hash) => list.Find(item, CountingCells.Fingerprint(hash)) >= 0;

    /// <summary>How often an item was seen, about.</summary>
    public uint CountOf(ReadOnlySpan<byte> item, ItemHash hash)
    {
        var slot = list.Find(item, CountingCells.Fingerprint(hash));
        return Math.Max(slot < 0 ? 0 : list.CountAt(slot), cells.CountOf(hash));
    }

    /// <summary>Counts an item.</summary>
    /// <param name="item">Its bytes.</param>
    /// <param name="hash">Their hash.</param>
    /// <param name="by">How often it was seen, at least 1.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>The item that it has expelled from the list, or null.</returns>
    public byte[]? Add(ReadOnlySpan<byte> item, ItemHash hash, uint by, Random random)
    {
        Span<CellBefore> changes = stackalloc CellBefore[CountingCells.DepthMax];
        var changed = 0;
        var count = 0u;
        for (var row = 0; row < Depth; row++)
        {
            var place = cells.Place(hash, row);
            var before = cells.Read(place);
            var after = CountingCells.Meet(before, CountingCells.Fingerprint(hash), by, chances, random);
            if (after.Fingerprint == CountingCells.Fingerprint(hash)) count = Math.Max(count, after.Count);
            if (after == before) continue;
            cells.Write(place, after);
            changes[changed++] = new CellBefore(place, before);
        }

        var listing = list.Note(item, CountingCells.Fingerprint(hash), count);
        if (changed > 0 || listing.Slot >= 0) Effects?.Report(new TopKCounted(changes[..changed].ToArray(), listing));
        return listing.Expelled;
    }

    /// <summary>The listed items, the most often seen one first; of equals the one whose bytes come first.</summary>
    public List<(byte[] Item, uint Count)> Items() => list.InOrder();

    /// <summary>Takes back what counting one item did.</summary>
    internal void Restore(ReadOnlySpan<CellBefore> changes, Listing listing)
    {
        foreach (var (place, before) in changes) cells.Write(place, before);
        list.Restore(listing);
    }

    /// <summary>The cells that have an owner, with their places.</summary>
    internal IEnumerable<(ulong Place, CountingCell Cell)> Cells() => cells.All();

    public void CheckInvariants()
    {
        cells.CheckInvariants();
        list.CheckInvariants();
    }
}
