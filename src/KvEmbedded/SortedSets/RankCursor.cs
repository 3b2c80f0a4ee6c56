using System.Runtime.CompilerServices;
using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

/// <summary>
/// Reads a sorted set entry by entry, leaf by leaf. Leaves under one parent follow each other directly; behind the last
/// of them the next one is found by its rank, which happens once in some thousand entries.
/// </summary>
/// <remarks>Valid until the set's next mutation.</remarks>
internal ref struct RankCursor
{
    private const int PrefetchDistance = 6;

    private readonly OrderTree order;
    private readonly RecordPages<ScoredMember> pages;
    private readonly int step;
    private OrderPlace place;
    private int left;

    internal RankCursor(OrderTree order, RecordPages<ScoredMember> pages, int rank, Order direction)
    {
        this.order = order;
        this.pages = pages;
        step = direction == Order.Ascending ? 1 : -1;
        left = rank < 0 || rank >= order.Count ? 0 : direction == Order.Ascending ? order.Count - rank : rank + 1;
        if (left > 0) order.Locate(rank, out place);
        place.Entry -= step;
    }

    /// <summary>The member; a view of storage.</summary>
    public readonly ReadOnlySpan<byte> Member => pages.Member(place.Leaf.Handles[place.Entry]);

    public readonly double Score => place.Leaf.Scores[place.Entry];

    /// <summary>Goes to the next entry; false when there is none. The first call goes to the first entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if (left == 0) return false;

        left--;
        place.Entry += step;
        if ((uint)place.Entry >= (uint)place.LeafCount) NextLeaf();

        var ahead = place.Entry + (step * PrefetchDistance);
        if ((uint)ahead < (uint)place.LeafCount) pages.Prefetch(place.Leaf.Handles[ahead]);
        return true;
    }

    private void NextLeaf()
    {
        var child = place.Child + step;
        var parent = place.Parent!;
        if ((uint)child >= (uint)parent.Count)
        {
            order.Locate(step > 0 ? order.Count - left - 1 : left, out place);
            return;
        }

        place.Child = child;
        place.Leaf = parent.Leaf(child);
        place.LeafCount = parent.Sizes[child];
        place.Entry = step > 0 ? 0 : place.LeafCount - 1;
    }
}
