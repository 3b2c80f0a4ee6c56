using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

/// <summary>
/// An inner node: children, the number of entries under each, and the key (score and handle) of the first entry of each
/// child but the first. Keys and sizes share one array: scores, then handles, then sizes.
/// </summary>
/// <remarks>
/// Invariant: key i, i > 0, is exactly the first entry under child i; the score of key 0 and of keys past the last is NaN.
/// </remarks>
internal sealed class InnerNode
{
    public const int ObjectBytes = 40;

    private const int CapacityStart = 4;

    private double[] cells;
    private object?[] children;

    public InnerNode(int capacity)
    {
        cells = new double[capacity * 2];
        children = new object?[capacity];
        Scores.Fill(double.NaN);
    }

    private InnerNode(InnerNode source)
    {
        cells = (double[])source.cells.Clone();
        children = (object?[])source.children.Clone();
        Count = source.Count;
    }

    public int Count { get; private set; }

    public int Capacity => children.Length;

    public ref double FirstScore => ref MemoryMarshal.GetArrayDataReference(cells);

    public Span<double> Scores => MemoryMarshal.CreateSpan(ref FirstScore, Capacity);

    public Span<uint> Handles => MemoryMarshal.CreateSpan(ref FirstHandle, Capacity);

    public Span<int> Sizes => MemoryMarshal.CreateSpan(ref FirstSize, Capacity);

    public ReadOnlySpan<object?> Children => children;

    private ref uint FirstHandle => ref Unsafe.As<double, uint>(ref Unsafe.Add(ref FirstScore, Capacity));

    private ref int FirstSize => ref Unsafe.As<double, int>(ref Unsafe.Add(ref FirstScore, Capacity + (Capacity / 2)));

    public static InnerNode Above(object child, int size)
    {
        var node = new InnerNode(CapacityStart) { Count = 1 };
        node.children[0] = child;
        node.Sizes[0] = size;
        return node;
    }

    public InnerNode Inner(int at) => Unsafe.As<InnerNode>(children[at]!);

    public LeafNode Leaf(int at) => new(Unsafe.As<double[]>(children[at]!));

    public long MemoryBytes => ObjectBytes + ArrayBytes.Of(cells) + ArrayBytes.Of(children);

    public int SizeBefore(int child) => ScoreSearch.Sum(ref FirstSize, child);

    /// <summary>The child under which (score, member) lies or would lie.</summary>
    public int ChildOf(double score, ReadOnlySpan<byte> member, RecordPages<ScoredMember> pages)
    {
        var child = ScoreSearch.CountBelow(ref FirstScore, Count, score);
        if (child + 1 >= Count || Scores[child + 1] != score) return child;

        var last = ScoreSearch.CountUpTo(ref FirstScore, Count, score);
        while (child < last)
        {
            var middle = (child + last + 1) >>> 1;
            if (pages.Member(Handles[middle]).SequenceCompareTo(member) <= 0) child = middle;
            else last = middle - 1;
        }

        return child;
    }

    /// <summary>The child that holds the entry of this rank; the rank becomes the one inside that child.</summary>
    public int ChildAt(ref int rank)
    {
        var sizes = Sizes;
        var child = 0;
        for (var last = Count - 1; child < last && rank >= sizes[child]; child++) rank -= sizes[child];
        return child;
    }

    public void SetKey(int at, double score, uint handle)
    {
        Scores[at] = score;
        Handles[at] = handle;
    }

    public void SetChild(int at, object child) => children[at] = child;

    public void InsertChild(int at, double score, uint handle, int size, object child)
    {
        Scores[at..Count].CopyTo(Scores[(at + 1)..]);
        Handles[at..Count].CopyTo(Handles[(at + 1)..]);
        Sizes[at..Count].CopyTo(Sizes[(at + 1)..]);
        Array.Copy(children, at, children, at + 1, Count - at);
        SetKey(at, score, handle);
        Sizes[at] = size;
        children[at] = child;
        Count++;
    }

    /// <summary>Removes a child that is not the first.</summary>
    public void RemoveChild(int at)
    {
        Scores[(at + 1)..Count].CopyTo(Scores[at..]);
        Handles[(at + 1)..Count].CopyTo(Handles[at..]);
        Sizes[(at + 1)..Count].CopyTo(Sizes[at..]);
        Array.Copy(children, at + 1, children, at, Count - at - 1);
        Count--;
        Scores[Count] = double.NaN;
        children[Count] = null;
    }

    /// <summary>Moves the last children of this node before those of its right neighbour.</summary>
    /// <param name="right">The neighbour; it may be empty.</param>
    /// <param name="moved">How many, less than all.</param>
    /// <param name="between">The key of the right neighbour in their parent; becomes that of the new first child there.</param>
    /// <returns>How many entries moved.</returns>
    public int MoveRight(InnerNode right, int moved, ref (double Score, uint Handle) between)
    {
        var from = Count - moved;
        var size = 0;
        right.MakeRoomInFront(moved);
        if (right.Count > 0) right.SetKey(moved, between.Score, between.Handle);
        between = (Scores[from], Handles[from]);
        for (var i = 0; i < moved; i++)
        {
            if (i > 0) right.SetKey(i, Scores[from + i], Handles[from + i]);
            right.Sizes[i] = Sizes[from + i];
            right.children[i] = children[from + i];
            size += Sizes[from + i];
        }

        right.Scores[0] = double.NaN;
        right.Count += moved;
        Truncate(from);
        return size;
    }

    /// <summary>Moves the first children of the right neighbour behind those of this node; mirror of MoveRight.</summary>
    public int MoveLeft(InnerNode right, int moved, ref (double Score, uint Handle) between)
    {
        var size = 0;
        for (var i = 0; i < moved; i++)
        {
            var (score, handle) = i == 0 ? between : (right.Scores[i], right.Handles[i]);
            SetKey(Count, score, handle);
            Sizes[Count] = right.Sizes[i];
            children[Count] = right.children[i];
            size += right.Sizes[i];
            Count++;
        }

        if (moved < right.Count) between = (right.Scores[moved], right.Handles[moved]);
        right.DropFront(moved);
        return size;
    }

    public void Resize(int capacity)
    {
        var larger = new InnerNode(capacity);
        Scores[..Count].CopyTo(larger.Scores);
        Handles[..Count].CopyTo(larger.Handles);
        Sizes[..Count].CopyTo(larger.Sizes);
        Array.Copy(children, larger.children, Count);
        (cells, children) = (larger.cells, larger.children);
    }

    /// <summary>A copy that points to the same children.</summary>
    public InnerNode ShallowCopy() => new(this);

    private void MakeRoomInFront(int room)
    {
        Scores[..Count].CopyTo(Scores[room..]);
        Handles[..Count].CopyTo(Handles[room..]);
        Sizes[..Count].CopyTo(Sizes[room..]);
        Array.Copy(children, 0, children, room, Count);
    }

    private void DropFront(int dropped)
    {
        var left = Count - dropped;
        Scores[dropped..Count].CopyTo(Scores);
        Handles[dropped..Count].CopyTo(Handles);
        Sizes[dropped..Count].CopyTo(Sizes);
        Array.Copy(children, dropped, children, 0, left);
        Truncate(left);
        Scores[0] = double.NaN;
    }

    private void Truncate(int count)
    {
        Scores[count..Count].Fill(double.NaN);
        Array.Clear(children, count, Count - count);
        Count = count;
    }
}
