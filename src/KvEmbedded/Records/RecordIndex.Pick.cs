namespace KvEmbedded.Records;

internal sealed partial class RecordIndex<TRecord>
{
    /// <summary>The handle of a record by chance, each as likely as any other. O(1) expected. The index is not empty.</summary>
    /// <remarks>
    /// By rejection: a place of the directory, taken only if it is the first alias of its segment, and a place among as many
    /// slots as the longest segment has; until a record lies there. So each slot is as likely as any other.
    /// </remarks>
    public uint Pick(Random random)
    {
        while (true)
        {
            var at = random.Next(directory.Length);
            ref readonly var segment = ref directory[at];
            if ((at & (Aliases(segment.Depth) - 1)) != 0) continue;
            var slot = random.Next(longest);
            if ((uint)slot < (uint)segment.Slots.Length && segment.Slots[slot] != 0) return (uint)segment.Slots[slot];
        }
    }
}
