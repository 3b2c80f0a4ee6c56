using System.Diagnostics;

namespace KvEmbedded.Engine;

internal sealed partial class KeyTable
{
    /// <summary>Asserts every invariant; tests call it. O(keys). Loop only.</summary>
    public void CheckInvariants()
    {
        var (keys, bytes, arrayCount, segmentCount, deep) = (0, 0L, 0, 0, 0);
        Require(directory.Length == 1 << depth && infos.Length == directory.Length, "directory length");
        for (var first = 0; first < directory.Length; first += EntriesOf(infos[first].Depth))
        {
            var info = infos[first];
            Require(info.Depth <= depth && first % EntriesOf(info.Depth) == 0, "the range of a segment");
            for (var entry = first; entry < first + EntriesOf(info.Depth); entry++)
            {
                Require(ReferenceEquals(directory[entry], directory[first]), "one segment in all entries of its range");
                Require(infos[entry].Depth == info.Depth, "one depth in all entries of a range");
            }

            var (live, used) = CheckSegment(directory[first], first, info.Depth, ref bytes);
            Require(live == info.Live && used == info.Used, "the counts of a segment");
            keys += live;
            arrayCount += LengthOf(directory[first]);
            segmentCount++;
            if (info.Depth == depth) deep++;
        }

        Require(keys == count && bytes == ownerBytes, "the counts of the table");
        Require(arrayCount == arrays && segmentCount == segments && deep == deepest, "the counts of segments");
        Require(depth == 0 || deepest > 0, "no directory that is longer than its deepest segment needs");
    }

    private (int Live, int Used) CheckSegment(Slot[] segment, int first, int segmentDepth, ref long bytes)
    {
        var (live, used) = (0, 0);
        for (var array = segment; array is not null; array = Next(array))
        {
            Require(array[SegmentSlots].Tag == Empty, "the end of an array looks empty");
            for (var index = 0; index < SegmentSlots; index++)
            {
                ref var slot = ref array[index];
                if (slot.Tag == Empty)
                {
                    Require(Next(array) is null, "only a full array has a link");
                    Require(array[Before(index)].Tag != Tombstone, "no tombstone before an empty slot");
                }

                if (slot.Tag != Empty) used++;
                Require(slot.Tag > Tombstone == slot.Ref is not null, "a tag for each owner");
                if (slot.Ref is null) continue;

                live++;
                bytes += MemoryOf(slot.Ref);
                var high = (ulong)slot.Tag >> (32 - segmentDepth);
                Require(high == (ulong)first >> (depth - segmentDepth), "a key stands in the segment of its tag");
                Require(
                    TryFind(KeyOf(slot.Ref), slot.Tag, out var found) && ReferenceEquals(found.Owner, slot.Ref),
                    "a key is found where it stands");
            }
        }

        return (live, used);
    }

    private static void Require(bool holds, string invariant)
    {
        if (!holds) throw new UnreachableException($"The key table is broken: {invariant}.");
    }
}
