using KvEmbedded.Engine;

namespace KvEmbedded.Records;

internal sealed partial class RecordIndex<TRecord>
{
    /// <summary>Asserts every invariant of the index; that it finds each record is its owner's to check.</summary>
    public void CheckInvariants(int count)
    {
        var bytes = ObjectBytes + ArrayBytes.Of(directory);
        var (total, deep) = (0, 0);
        for (var at = 0; at < directory.Length; at += Aliases(directory[at].Depth))
        {
            var segment = directory[at];
            bytes += ArrayBytes.Of(segment.Slots);
            total += segment.Count;
            if (segment.Depth == directoryBits) deep++;
            foreach (var alias in directory.AsSpan(at, Aliases(segment.Depth)))
            {
                Invariant.Holds(alias.Slots == segment.Slots && alias.Depth == segment.Depth, "aliases are alike");
            }

            CheckSegment(segment, (uint)((ulong)at << (32 - directoryBits)));
        }

        Invariant.Holds(directory.Length == 1 << directoryBits, "the directory has a place for each prefix");
        Invariant.Holds(total == count, "the index has each record");
        Invariant.Holds(deep == deepest && deepest > 0, "the deepest segments are counted");
        Invariant.Holds(bytes == MemoryBytes, "the memory of the index is accounted");
    }

    private void CheckSegment(Segment segment, uint firstHash)
    {
        var (slots, found) = (segment.Slots, 0);
        Invariant.Holds(slots[^1] == 0, "the last slot is empty");
        Invariant.Holds(directoryBits == 0 ? slots.Length == longest : slots.Length <= longest, "the longest segment is known");
        for (var at = 0; at < slots.Length; at++)
        {
            if (slots[at] == 0) continue;

            var hash = HashOf(slots[at]);
            var home = Home(hash, segment.Depth);
            found++;
            Invariant.Holds(hash >= firstHash && hash < SegmentEnd(firstHash, segment.Depth), "an entry is in its segment");
            Invariant.Holds(home <= at, "an entry is not before its home");
            Invariant.Holds(!slots.AsSpan(home, at - home).Contains(0UL), "there is no gap from home to entry");
            Invariant.Holds(at == 0 || slots[at - 1] == 0 || HashOf(slots[at - 1]) <= hash, "entries ascend by hash");
        }

        Invariant.Holds(found == segment.Count, "a segment counts its entries");
    }
}
