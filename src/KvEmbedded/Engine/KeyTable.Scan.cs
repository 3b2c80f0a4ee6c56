using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KvEmbedded.Engine;

// Walks over the keys, without any state between calls. Loop only.
internal sealed partial class KeyTable
{
    /// <summary>Most segments looked at for one page, so that a page is short even where keys are few.</summary>
    private const int SegmentsPerPageMax = 64;

    /// <summary>Failed throws before a random key is found by counting instead.</summary>
    private const int ThrowsMax = 64;

    private readonly List<(uint Tag, object Owner)> page = [];

    /// <summary>
    /// One page of the keys in the order of their tags. The order never changes, whatever splits, merges or deletes happen
    /// between pages: a key that is there from the first page to the last is returned exactly once.
    /// </summary>
    /// <param name="from">0 to begin, then what the call before returned.</param>
    /// <param name="keys">How many keys are wanted. A page may have fewer, even none, or more where tags are equal.</param>
    /// <param name="owners">The page is added to it.</param>
    /// <returns>Where to go on; 0 at the end.</returns>
    public uint Scan(uint from, int keys, List<object> owners)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keys, 1);
        ulong at = from;
        for (var visited = 0; visited < SegmentsPerPageMax && keys > 0 && at <= uint.MaxValue; visited++)
        {
            var upTo = EndOfStep((uint)at, keys);
            Collect((uint)at, upTo);
            var sorted = CollectionsMarshal.AsSpan(page);
            sorted.Sort(static (left, right) => left.Tag.CompareTo(right.Tag));

            var taken = Math.Min(keys, sorted.Length);
            while (taken < sorted.Length && sorted[taken].Tag == sorted[taken - 1].Tag) taken++;
            foreach (var (_, owner) in sorted[..taken]) owners.Add(owner);
            at = taken < sorted.Length ? sorted[taken].Tag : upTo + 1UL;
            keys -= taken;
            page.Clear();
        }

        if (page.Capacity > SegmentSlots) page.TrimExcess();
        return at > uint.MaxValue ? 0 : (uint)at;
    }

    /// <summary>A key by lot, each with the same chance.</summary>
    /// <remarks>
    /// Expected O(1): a directory entry by lot (so deep segments come too rarely: shallow ones are refused in proportion),
    /// then a slot by lot. Where that fails too often, O(segments): the n-th key, n by lot. Both are uniform, so their
    /// mixture is.
    /// </remarks>
    public bool TryRandom(Random random, out KeyLocation location)
    {
        location = default;
        if (count == 0) return false;

        // A throw cannot hit a key in a linked array.
        var throws = arrays == segments ? ThrowsMax : 0;
        while (throws-- > 0)
        {
            if (TryThrow(random, out location)) return true;
        }

        location = At(random.Next(count));
        return true;
    }

    private bool TryThrow(Random random, out KeyLocation location)
    {
        var entry = random.Next(directory.Length);
        var segment = directory[entry];
        var index = random.Next(SegmentSlots);
        ref var slot = ref segment[index];
        location = new KeyLocation(segment, index, slot.Tag, slot.Ref);
        if (slot.Tag <= Tombstone) return false;

        // A segment that several entries lead to is accepted from the first alone.
        return (entry & (EntriesOf(infos[entry].Depth) - 1)) == 0;
    }

    private KeyLocation At(int ordinal)
    {
        for (var entry = 0; entry < directory.Length; entry += EntriesOf(infos[entry].Depth))
        {
            if (ordinal >= infos[entry].Live)
            {
                ordinal -= infos[entry].Live;
                continue;
            }

            for (var array = directory[entry]; array is not null; array = Next(array))
            {
                for (var index = 0; index < SegmentSlots; index++)
                {
                    ref var slot = ref array[index];
                    if (slot.Tag > Tombstone && ordinal-- == 0)
                        return new KeyLocation(array, index, slot.Tag, slot.Ref);
                }
            }
        }

        throw new UnreachableException("The counts of the segments are wrong.");
    }

    /// <summary>
    /// How far to look in the segment of a tag: tags are spread evenly, so a part of its range holds about as many keys as
    /// are wanted, and only those need sorting.
    /// </summary>
    private uint EndOfStep(uint from, int keys)
    {
        var info = infos[FirstEntryOf(from)];
        var range = 1UL << (32 - info.Depth);
        var end = (from | (range - 1));
        var step = info.Live <= 2 * (long)keys ? range : range * (ulong)keys / (ulong)info.Live;
        return (uint)Math.Min(end, from + step);
    }

    /// <summary>Gathers the keys of one segment whose tags are in a range.</summary>
    private void Collect(uint from, uint upTo)
    {
        for (var array = SegmentOf(directory, from); array is not null; array = Next(array))
        {
            foreach (ref readonly var slot in array.AsSpan(0, SegmentSlots))
            {
                if (slot.Tag > Tombstone && slot.Tag - from <= upTo - from) page.Add((slot.Tag, slot.Ref!));
            }
        }
    }
}
