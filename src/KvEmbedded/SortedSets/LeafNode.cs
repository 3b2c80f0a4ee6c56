using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

/// <summary>
/// A run of entries in order: their scores, then the handles of their members, in one array, so that a leaf is one object
/// and few cache lines. How many entries it has is known by whoever points to it.
/// </summary>
/// <remarks>Invariant: scores past the last entry are NaN.</remarks>
internal readonly struct LeafNode(double[] cells)
{
    public double[] Cells => cells;

    public int Capacity
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)((uint)cells.Length / 3 * 2);
    }

    public ref double FirstScore => ref MemoryMarshal.GetArrayDataReference(cells);

    public Span<double> Scores => MemoryMarshal.CreateSpan(ref FirstScore, Capacity);

    public Span<uint> Handles =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<double, uint>(ref Unsafe.Add(ref FirstScore, Capacity)), Capacity);

    /// <param name="capacity">A multiple of 4.</param>
    /// <param name="isPinned">Whether the garbage collector shall never move it: it is part of something large.</param>
    public static LeafNode Create(int capacity, bool isPinned)
    {
        var leaf = new LeafNode(GC.AllocateUninitializedArray<double>(CellCount(capacity), isPinned));
        leaf.Scores.Fill(double.NaN);
        leaf.Handles.Clear();
        return leaf;
    }

    public static int CellCount(int capacity) => capacity / 2 * 3;

    /// <summary>The place of the first entry that is not below (score, member).</summary>
    public int PlaceOf(int count, double score, ReadOnlySpan<byte> member, RecordPages<ScoredMember> pages)
    {
        var below = ScoreSearch.CountBelow(ref FirstScore, count, score);
        if (below == count || Scores[below] != score) return below;

        var handles = Handles;
        var upTo = ScoreSearch.CountUpTo(ref FirstScore, count, score);
        while (below < upTo)
        {
            var middle = (below + upTo) >>> 1;
            if (pages.Member(handles[middle]).SequenceCompareTo(member) < 0) below = middle + 1;
            else upTo = middle;
        }

        return below;
    }

    public void Insert(int place, int count, double score, uint handle)
    {
        var scores = Scores;
        scores[place..count].CopyTo(scores[(place + 1)..]);
        scores[place] = score;

        var handles = Handles;
        handles[place..count].CopyTo(handles[(place + 1)..]);
        handles[place] = handle;
    }

    public void Remove(int place, int removed, int count)
    {
        Scores[(place + removed)..count].CopyTo(Scores[place..]);
        Scores[(count - removed)..count].Fill(double.NaN);
        Handles[(place + removed)..count].CopyTo(Handles[place..]);
    }

    /// <summary>Takes an entry to another place of the same leaf, with a new score; those between make room.</summary>
    public void Shift(int from, int to, double score)
    {
        var scores = Scores;
        var handles = Handles;
        var handle = handles[from];
        if (from < to)
        {
            scores[(from + 1)..(to + 1)].CopyTo(scores[from..]);
            handles[(from + 1)..(to + 1)].CopyTo(handles[from..]);
        }
        else
        {
            scores[to..from].CopyTo(scores[(to + 1)..]);
            handles[to..from].CopyTo(handles[(to + 1)..]);
        }

        scores[to] = score;
        handles[to] = handle;
    }

    /// <summary>Moves entries out of this leaf behind (or before) those of another one.</summary>
    public void MoveTo(LeafNode target, int from, int moved, int count, int targetCount, bool front)
    {
        if (front)
        {
            target.Scores[..targetCount].CopyTo(target.Scores[moved..]);
            target.Handles[..targetCount].CopyTo(target.Handles[moved..]);
            targetCount = 0;
        }

        Scores.Slice(from, moved).CopyTo(target.Scores[targetCount..]);
        Handles.Slice(from, moved).CopyTo(target.Handles[targetCount..]);
        Remove(from, moved, count);
    }

    public LeafNode Resized(int capacity, int count)
    {
        var leaf = Create(capacity, isPinned: false);
        Scores[..count].CopyTo(leaf.Scores);
        Handles[..count].CopyTo(leaf.Handles);
        return leaf;
    }
}
