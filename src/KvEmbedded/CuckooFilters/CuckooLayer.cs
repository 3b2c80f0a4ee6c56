using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.CuckooFilters;

/// <summary>
/// Buckets of fingerprints. Each fingerprint may lie in either of two buckets, and from the one and the fingerprint the
/// other follows, so that it can be moved without the item it was made of (partial-key cuckoo hashing).
/// </summary>
/// <remarks>Invariant: a cell of 0 is free; the buckets are a power of two.</remarks>
internal sealed class CuckooLayer
{
    private const int ObjectBytes = 40;

    private readonly LazyArray<ushort> cells;
    private readonly int bucketSize;

    public CuckooLayer(long buckets, int bucketSize)
    {
        BucketCount = buckets;
        this.bucketSize = bucketSize;
        cells = new LazyArray<ushort>(buckets * bucketSize);
    }

    private CuckooLayer(CuckooLayer source)
    {
        (BucketCount, bucketSize) = (source.BucketCount, source.bucketSize);
        cells = source.cells.Copy();
    }

    public long BucketCount { get; }

    public long MemoryBytes => ObjectBytes + cells.MemoryBytes;

    public CuckooLayer Copy() => new(this);

    /// <summary>What stands for an item: 1 to 65,535.</summary>
    public static ushort Fingerprint(ItemHash item) => (ushort)((item.Second % ushort.MaxValue) + 1);

    public ulong FirstBucket(ItemHash item) => item.First & (ulong)(BucketCount - 1);

    /// <summary>The other bucket that a fingerprint in this one may lie in. Its own inverse.</summary>
    /// <remarks>The odd distance makes the two differ wherever there are two.</remarks>
    public ulong OtherBucket(ulong bucket, ushort fingerprint) =>
        bucket ^ ((((fingerprint * 0x9E3779B97F4A7C15) >> 16) | 1) & (ulong)(BucketCount - 1));

    public ushort Read(ulong cell) => cells.Read(cell);

    public void Write(ulong cell, ushort fingerprint) => cells.At(cell) = fingerprint;

    /// <summary>The first cell of a bucket that holds this, or -1. With 0: a free one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Find(ulong bucket, ushort fingerprint)
    {
        var cell = bucket * (ulong)bucketSize;
        for (var i = 0; i < bucketSize; i++, cell++)
        {
            if (cells.Read(cell) == fingerprint) return (long)cell;
        }

        return -1;
    }

    /// <summary>A cell that an item's fingerprint may lie in and that holds <paramref name="content"/>, or -1.</summary>
    public long FindFor(ItemHash item, ushort content)
    {
        var bucket = FirstBucket(item);
        var cell = Find(bucket, content);
        return cell >= 0 ? cell : Find(OtherBucket(bucket, Fingerprint(item)), content);
    }

    /// <summary>How many cells that an item's fingerprint may lie in hold it.</summary>
    public int Count(ItemHash item)
    {
        var fingerprint = Fingerprint(item);
        var bucket = FirstBucket(item);
        var other = OtherBucket(bucket, fingerprint);
        return Count(bucket, fingerprint) + (other == bucket ? 0 : Count(other, fingerprint));
    }

    /// <summary>All cells that are not free.</summary>
    public IEnumerable<(ulong Cell, ushort Fingerprint)> Cells()
    {
        for (var cell = 0UL; cell < (ulong)cells.Length; cell++)
        {
            if (cells.Read(cell) is var fingerprint and not 0) yield return (cell, fingerprint);
        }
    }

    public void CheckInvariants()
    {
        cells.CheckInvariants();
        Invariant.Holds(System.Numerics.BitOperations.IsPow2(BucketCount), "buckets are a power of two");
        Invariant.Holds(cells.Length == BucketCount * bucketSize, "each bucket has its cells");
    }

    private int Count(ulong bucket, ushort fingerprint)
    {
        var count = 0;
        var cell = bucket * (ulong)bucketSize;
        for (var i = 0; i < bucketSize; i++, cell++)
        {
            if (cells.Read(cell) == fingerprint) count++;
        }

        return count;
    }
}
