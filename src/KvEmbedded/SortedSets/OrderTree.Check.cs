using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class OrderTree
{
    /// <summary>Asserts every invariant of the tree, and collects the handles in it.</summary>
    public void CheckInvariants(HashSet<uint> handles)
    {
        var bytes = (long)ObjectBytes;
        var last = 0u;
        CheckNode(root, height, Count, (true, true), handles, ref bytes, ref last);
        Invariant.Holds(height == 0 || RootInner.Count > 1, "an inner root has two children");
        Invariant.Holds(bytes == MemoryBytes, "the memory of the nodes is accounted");
    }

    /// <returns>The first handle under the node; 0 if there is none.</returns>
    private uint CheckNode(object node, int level, int size, (bool Left, bool Right) edge, HashSet<uint> handles,
        ref long bytes, ref uint last)
    {
        if (level == 0) return CheckLeaf(AsLeaf(node), size, edge, handles, ref bytes, ref last);

        var inner = AsInner(node);
        bytes += inner.MemoryBytes;
        Invariant.Holds(inner.Count is > 1, "an inner node has two children");
        Invariant.Holds(inner.Count >= InnerMin || edge.Left || edge.Right, "an inner node has its least children");
        Invariant.Holds(inner.Sizes[..inner.Count].ToArray().Sum() == size, "a size is the sum of the sizes below");
        CheckPadding(inner.Scores, inner.Count);
        Invariant.Holds(double.IsNaN(inner.Scores[0]), "a first child has no key");
        foreach (var child in inner.Children[inner.Count..]) Invariant.Holds(child is null, "removed children are let go");

        var first = 0u;
        for (var at = 0; at < inner.Count; at++)
        {
            var childEdge = (edge.Left && at == 0, edge.Right && at == inner.Count - 1);
            var key = CheckNode(inner.Children[at]!, level - 1, inner.Sizes[at], childEdge, handles, ref bytes, ref last);
            if (at == 0) first = key;
            else Invariant.Holds(
                inner.Handles[at] == key && inner.Scores[at] == pages.Score(key), "a key is the child's first entry");
        }

        return first;
    }

    private uint CheckLeaf(LeafNode leaf, int count, (bool Left, bool Right) edge, HashSet<uint> handles,
        ref long bytes, ref uint last)
    {
        bytes += LeafBytes(leaf.Capacity);
        Invariant.Holds(count > 0 || height == 0, "a leaf is not empty");
        Invariant.Holds(count >= LeafMin || edge.Left || edge.Right, "a leaf has its least entries");
        Invariant.Holds(leaf.Capacity == leafCapacity || height == 0, "only a root leaf is small");
        CheckPadding(leaf.Scores, count);
        for (var at = 0; at < count; at++)
        {
            var handle = leaf.Handles[at];
            var score = leaf.Scores[at];
            Invariant.Holds(BitConverter.DoubleToInt64Bits(score) == BitConverter.DoubleToInt64Bits(pages.Score(handle)),
                "an entry has its member's score");
            Invariant.Holds(last == 0 || pages.Score(last) < score
                || (pages.Score(last) == score && pages.Member(last).SequenceCompareTo(pages.Member(handle)) < 0),
                "entries ascend");
            Invariant.Holds(handles.Add(handle), "a handle stands once");
            last = handle;
        }

        return count == 0 ? 0 : leaf.Handles[0];
    }

    private static void CheckPadding(Span<double> scores, int count)
    {
        foreach (var score in scores[count..]) Invariant.Holds(double.IsNaN(score), "unused scores are NaN");
    }
}
