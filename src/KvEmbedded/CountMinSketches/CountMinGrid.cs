using System.Runtime.InteropServices;
using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.CountMinSketches;

/// <summary>
/// Rows of counters (G. Cormode, S. Muthukrishnan, "An improved data stream summary: the count-min sketch and its
/// applications", 2005): an item has one counter in each row, which it shares with others, so the lowest is the nearest to
/// the truth and never below it.
/// </summary>
/// <remarks>Invariant: in each row the counters sum up to what was counted.</remarks>
internal sealed class CountMinGrid : IDataValue
{
    private const int ObjectBytes = 64;
    private const int ListBytes = 32;

    /// <summary>Room for so many changes is kept from one increment to the next.</summary>
    private const int ChangesKept = 64;

    private readonly List<CounterChange> changes = [];
    private LazyArray<uint> cells;

    public CountMinGrid()
        : this(1, 1)
    {
    }

    public CountMinGrid(long width, int depth)
    {
        (Width, Depth) = (width, depth);
        cells = new LazyArray<uint>(width * depth);
    }

    private CountMinGrid(CountMinGrid source)
    {
        (Width, Depth, Count) = (source.Width, source.Depth, source.Count);
        cells = source.cells.Copy();
    }

    public KeyType Type => KeyType.CountMinSketch;

    /// <summary>Never: a sketch that was made exists, also when it has seen nothing.</summary>
    public bool IsEmpty => false;

    public long Width { get; }

    public int Depth { get; }

    /// <summary>Sum of all increments.</summary>
    public long Count { get; private set; }

    public long MemoryBytes =>
        ObjectBytes + ListBytes + cells.MemoryBytes + (changes.Capacity == 0 ? 0 : ArrayBytes.Of<CounterChange>(changes.Capacity));

    public IEffectSink? Effects { get; set; }

    public IDataValue Copy() => new CountMinGrid(this);

    /// <summary>How often an item was counted, at most.</summary>
    public uint CountOf(ItemHash item)
    {
        var least = uint.MaxValue;
        for (var row = 0; row < Depth; row++) least = Math.Min(least, cells.Read(Cell(item, row)));
        return least;
    }

    /// <summary>Counts items, all or none; false if a counter or their sum would leave its range.</summary>
    /// <param name="increments">Items with how often they were seen, at least 1.</param>
    /// <param name="counts">Takes how often each was counted, at most, after its own increment.</param>
    public bool TryIncrement(ReadOnlySpan<(ItemHash Item, long By)> increments, Span<long> counts)
    {
        var before = Count;
        for (var i = 0; i < increments.Length; i++)
        {
            if (!TryIncrement(increments[i].Item, increments[i].By, out var count))
            {
                Restore(CollectionsMarshal.AsSpan(changes), before);
                ForgetChanges();
                return false;
            }

            counts[i] = count;
        }

        Effects?.Report(new CountMinIncremented(increments.ToArray(), [.. changes], before));
        ForgetChanges();
        return true;
    }

    /// <summary>What the weighted sum of sketches would be; false if a counter or the count would leave its range.</summary>
    public bool TrySum(ReadOnlySpan<CountMinGrid> sources, ReadOnlySpan<long> weights, out CountMinContent sum)
    {
        var (summed, count) = (new LazyArray<uint>(cells.Length), Int128.Zero);
        sum = default;
        for (var i = 0; i < sources.Length; i++)
        {
            count += (Int128)sources[i].Count * weights[i];
            if (count > long.MaxValue || !TryAdd(sources[i].cells, (ulong)weights[i], summed)) return false;
        }

        sum = new CountMinContent(summed, (long)count);
        return true;
    }

    /// <summary>Puts other counters in place of all, which <see cref="TrySum"/> has made.</summary>
    public void Replace(CountMinContent content)
    {
        var before = new CountMinContent(cells, Count);
        (cells, Count) = (content.Cells, content.Count);
        Effects?.Report(new CountMinReplaced(before, content));
    }

    /// <summary>Takes back changes of counters, the last one first.</summary>
    internal void Restore(ReadOnlySpan<CounterChange> changed, long count)
    {
        for (var i = changed.Length - 1; i >= 0; i--) cells.At(changed[i].Cell) = changed[i].Before;
        Count = count;
    }

    /// <summary>The counters that are not 0, with their places.</summary>
    internal IEnumerable<(ulong Cell, uint Counter)> Cells()
    {
        for (var cell = 0UL; cell < (ulong)cells.Length; cell++)
        {
            if (cells.Read(cell) is var counter and not 0) yield return (cell, counter);
        }
    }

    public void CheckInvariants()
    {
        cells.CheckInvariants();
        var sums = new long[Depth];
        foreach (var (cell, counter) in Cells()) sums[(long)cell / Width] += counter;
        Invariant.Holds(sums.All(sum => sum == Count), "in each row the counters sum up to what was counted");
        Invariant.Holds(changes.Count == 0, "changes are known for as long as they can be taken back");
    }

    private bool TryIncrement(ItemHash item, long by, out long count)
    {
        count = uint.MaxValue;
        if (by > uint.MaxValue - CountOf(item) || Count > long.MaxValue - by) return false;
        for (var row = 0; row < Depth; row++)
        {
            var cell = Cell(item, row);
            ref var counter = ref cells.At(cell);
            if (by > uint.MaxValue - counter) return false;
            changes.Add(new CounterChange(cell, counter));
            counter += (uint)by;
            count = Math.Min(count, counter);
        }

        Count += by;
        return true;
    }

    private static bool TryAdd(LazyArray<uint> source, ulong weight, LazyArray<uint> to)
    {
        // With a weight beyond the range of a counter any counter leaves it, and the product stays within 64 bits.
        weight = Math.Min(weight, uint.MaxValue + 1UL);
        for (var page = 0; page < source.PageCount; page++)
        {
            var counters = source.Page(page);
            if (counters.IsEmpty || weight == 0) continue;
            var sums = to.PageToWrite(page);
            for (var i = 0; i < counters.Length; i++)
            {
                var sum = sums[i] + (weight * counters[i]);
                if (sum > uint.MaxValue) return false;
                sums[i] = (uint)sum;
            }
        }

        return true;
    }

    private void ForgetChanges()
    {
        changes.Clear();
        if (changes.Capacity > ChangesKept) changes.Capacity = ChangesKept;
    }

    private ulong Cell(ItemHash item, int row) => ((ulong)row * (ulong)Width) + item.Probe(row, (ulong)Width);
}

/// <summary>What a counter was before it was changed.</summary>
internal readonly record struct CounterChange(ulong Cell, uint Before);

/// <summary>All counters of a sketch, and the sum of its increments.</summary>
internal readonly record struct CountMinContent(LazyArray<uint> Cells, long Count);
