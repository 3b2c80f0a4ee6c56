using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.TopKs;

/// <summary>Rows of counters, each with the fingerprint of the item that owns it. Invariant: a counter of 0 has no owner.</summary>
internal sealed class CountingCells
{
    public const int DepthMax = 64;

    private const int ObjectBytes = 32;

    private readonly LazyArray<CountingCell> cells;

    public CountingCells(int width, int depth)
    {
        (Width, Depth) = (width, depth);
        cells = new LazyArray<CountingCell>((long)width * depth);
    }

    private CountingCells(CountingCells source)
    {
        (Width, Depth) = (source.Width, source.Depth);
        cells = source.cells.Copy();
    }

    public int Width { get; }

    public int Depth { get; }

    public long MemoryBytes => ObjectBytes + cells.MemoryBytes;

    public CountingCells Copy() => new(this);

    /// <summary>What stands for an item: other bits of its hash than those that say where its cells are.</summary>
    public static uint Fingerprint(ItemHash item) => (uint)((item.First ^ item.Second) * 0x9E3779B97F4A7C15 >> 32);

    /// <summary>Where an item's cell of a row is.</summary>
    public ulong Place(ItemHash item, int row) => ((ulong)row * (ulong)Width) + item.Probe(row, (ulong)Width);

    public CountingCell Read(ulong place) => cells.Read(place);

    public void Write(ulong place, CountingCell cell) => cells.At(place) = cell;

    /// <summary>The highest of an item's own counters.</summary>
    public uint CountOf(ItemHash item)
    {
        var count = 0u;
        for (var row = 0; row < Depth; row++)
        {
            var cell = cells.Read(Place(item, row));
            if (cell.Fingerprint == Fingerprint(item)) count = Math.Max(count, cell.Count);
        }

        return count;
    }

    /// <summary>What becomes of a cell when an item comes by so many times. Counters end at their range.</summary>
    public static CountingCell Meet(CountingCell cell, uint fingerprint, uint by, DecayChances chances, Random random)
    {
        if (cell.Count == 0) return new CountingCell(fingerprint, by);
        if (cell.Fingerprint == fingerprint) return cell with { Count = cell.Count + Math.Min(by, uint.MaxValue - cell.Count) };

        var count = cell.Count;
        for (var left = by; left > 0; left--)
        {
            var chance = chances.Of(count);
            if (chance == 0) break;
            if (random.NextDouble() >= chance) continue;
            if (--count == 0) return new CountingCell(fingerprint, left);
        }

        return cell with { Count = count };
    }

    public IEnumerable<(ulong Place, CountingCell Cell)> All()
    {
        for (var place = 0UL; place < (ulong)cells.Length; place++)
        {
            if (cells.Read(place) is var cell && cell != default) yield return (place, cell);
        }
    }

    public void CheckInvariants()
    {
        cells.CheckInvariants();
        Invariant.Holds(All().All(static cell => cell.Cell.Count > 0), "a counter of 0 has no owner");
    }
}

/// <summary>A counter and whose it is.</summary>
internal readonly record struct CountingCell(uint Fingerprint, uint Count);

/// <summary>What a cell was before it was written to.</summary>
internal readonly record struct CellBefore(ulong Place, CountingCell Before);
