using System.Numerics;
using System.Runtime.InteropServices;
using KvEmbedded.Engine;

namespace KvEmbedded.TopKs;

/// <summary>
/// The listed items, in no order: a search looks at their fingerprints, many at a time. They are few beside the items that
/// are counted.
/// </summary>
/// <remarks>Invariant: <c>least</c> is the first of those with the lowest count once the list is full, else -1.</remarks>
internal sealed class TopList
{
    private const int ObjectBytes = 72;

    private readonly uint[] fingerprints;
    private readonly uint[] counts;
    private readonly byte[][] items;
    private int length;
    private int least = -1;
    private long itemBytes;

    public TopList(int capacity)
    {
        fingerprints = new uint[capacity];
        counts = new uint[capacity];
        items = new byte[capacity][];
    }

    private TopList(TopList source)
    {
        (fingerprints, counts) = ((uint[])source.fingerprints.Clone(), (uint[])source.counts.Clone());
        items = Array.ConvertAll(source.items, static item => (byte[])item?.Clone()!);
        (length, least, itemBytes) = (source.length, source.least, source.itemBytes);
    }

    public int Capacity => counts.Length;

    public long MemoryBytes =>
        ObjectBytes + ArrayBytes.Of(fingerprints) + ArrayBytes.Of(counts) + ArrayBytes.Of(items) + itemBytes;

    public TopList Copy() => new(this);

    public uint CountAt(int slot) => counts[slot];

    /// <summary>The slot of an item, or -1.</summary>
    public int Find(ReadOnlySpan<byte> item, uint fingerprint)
    {
        for (var from = 0; from < length;)
        {
            var at = fingerprints.AsSpan(from, length - from).IndexOf(fingerprint);
            if (at < 0) return -1;
            if (items[from + at].AsSpan().SequenceEqual(item)) return from + at;
            from += at + 1;
        }

        return -1;
    }

    /// <summary>Lists an item with its count, if it is listed already, there is room, or another has a lower count.</summary>
    public Listing Note(ReadOnlySpan<byte> item, uint fingerprint, uint count)
    {
        var slot = Find(item, fingerprint);
        if (slot >= 0)
        {
            if (count <= counts[slot]) return Listing.None;
            var listing = new Listing(slot, ListingKind.Counted, items[slot], counts[slot]);
            counts[slot] = count;
            if (slot == least) FindLeast();
            return listing;
        }

        if (count == 0) return Listing.None;
        if (length < Capacity)
        {
            Put(length++, item.ToArray(), count);
            if (length == Capacity) FindLeast();
            return new Listing(length - 1, ListingKind.Appended, null, 0);
        }

        if (count <= counts[least]) return Listing.None;
        var expelled = new Listing(least, ListingKind.Replaced, items[least], counts[least]);
        itemBytes -= ArrayBytes.Of(items[least]);
        Put(least, item.ToArray(), count);
        FindLeast();
        return expelled;
    }

    /// <summary>Takes back what <see cref="Note"/> did.</summary>
    public void Restore(Listing listing)
    {
        if (listing.Slot < 0) return;
        if (listing.Kind == ListingKind.Counted)
        {
            counts[listing.Slot] = listing.Count;
        }
        else
        {
            itemBytes -= ArrayBytes.Of(items[listing.Slot]);
            if (listing.Kind == ListingKind.Appended)
            {
                length--;
                (items[length], counts[length], fingerprints[length]) = (null!, 0, 0);
            }
            else
            {
                Put(listing.Slot, listing.Item!, listing.Count);
            }
        }

        FindLeast();
    }

    public List<(byte[] Item, uint Count)> InOrder()
    {
        var entries = new List<(byte[] Item, uint Count)>(length);
        for (var slot = 0; slot < length; slot++) entries.Add((items[slot], counts[slot]));
        entries.Sort(static (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Item.AsSpan().SequenceCompareTo(b.Item));
        return entries;
    }

    public void CheckInvariants()
    {
        Invariant.Holds(items.Take(length).All(static item => item is not null) && items.Skip(length).All(static item => item is null), "listed items are first");
        Invariant.Holds(itemBytes == items.Take(length).Sum(static item => ArrayBytes.Of(item)), "items are accounted");
        Invariant.Holds(counts.Take(length).All(static count => count > 0), "a listed item was seen");
        Invariant.Holds(least == (length < Capacity ? -1 : counts.IndexOf(counts.Min())), "the least is known");
        Invariant.Holds(
            items.Take(length).Select((item, i) => fingerprints[i] == CountingCells.Fingerprint(ItemHash.Of(item))).All(static same => same),
            "fingerprints are those of the items");
    }

    private void Put(int slot, byte[] item, uint count)
    {
        (items[slot], counts[slot], fingerprints[slot]) = (item, count, CountingCells.Fingerprint(ItemHash.Of(item)));
        itemBytes += ArrayBytes.Of(item);
    }

    private void FindLeast()
    {
        least = -1;
        if (length < Capacity) return;
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(counts);
        var lowest = uint.MaxValue;
        if (vectors.Length > 0)
        {
            var low = vectors[0];
            foreach (var vector in vectors[1..]) low = Vector.Min(low, vector);
            for (var i = 0; i < Vector<uint>.Count; i++) lowest = Math.Min(lowest, low[i]);
        }

        foreach (var count in counts.AsSpan(vectors.Length * Vector<uint>.Count)) lowest = Math.Min(lowest, count);
        least = counts.AsSpan().IndexOf(lowest);
    }
}

/// <summary>What became of the list: which slot, how it was changed, and what was there before.</summary>
internal readonly record struct Listing(int Slot, ListingKind Kind, byte[]? Item, uint Count)
{
    public static Listing None { get; } = new(-1, ListingKind.Counted, null, 0);

    public byte[]? Expelled => Kind == ListingKind.Replaced ? Item : null;
}

/// <summary>How a slot of the list was changed.</summary>
internal enum ListingKind
{
    /// <summary>Its count was raised.</summary>
    Counted,

    /// <summary>It is new.</summary>
    Appended,

    /// <summary>Another item has taken it.</summary>
    Replaced,
}
