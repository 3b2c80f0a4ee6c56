namespace KvEmbedded.Records;

internal sealed partial class RecordIndex<TRecord>
{
    /// <summary>
    /// Collects handles in the order of their hashes: those with a hash of at least <paramref name="from"/>, at least one
    /// handle if there is one within reach, at most about <paramref name="count"/>, and all of equal hash together.
    /// </summary>
    /// <returns>The lowest hash that was not looked at; 0 when all were.</returns>
    public uint Scan(uint from, int count, List<uint> handles)
    {
        // So many slots at most, so that a scan of a nearly empty index does not take long either.
        var budget = (4L * count) + SlotCount;
        while (true)
        {
            ref readonly var segment = ref directory[DirectoryAt(from)];
            var end = SegmentEnd(from, segment.Depth);
            if (TryScan(segment, ref from, count, handles, ref budget)) return from;
            if (end > uint.MaxValue) return 0;
            from = (uint)end;
            if (handles.Count >= count || budget <= 0) return from;
        }
    }

    /// <summary>The first hash behind the segment; 2 to the power of 32 for the last one.</summary>
    private static ulong SegmentEnd(uint hash, int depth)
    {
        var width = 1UL << (32 - depth);
        return (hash & ~(width - 1)) + width;
    }

    /// <summary>Collects from one segment. True if the page is full; <paramref name="from"/> is then where to go on.</summary>
    private bool TryScan(in Segment segment, ref uint from, int count, List<uint> handles, ref long budget)
    {
        var slots = segment.Slots;
        uint? last = null;
        for (var at = Home(from, segment.Depth); at < slots.Length; at++, budget--)
        {
            var entry = slots[at];
            if (entry == 0 || HashOf(entry) < from) continue;
            if (handles.Count >= count && last != HashOf(entry))
            {
                from = HashOf(entry);
                return true;
            }

            handles.Add((uint)entry);
            last = HashOf(entry);
        }

        return false;
    }
}
