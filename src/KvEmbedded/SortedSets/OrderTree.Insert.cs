namespace KvEmbedded.SortedSets;

internal sealed partial class OrderTree
{
    /// <summary>Inserts an entry that is not there yet. O(log n).</summary>
    public void Insert(double score, ReadOnlySpan<byte> member, uint handle)
    {
        if (height == 0 ? Count == leafCapacity : RootInner.Count == innerCapacity) RaiseRoot();

        var node = root;
        var count = Count++;
        var (onLeft, onRight) = (true, true);
        InnerNode? parent = null;
        var child = 0;
        for (var level = height; level > 0; level--)
        {
            parent = AsInner(node);
            child = parent.ChildOf(score, member, pages);
            if (level > 1 && parent.Inner(child).Count == innerCapacity)
            {
                SplitInner(parent, child, onRight && child == parent.Count - 1);
                child = parent.ChildOf(score, member, pages);
            }

            onLeft &= child == 0;
            onRight &= child == parent.Count - 1;
            count = parent.Sizes[child]++;
            node = parent.Children[child]!;
        }

        var leaf = AsLeaf(node);
        var place = leaf.PlaceOf(count, score, member, pages);
        if (count == leafCapacity)
        {
            SplitLeaf(parent!, child, (onLeft && place == 0) || (onRight && place == count), place, score, handle);
            return;
        }

        if (count == leaf.Capacity) leaf = ResizeRootLeaf(Math.Min(leafCapacity, count * 2), count);
        leaf.Insert(place, count, score, handle);
    }

    /// <summary>Gives a full root a parent, so that it can be split.</summary>
    private void RaiseRoot()
    {
        var raised = InnerNode.Above(root, Count);
        MemoryBytes += raised.MemoryBytes;
        root = raised;
        height++;
    }

    private LeafNode ResizeRootLeaf(int capacity, int count)
    {
        var leaf = RootLeaf.Resized(capacity, count);
        MemoryBytes += LeafBytes(capacity) - LeafBytes(RootLeaf.Capacity);
        root = leaf.Cells;
        return leaf;
    }

    /// <summary>Splits a full leaf and inserts an entry into one of the halves, or alone into a new leaf at the edge.</summary>
    private void SplitLeaf(InnerNode parent, int child, bool atEdge, int place, double score, uint handle)
    {
        var left = parent.Leaf(child);
        var right = LeafNode.Create(leafCapacity, isPinned: Count >= PinnedFromCount);
        MemoryBytes += LeafBytes(leafCapacity);

        var kept = !atEdge ? leafCapacity / 2 : place == 0 ? 0 : leafCapacity;
        var moved = leafCapacity - kept;
        left.MoveTo(right, kept, moved, leafCapacity, 0, front: false);
        if (place < kept || (place == kept && !atEdge) || kept == 0)
        {
            left.Insert(place, kept++, score, handle);
        }
        else
        {
            right.Insert(place - kept, moved++, score, handle);
        }

        parent.Sizes[child] = kept;
        AddChild(parent, child + 1, right.Scores[0], right.Handles[0], moved, right.Cells);
    }

    /// <summary>Splits a full inner node under a parent that has room; at the right edge the left part stays nearly full.</summary>
    private void SplitInner(InnerNode parent, int child, bool atEdge)
    {
        var left = parent.Inner(child);
        var right = new InnerNode(innerCapacity);
        MemoryBytes += right.MemoryBytes;

        (double Score, uint Handle) between = default;
        var moved = left.MoveRight(right, atEdge ? 2 : innerCapacity / 2, ref between);
        parent.Sizes[child] -= moved;
        AddChild(parent, child + 1, between.Score, between.Handle, moved, right);
    }

    private void AddChild(InnerNode parent, int at, double score, uint handle, int size, object child)
    {
        if (parent.Count == parent.Capacity)
        {
            MemoryBytes -= parent.MemoryBytes;
            parent.Resize(Math.Min(innerCapacity, parent.Capacity * 2));
            MemoryBytes += parent.MemoryBytes;
        }

        parent.InsertChild(at, score, handle, size, child);
    }
}
