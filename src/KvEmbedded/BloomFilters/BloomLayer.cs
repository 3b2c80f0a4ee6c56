using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.BloomFilters;

/// <summary>
/// One Bloom filter of fixed size (B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970): an
/// item sets a few bits, and may be there if all of them are set.
/// </summary>
internal sealed class BloomLayer
{
    private const int ObjectBytes = 56;

    private readonly LazyArray<ulong> words;
    private readonly ulong bits;

    public BloomLayer(long capacity, double layerRate)
    {
        Capacity = capacity;
        HashCount = BloomSizes.Hashes(layerRate);
        bits = (ulong)BloomSizes.Bits(capacity, layerRate);
        words = new LazyArray<ulong>((long)(bits >> 6));
    }

    private BloomLayer(BloomLayer source)
    {
        Capacity = source.Capacity;
        HashCount = source.HashCount;
        Count = source.Count;
        bits = source.bits;
        words = source.words.Copy();
    }

    /// <summary>Items it is made for.</summary>
    public long Capacity { get; }

    public int HashCount { get; }

    /// <summary>Items that have set bits in it.</summary>
    public long Count { get; private set; }

    public bool IsFull => Count >= Capacity;

    public long MemoryBytes => ObjectBytes + words.MemoryBytes;

    public BloomLayer Copy() => new(this);

    public bool Contains(ItemHash item)
    {
        for (var i = 0; i < HashCount; i++)
        {
            var bit = item.Probe(i, bits);
            if ((words.Read(bit >> 6) & (1UL << (int)bit)) == 0) return false;
        }

        return true;
    }

    /// <summary>Sets the bits of an item that is not there.</summary>
    /// <param name="item">The item.</param>
    /// <param name="newBits">Takes the bits that were not set; room for <see cref="HashCount"/>.</param>
    /// <returns>How many they are.</returns>
    public int Add(ItemHash item, Span<ulong> newBits)
    {
        var found = 0;
        for (var i = 0; i < HashCount; i++)
        {
            var bit = item.Probe(i, bits);
            ref var word = ref words.At(bit >> 6);
            if ((word & (1UL << (int)bit)) != 0) continue;
            word |= 1UL << (int)bit;
            newBits[found++] = bit;
        }

        Count++;
        return found;
    }

    /// <summary>Takes back what <see cref="Add"/> did.</summary>
    public void Remove(ReadOnlySpan<ulong> newBits)
    {
        foreach (var bit in newBits) words.At(bit >> 6) &= ~(1UL << (int)bit);
        Count--;
    }

    /// <summary>A number for all its bits: two layers of the same have the same.</summary>
    public IEnumerable<ulong> Bits()
    {
        for (var bit = 0UL; bit < bits; bit++)
        {
            if ((words.Read(bit >> 6) & (1UL << (int)bit)) != 0) yield return bit;
        }
    }

    public void CheckInvariants()
    {
        words.CheckInvariants();
        Invariant.Holds(Count >= 0 && Count <= Capacity, "a layer has no more items than it is made for");
        var set = Bits().LongCount();
        Invariant.Holds(set <= Count * HashCount && set >= Math.Min(Count, 1), "each item has set one bit to one for each hash function");
    }
}
