using KvEmbedded.Engine;

namespace KvEmbedded.Records;

internal sealed partial class RecordIndex<TRecord>
{
    /// <summary>Makes a segment that is full larger, or splits it, or lets what its last homes displace reach further.</summary>
    private void MakeRoom(uint hash)
    {
        var at = FirstAlias(hash);
        var entries = Entries(directory[at].Slots);
        if (directoryBits == 0 && homeBits < homeBitsMax)
        {
            homeBits++;
            Replace(at, 0, Place(entries, 0));
        }
        else if (directory[at].Depth < depthMax)
        {
            Split(at, entries);
        }
        else
        {
            Replace(at, directory[at].Depth, Place(entries, directory[at].Depth, directory[at].Slots.Length * 2));
        }
    }

    /// <summary>Past the greatest depth a segment takes more than its share, for as long as it has slots.</summary>
    private bool TryPlaceLonger(ref Segment segment, ulong entry)
    {
        if (!TryPlace(segment.Slots, Home(HashOf(entry), segment.Depth), entry)) return false;
        segment.Count++;
        return true;
    }

    private void Split(int at, ReadOnlySpan<ulong> entries)
    {
        var depth = directory[at].Depth;
        if (depth == directoryBits)
        {
            DoubleDirectory();
            at *= 2;
        }

        // Entries ascend by hash: the next bit parts them at one place.
        depth++;
        var bit = 1u << (32 - depth);
        var low = 0;
        while (low < entries.Length && (HashOf(entries[low]) & bit) == 0) low++;

        MemoryBytes -= ArrayBytes.Of(directory[at].Slots);
        Set(at, depth, low, Place(entries[..low], depth));
        Set(at + Aliases(depth), depth, entries.Length - low, Place(entries[low..], depth));
        if (depth == directoryBits) deepest += 2;
    }

    private void DoubleDirectory()
    {
        var doubled = new Segment[directory.Length * 2];
        for (var at = 0; at < directory.Length; at++) doubled[2 * at] = doubled[(2 * at) + 1] = directory[at];
        SetDirectory(doubled, directoryBits + 1);
        deepest = 0;
    }

    /// <summary>Joins a sparse segment with the one it was split from, or makes the only one smaller.</summary>
    private void GiveBackRoom(uint hash)
    {
        var at = FirstAlias(hash);
        var (depth, count) = (directory[at].Depth, directory[at].Count);
        if (depth == 0)
        {
            if (directoryBits > 0 || homeBits <= Math.Min(HomeBitsStart, homeBitsMax)) return;
            homeBits--;
            Replace(at, 0, Place(Entries(directory[at].Slots), 0));
            return;
        }

        var low = at & ~Aliases(depth);
        var high = low | Aliases(depth);
        if (directory[low].Depth != depth || directory[high].Depth != depth) return;
        var total = directory[low].Count + directory[high].Count;
        if (total > CountMax / 2) return;

        var joined = new ulong[total];
        Entries(directory[low].Slots).CopyTo(joined);
        Entries(directory[high].Slots).CopyTo(joined.AsSpan(directory[low].Count));
        MemoryBytes -= ArrayBytes.Of(directory[low].Slots) + ArrayBytes.Of(directory[high].Slots);
        Set(low, depth - 1, total, Place(joined, depth - 1));
        if (depth < directoryBits) return;

        deepest -= 2;
        while (deepest == 0 && directoryBits > 0) HalveDirectory();
        if (directoryBits == 0) longest = directory[0].Slots.Length;
    }

    private void HalveDirectory()
    {
        var halved = new Segment[directory.Length / 2];
        for (var at = 0; at < halved.Length; at++) halved[at] = directory[2 * at];
        SetDirectory(halved, directoryBits - 1);
        for (var at = 0; at < halved.Length; at++)
        {
            if (halved[at].Depth == directoryBits) deepest++;
        }
    }

    private void SetDirectory(Segment[] segments, int bits)
    {
        MemoryBytes += ArrayBytes.Of(segments) - ArrayBytes.Of(directory);
        directory = segments;
        directoryBits = bits;
    }

    private void Replace(int at, int depth, ulong[] slots)
    {
        MemoryBytes -= ArrayBytes.Of(directory[at].Slots);
        Set(at, depth, directory[at].Count, slots);
    }

    private void Set(int at, int depth, int count, ulong[] slots)
    {
        MemoryBytes += ArrayBytes.Of(slots);
        longest = directoryBits == 0 ? slots.Length : Math.Max(longest, slots.Length);
        directory.AsSpan(at, Aliases(depth)).Fill(new Segment { Slots = slots, Count = count, Depth = depth });
    }

    /// <summary>The entries of slots that are about to be dropped, without the gaps.</summary>
    private static Span<ulong> Entries(ulong[] slots)
    {
        var count = 0;
        foreach (var entry in slots)
        {
            if (entry != 0) slots[count++] = entry;
        }

        return slots.AsSpan(0, count);
    }

    /// <summary>New slots with these ascending entries, each as near behind its home as the ones before it allow.</summary>
    private ulong[] Place(ReadOnlySpan<ulong> entries, int depth, int slotsMin = 0)
    {
        var last = -1;
        foreach (var entry in entries) last = Math.Max(last + 1, Home(HashOf(entry), depth));

        var length = Math.Max(Math.Max(SlotCount, slotsMin), last + 2);
        var slots = GC.AllocateArray<ulong>(length, pinned: directoryBits >= PinnedFromBits);
        last = -1;
        foreach (var entry in entries) slots[last = Math.Max(last + 1, Home(HashOf(entry), depth))] = entry;
        return slots;
    }
}
