using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

/// <summary>
/// The entries of a sorted set in order: by score, ties by the bytes of the member. A counted B+tree: each inner node
/// knows how many entries lie under each child, so a rank is a sum on the way down and an entry of a given rank is one
/// way down. Nodes are split and refilled on the way down, so nobody walks back up.
/// </summary>
/// <remarks>
/// Invariant: all leaves are at the same depth; no node but the root is empty, inner nodes have at least two children;
/// nodes off the left and right edge are at least a quarter full (edges may be sparser: ascending and descending
/// insertion leaves full leaves behind, not half full ones).
/// </remarks>
internal sealed partial class OrderTree
{
    private const int ObjectBytes = 56;
    private const int LeafCapacityStart = 4;

    /// <summary>From so many entries on new leaves are pinned: copying them from generation to generation would pause all.</summary>
    private const int PinnedFromCount = 16_384;

    private readonly RecordPages<ScoredMember> pages;
    private readonly int leafCapacity;
    private readonly int innerCapacity;
    private object root;
    private int height;

    public OrderTree(RecordPages<ScoredMember> pages, SortedSetShape shape)
    {
        this.pages = pages;
        leafCapacity = shape.LeafCapacity;
        innerCapacity = shape.InnerCapacity;
        root = LeafNode.Create(LeafCapacityStart, isPinned: false).Cells;
        MemoryBytes = ObjectBytes + LeafBytes(LeafCapacityStart);
    }

    private OrderTree(OrderTree source, RecordPages<ScoredMember> pages)
    {
        this.pages = pages;
        leafCapacity = source.leafCapacity;
        innerCapacity = source.innerCapacity;
        height = source.height;
        Count = source.Count;
        MemoryBytes = source.MemoryBytes;
        root = CopyNode(source.root, height);
    }

    public int Count { get; private set; }

    /// <summary>Bytes held, O(1).</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>True when all entries are in one leaf.</summary>
    public bool IsOneLeaf => height == 0;

    /// <summary>The handles of all entries, in order, when they are in one leaf.</summary>
    public ReadOnlySpan<uint> OneLeaf => RootLeaf.Handles[..Count];

    private LeafNode RootLeaf => AsLeaf(root);

    private InnerNode RootInner => AsInner(root);

    /// <summary>A deep copy whose handles are of a copy of the pages. O(n).</summary>
    public OrderTree Copy(RecordPages<ScoredMember> copiedPages) => new(this, copiedPages);

    /// <summary>How many entries are below (score, member). O(log n).</summary>
    public int RankOf(double score, ReadOnlySpan<byte> member, uint handle)
    {
        var node = root;
        var rank = 0;
        var count = Count;
        for (var level = height; level > 0; level--)
        {
            var inner = AsInner(node);
            var child = inner.ChildOf(score, member, pages);
            rank += inner.SizeBefore(child);
            count = inner.Sizes[child];
            node = inner.Children[child]!;
        }

        return rank + AsLeaf(node).Handles[..count].IndexOf(handle);
    }

    /// <summary>How many entries have a score below the bound, or up to it. O(log n).</summary>
    public int CountOfScores(double bound, bool upTo)
    {
        var node = root;
        var rank = 0;
        var count = Count;
        for (var level = height; level > 0; level--)
        {
            var inner = AsInner(node);
            var child = upTo
                ? ScoreSearch.CountUpTo(ref inner.FirstScore, inner.Count, bound)
                : ScoreSearch.CountBelow(ref inner.FirstScore, inner.Count, bound);
            rank += inner.SizeBefore(child);
            count = inner.Sizes[child];
            node = inner.Children[child]!;
        }

        ref var scores = ref AsLeaf(node).FirstScore;
        return rank + (upTo
            ? ScoreSearch.CountUpTo(ref scores, count, bound)
            : ScoreSearch.CountBelow(ref scores, count, bound));
    }

    /// <summary>
    /// How many entries have a member below the bound, or up to it, in a set whose scores are all equal. O(log n).
    /// With unequal scores the answer is some number from 0 to the count.
    /// </summary>
    public int CountOfMembers(ReadOnlySpan<byte> bound, bool upTo)
    {
        var node = root;
        var rank = 0;
        var count = Count;
        for (var level = height; level > 0; level--)
        {
            var inner = AsInner(node);
            var child = Precede(inner.Handles[1..inner.Count], bound, upTo);
            rank += inner.SizeBefore(child);
            count = inner.Sizes[child];
            node = inner.Children[child]!;
        }

        return rank + Precede(AsLeaf(node).Handles[..count], bound, upTo);
    }

    /// <summary>The leaf that holds the entry of a rank, and the neighbours under the same parent. O(log n).</summary>
    public void Locate(int rank, out OrderPlace place)
    {
        var node = root;
        var count = Count;
        place = default;
        for (var level = height; level > 0; level--)
        {
            place.Parent = AsInner(node);
            place.Child = place.Parent.ChildAt(ref rank);
            count = place.Parent.Sizes[place.Child];
            node = place.Parent.Children[place.Child]!;
        }

        place.Leaf = AsLeaf(node);
        place.LeafCount = count;
        place.Entry = rank;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LeafNode AsLeaf(object node) => new(Unsafe.As<double[]>(node));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static InnerNode AsInner(object node) => Unsafe.As<InnerNode>(node);

    private static long LeafBytes(int capacity) => ArrayBytes.Of<double>(LeafNode.CellCount(capacity));

    private static object CopyNode(object node, int level)
    {
        if (level == 0) return AsLeaf(node).Cells.Clone();

        var copy = AsInner(node).ShallowCopy();
        for (var at = 0; at < copy.Count; at++) copy.SetChild(at, CopyNode(copy.Children[at]!, level - 1));
        return copy;
    }

    private int Precede(ReadOnlySpan<uint> handles, ReadOnlySpan<byte> bound, bool upTo)
    {
        var (low, high) = (0, handles.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var comparison = pages.Member(handles[middle]).SequenceCompareTo(bound);
            if (comparison < 0 || (upTo && comparison == 0)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

/// <summary>Where an entry is: its leaf, its place there, and the leaf's place under its parent (none for a root leaf).</summary>
internal struct OrderPlace
{
    public LeafNode Leaf;
    public int LeafCount;
    public int Entry;
    public InnerNode? Parent;
    public int Child;
}
