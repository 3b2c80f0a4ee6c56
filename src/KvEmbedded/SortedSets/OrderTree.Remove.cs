using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

internal sealed partial class OrderTree
{
    /// <summary>How a removal finds its way: by key, or by rank. A struct, so that each way is compiled for itself.</summary>
    private interface IWay
    {
        int ChildOf(InnerNode node, bool final);

        int PlaceIn(LeafNode leaf, int count);
    }

    private int LeafMin => leafCapacity / 4;

    private int InnerMin => Math.Max(2, innerCapacity / 4);

    /// <summary>Removes one entry that is there. O(log n).</summary>
    public void Remove(double score, ReadOnlySpan<byte> member, uint handle) =>
        Remove(new WayOfKey(score, member, handle, pages), 1);

    /// <summary>Removes entries from a rank on, which must be in the same leaf. O(log n).</summary>
    public void RemoveAt(int rank, int removed) => Remove(new WayOfRank(rank), removed);

    private void Remove<TWay>(TWay way, int removed)
        where TWay : struct, IWay, allows ref struct
    {
        var node = root;
        var count = Count;
        InnerNode? parent = null, keyed = null;
        int child = 0, keyedChild = 0;
        for (var level = height; level > 0; level--)
        {
            parent = AsInner(node);
            if (level > 1)
            {
                child = way.ChildOf(parent, final: false);
                if (parent.Inner(child).Count <= InnerMin) RefillInner(parent, child);
            }

            child = way.ChildOf(parent, final: true);
            if (child > 0) (keyed, keyedChild) = (parent, child);
            count = parent.Sizes[child];
            parent.Sizes[child] = count - removed;
            node = parent.Children[child]!;
        }

        var place = way.PlaceIn(AsLeaf(node), count);
        AsLeaf(node).Remove(place, removed, count);
        Count -= removed;
        count -= removed;
        if (parent is null)
        {
            ShrinkRootLeaf();
            return;
        }

        var refilled = count < LeafMin && RefillLeaf(parent, child);
        if (place == 0 && keyed is not null && !(refilled && keyed == parent))
            keyed.SetKey(keyedChild, AsLeaf(node).Scores[0], AsLeaf(node).Handles[0]);

        LowerRoot();
    }

    /// <summary>Brings a leaf and a neighbour to fair shares, or makes one of the two. False if it has no neighbour.</summary>
    /// <remarks>Takes care of the keys under the parent; the key of the pair's first entry is its caller's business.</remarks>
    private bool RefillLeaf(InnerNode parent, int child)
    {
        if (parent.Count == 1) return false;

        var at = Math.Max(0, child - 1);
        var (left, right) = (parent.Leaf(at), parent.Leaf(at + 1));
        var (leftCount, rightCount) = (parent.Sizes[at], parent.Sizes[at + 1]);
        var total = leftCount + rightCount;
        if (total <= leafCapacity * 3 / 4)
        {
            right.MoveTo(left, 0, rightCount, rightCount, leftCount, front: false);
            parent.Sizes[at] = total;
            parent.RemoveChild(at + 1);
            MemoryBytes -= LeafBytes(leafCapacity);
            return true;
        }

        var share = total / 2;
        if (leftCount < share) right.MoveTo(left, 0, share - leftCount, rightCount, leftCount, front: false);
        else left.MoveTo(right, share, leftCount - share, leftCount, rightCount, front: true);
        parent.Sizes[at] = share;
        parent.Sizes[at + 1] = total - share;
        parent.SetKey(at + 1, right.Scores[0], right.Handles[0]);
        return true;
    }

    /// <summary>Gives an inner node more than the fewest children before one of its leaves may go.</summary>
    private void RefillInner(InnerNode parent, int child)
    {
        if (parent.Count == 1) return;

        var at = Math.Max(0, child - 1);
        var (left, right) = (parent.Inner(at), parent.Inner(at + 1));
        var between = (parent.Scores[at + 1], parent.Handles[at + 1]);
        var total = left.Count + right.Count;
        if (total <= Math.Max(innerCapacity * 3 / 4, 2 * InnerMin))
        {
            Widen(left, total);
            MemoryBytes -= right.MemoryBytes;
            parent.Sizes[at] += left.MoveLeft(right, right.Count, ref between);
            parent.RemoveChild(at + 1);
            return;
        }

        var leftShare = child == at ? (total + 1) / 2 : total / 2;
        Widen(left, leftShare);
        Widen(right, total - leftShare);
        var moved = left.Count < leftShare
            ? left.MoveLeft(right, leftShare - left.Count, ref between)
            : -left.MoveRight(right, left.Count - leftShare, ref between);
        parent.Sizes[at] += moved;
        parent.Sizes[at + 1] -= moved;
        parent.SetKey(at + 1, between.Item1, between.Item2);
    }

    private void Widen(InnerNode node, int children)
    {
        if (children <= node.Capacity) return;
        MemoryBytes -= node.MemoryBytes;
        node.Resize(innerCapacity);
        MemoryBytes += node.MemoryBytes;
    }

    private void LowerRoot()
    {
        while (height > 0 && RootInner.Count == 1)
        {
            MemoryBytes -= RootInner.MemoryBytes;
            root = RootInner.Children[0]!;
            height--;
        }
    }

    private void ShrinkRootLeaf()
    {
        var capacity = RootLeaf.Capacity;
        if (capacity > LeafCapacityStart && Count <= capacity / 4) ResizeRootLeaf(capacity / 2, Count);
    }

    private readonly ref struct WayOfKey(double score, ReadOnlySpan<byte> member, uint handle, RecordPages<ScoredMember> pages) : IWay
    {
        private readonly ReadOnlySpan<byte> member = member;

        public int ChildOf(InnerNode node, bool final) => node.ChildOf(score, member, pages);

        public int PlaceIn(LeafNode leaf, int count) => leaf.Handles[..count].IndexOf(handle);
    }

    private struct WayOfRank(int start) : IWay
    {
        private int rank = start;

        public int ChildOf(InnerNode node, bool final)
        {
            var inside = rank;
            var child = node.ChildAt(ref inside);
            if (final) rank = inside;
            return child;
        }

        public readonly int PlaceIn(LeafNode leaf, int count) => rank;
    }
}
