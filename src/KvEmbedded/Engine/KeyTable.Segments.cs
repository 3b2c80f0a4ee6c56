using System.Diagnostics;

namespace KvEmbedded.Engine;

// How the table grows and shrinks: a segment at a time. New arrays are filled first, then published, and only then
// does the writer go on; arrays that were replaced are never written again.
internal sealed partial class KeyTable
{
    /// <summary>First directory entry of the segment that a tag belongs to.</summary>
    private int FirstEntryOf(uint tag)
    {
        var entry = (int)((ulong)tag >> (32 - depth));
        return entry & -EntriesOf(infos[entry].Depth);
    }

    /// <summary>How many directory entries lead to a segment of this depth.</summary>
    private int EntriesOf(int segmentDepth) => 1 << (depth - segmentDepth);

    /// <summary>Rebuilds or splits the full segment of a tag until it is no longer full, or nothing helps any more.</summary>
    /// <returns>True if slots have moved.</returns>
    private bool MakeRoom(uint tag)
    {
        var moved = false;
        while (true)
        {
            var first = FirstEntryOf(tag);
            var info = infos[first];
            if (info.Used < fullAt) return moved;

            if (info.Live <= fullAt * 3 / 4) Rebuild(first);
            else if (info.Depth < depth) Split(first);
            else if (count * (long)DirectoryExcessMax >= directory.Length * (long)fullAt) SplitDeepest(first);
            else return moved;

            moved = true;
        }
    }

    /// <summary>Leaves tombstones behind, and links where they are no longer needed.</summary>
    private void Rebuild(int first)
    {
        var old = directory[first];
        var fresh = NewArray();
        var live = Take(old, fresh, 0, 0);
        arrays -= LengthOf(old);
        Publish(first, infos[first].Depth, fresh, live);
    }

    private void SplitDeepest(int first)
    {
        DoubleDirectory();
        Split(2 * first);
    }

    /// <summary>Replaces a segment by two, one for each value of the next bit.</summary>
    private void Split(int first)
    {
        var segmentDepth = infos[first].Depth + 1;
        Debug.Assert(segmentDepth <= depth, "The directory tells the halves apart.");

        var old = directory[first];
        var bit = 1u << (32 - segmentDepth);
        var (low, high) = (NewArray(), NewArray());
        var lowLive = Take(old, low, bit, 0);
        var highLive = Take(old, high, bit, bit);
        arrays -= LengthOf(old);
        segments++;
        if (segmentDepth == depth) deepest += 2;
        Publish(first, segmentDepth, low, lowLive);
        Publish(first + EntriesOf(segmentDepth), segmentDepth, high, highLive);
    }

    /// <summary>Merges the segment of a tag with its buddy for as long as both together are sparse; drops links.</summary>
    private void Shrink(uint tag)
    {
        var first = FirstEntryOf(tag);
        if (infos[first].Used >= SegmentSlots) Rebuild(first);
        while (TryMerge(first))
        {
            if (deepest == 0) HalveDirectory();
            first = FirstEntryOf(tag);
        }
    }

    private bool TryMerge(int first)
    {
        var segmentDepth = infos[first].Depth;
        if (segmentDepth == 0) return false;

        var buddy = first ^ EntriesOf(segmentDepth);
        if (infos[buddy].Depth != segmentDepth || infos[first].Live + infos[buddy].Live > sparseAt) return false;

        var (left, right) = (directory[first], directory[buddy]);
        var merged = NewArray();
        var live = Take(left, merged, 0, 0) + Take(right, merged, 0, 0);
        arrays -= LengthOf(left) + LengthOf(right);
        segments--;
        if (segmentDepth == depth) deepest -= 2;
        Publish(Math.Min(first, buddy), segmentDepth - 1, merged, live);
        return true;
    }

    /// <summary>
    /// Puts the keys of a segment whose masked tag is <paramref name="wanted"/> into an array that nobody sees yet.
    /// Returns how many these are.
    /// </summary>
    private int Take(Slot[] old, Slot[] fresh, uint mask, uint wanted)
    {
        var live = 0;
        for (var array = old; array is not null; array = Next(array))
        {
            foreach (ref readonly var slot in array.AsSpan(0, SegmentSlots))
            {
                if (slot.Tag <= Tombstone || (slot.Tag & mask) != wanted) continue;

                Place(fresh, slot);
                live++;
            }
        }

        return live;
    }

    private void Place(Slot[] array, in Slot slot)
    {
        while (true)
        {
            var home = (int)Home(slot.Tag);
            var at = home;
            do
            {
                if (array[at].Tag == Empty)
                {
                    array[at] = slot;
                    return;
                }

                at = After(at);
            }
            while (at != home);

            if (Next(array) is not { } next) array[SegmentSlots].Ref = next = NewArray();
            array = next;
        }
    }

    /// <summary>Lets all directory entries of a range lead to a filled segment.</summary>
    private void Publish(int first, int segmentDepth, Slot[] segment, int live)
    {
        for (var entry = first; entry < first + EntriesOf(segmentDepth); entry++)
        {
            infos[entry].Depth = segmentDepth;
            Volatile.Write(ref directory[entry], segment);
        }

        infos[first] = new SegmentInfo { Live = live, Used = live, Depth = segmentDepth };
    }

    private void DoubleDirectory()
    {
        var (old, oldInfos) = (directory, infos);
        var doubled = new Slot[old.Length * 2][];
        var doubledInfos = new SegmentInfo[old.Length * 2];
        for (var entry = 0; entry < doubled.Length; entry++)
        {
            doubled[entry] = old[entry / 2];
            doubledInfos[entry] = oldInfos[entry / 2];
        }

        depth++;
        deepest = 0;
        infos = doubledInfos;
        directory = doubled;
    }

    private void HalveDirectory()
    {
        var (old, oldInfos) = (directory, infos);
        var halved = new Slot[old.Length / 2][];
        var halvedInfos = new SegmentInfo[old.Length / 2];
        depth--;
        for (var entry = 0; entry < halved.Length; entry++)
        {
            halved[entry] = old[entry * 2];
            halvedInfos[entry] = oldInfos[entry * 2];
            if (halvedInfos[entry].Depth == depth) deepest++;
        }

        infos = halvedInfos;
        directory = halved;
    }

    private static int LengthOf(Slot[] chain)
    {
        var length = 0;
        for (var array = chain; array is not null; array = Next(array)) length++;
        return length;
    }
}
