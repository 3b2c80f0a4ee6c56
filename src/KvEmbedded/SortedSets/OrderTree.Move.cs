namespace KvEmbedded.SortedSets;

internal sealed partial class OrderTree
{
    /// <summary>Gives an entry another score. O(log n); one way down when its new place is in the middle of its leaf.</summary>
    public void Move(double score, ReadOnlySpan<byte> member, uint handle, double newScore)
    {
        if (TryMoveInLeaf(score, member, handle, newScore)) return;
        Remove(score, member, handle);
        Insert(newScore, member, handle);
    }

    /// <summary>Names the same entry by another handle: its member has moved to another page. O(log n).</summary>
    public void Rename(double score, ReadOnlySpan<byte> member, uint handle, uint newHandle)
    {
        var node = root;
        var count = Count;
        InnerNode? keyed = null;
        var keyedChild = 0;
        for (var level = height; level > 0; level--)
        {
            var inner = AsInner(node);
            var child = inner.ChildOf(score, member, pages);
            if (child > 0) (keyed, keyedChild) = (inner, child);
            count = inner.Sizes[child];
            node = inner.Children[child]!;
        }

        var handles = AsLeaf(node).Handles[..count];
        var place = handles.IndexOf(handle);
        handles[place] = newHandle;
        if (place == 0 && keyed is not null) keyed.Handles[keyedChild] = newHandle;
    }

    private bool TryMoveInLeaf(double score, ReadOnlySpan<byte> member, uint handle, double newScore)
    {
        var node = root;
        var count = Count;
        for (var level = height; level > 0; level--)
        {
            var inner = AsInner(node);
            var child = inner.ChildOf(score, member, pages);
            count = inner.Sizes[child];
            node = inner.Children[child]!;
        }

        // Strictly inside, the first entry stays first: no key above changes.
        var leaf = AsLeaf(node);
        var scores = leaf.Scores[..count];
        if (height > 0 && !(newScore > scores[0] && newScore < scores[^1])) return false;

        var from = leaf.Handles[..count].IndexOf(handle);
        if (height > 0 && from == 0) return false;

        var to = leaf.PlaceOf(count, newScore, member, pages);
        leaf.Shift(from, to > from ? to - 1 : to, newScore);
        return true;
    }
}
