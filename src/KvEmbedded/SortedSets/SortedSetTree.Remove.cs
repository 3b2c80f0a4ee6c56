namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetTree
{
    /// <summary>Most records moved by one removal: some tens of microseconds.</summary>
    private const int MovesPerRemovalMax = 32;

    /// <summary>Removes a member. O(log n). False if it is not there.</summary>
    public bool Remove(ReadOnlySpan<byte> member)
    {
        var hash = HashIfIndexed(member);
        var handle = Find(member, hash);
        if (handle == 0) return false;

        Version++;
        var score = pages.Score(handle);
        order.Remove(score, member, handle);
        index?.Remove(hash, handle);
        DropIndexIfSmall();
        Bury(handle, score);
        return true;
    }

    /// <summary>
    /// Removes the entries of some ranks, lowest first. O(log n + removed). A caller that must not take long removes a
    /// large range in several calls.
    /// </summary>
    /// <param name="rank">Rank of the first to go; 0 to the count.</param>
    /// <param name="removed">How many; the range must lie inside the set.</param>
    public void RemoveRange(int rank, int removed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfNegative(removed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(removed, Count - rank);

        if (removed > 0) Version++;
        Span<uint> handles = stackalloc uint[64];
        while (removed > 0)
        {
            order.Locate(rank, out var place);
            var chunk = handles[..Math.Min(handles.Length, Math.Min(removed, place.LeafCount - place.Entry))];
            place.Leaf.Handles.Slice(place.Entry, chunk.Length).CopyTo(chunk);
            foreach (var handle in chunk) pages.Prefetch(handle);
            order.RemoveAt(rank, chunk.Length);
            removed -= chunk.Length;

            foreach (var handle in chunk) index?.Remove(Hash(pages.Member(handle)), handle);
            DropIndexIfSmall();
            BuryAll(chunk);
        }
    }

    private void BuryAll(Span<uint> handles)
    {
        // No record may move before all of these are dead: their handles are no entry's any more.
        foreach (var handle in handles)
        {
            Effects?.Report(new SortedSetRemoved(pages.Member(handle).ToArray(), pages.Score(handle)));
            OweMoves(pages.Free(handle));
        }

        MoveRecords(MovesPerRemovalMax * handles.Length);
    }

    private void Bury(uint handle, double score)
    {
        if (Effects is not null) Effects.Report(new SortedSetRemoved(pages.Member(handle).ToArray(), score));
        OweMoves(pages.Free(handle));
        MoveRecords(MovesPerRemovalMax);
    }

    private void DropIndexIfSmall()
    {
        if (order.Count <= shape.UnindexedMax / 2 && order.IsOneLeaf) index = null;
    }

    /// <summary>
    /// Twice what died may move. A page is emptied when less than half of it is alive, so as much has died in it as is to
    /// be moved at most: moving keeps up with dying.
    /// </summary>
    private void OweMoves(int diedBytes) =>
        evacuationDue = (int)Math.Min(evacuationDue + (2L * diedBytes), int.MaxValue);

    /// <summary>Moves living records out of sparse pages, for as long as enough has died to pay for it.</summary>
    private void MoveRecords(int countMax)
    {
        for (; evacuationDue > 0 && countMax > 0; countMax--)
        {
            if (!pages.TryNextToMove(out var handle))
            {
                evacuationDue = 0;
                return;
            }

            var member = pages.Member(handle);
            var moved = pages.Move(handle);
            evacuationDue -= ScoredMember.BytesOf(member.Length);
            order.Rename(pages.Score(moved), member, handle, moved);
            index?.Rename(Hash(member), handle, moved);
        }
    }
}
