using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

internal sealed partial class HashFields
{
    /// <summary>Most records moved by one removal: some tens of microseconds.</summary>
    private const int MovesPerRemovalMax = 32;

    /// <summary>Removes a field. O(1), with a deadline O(log n). False if it is not there.</summary>
    public bool Remove(ReadOnlySpan<byte> field)
    {
        var hash = HashIfIndexed(field);
        var handle = Find(field, hash);
        if (handle == 0) return false;

        Remove(handle, hash);
        return true;
    }

    /// <summary>Removes a field if its deadline is at or before <paramref name="now"/>. O(log n).</summary>
    public bool RemoveIfDue(ReadOnlySpan<byte> field, long now)
    {
        var hash = HashIfIndexed(field);
        var handle = Find(field, hash);
        if (handle == 0 || DeadlineOf(ref pages.At(handle)) > now) return false;

        Remove(handle, hash);
        return true;
    }

    public int RemoveDue(long now, int limit)
    {
        var removed = 0;
        for (; removed < limit && deadlines is not null && deadlines.First <= now; removed++)
        {
            var handle = deadlines.FirstHandle;
            Remove(handle, HashIfIndexed(pages.Name(handle)));
        }

        return removed;
    }

    private void Remove(uint handle, uint hash)
    {
        Version++;
        ref var record = ref pages.At(handle);
        var effect = Effects is null
            ? null
            : new HashFieldRemoved(FieldRecord.Name(ref record).ToArray(), FieldRecord.Value(ref record).ToArray(), DeadlineOf(ref record));
        if (FieldRecord.Place(ref record) is not 0 and var place) RemoveDeadline(place);

        Count--;
        if (index is not null)
        {
            index.Remove(hash, handle);
            if (Count <= shape.UnindexedMax / 2) DropIndex();
        }
        else
        {
            list![Array.IndexOf(list, handle, 0, Count + 1)] = list[Count];
        }

        Bury(handle);
        if (effect is not null) Effects!.Report(effect);
    }

    private void DropIndex()
    {
        var handles = new List<uint>(Count);
        index!.Scan(0, int.MaxValue, handles);
        list = new uint[Math.Max(Count, Math.Min(FirstListLength, shape.UnindexedMax))];
        handles.CopyTo(list);
        index = null;
    }

    private void Bury(uint handle)
    {
        OweMoves(pages.Free(handle));
        MoveRecords();
    }

    /// <summary>
    /// Twice what died may move. A page is emptied when less than half of it is alive, so as much has died in it as is to
    /// be moved at most: moving keeps up with dying.
    /// </summary>
    private void OweMoves(int diedBytes) => evacuationDue = (int)Math.Min(evacuationDue + (2L * diedBytes), int.MaxValue);

    /// <summary>Moves living records out of sparse pages, for as long as enough has died to pay for it.</summary>
    private void MoveRecords()
    {
        for (var left = MovesPerRemovalMax; evacuationDue > 0 && left > 0; left--)
        {
            if (!pages.TryNextToMove(out var handle))
            {
                evacuationDue = 0;
                return;
            }

            var moved = pages.Move(handle);
            ref var record = ref pages.At(moved);
            evacuationDue -= FieldRecord.Bytes(ref record);
            Rename(HashIfIndexed(FieldRecord.Name(ref record)), handle, moved);
            if (FieldRecord.Place(ref record) is not 0 and var place) deadlines!.Rename(place, moved);
        }
    }
}
