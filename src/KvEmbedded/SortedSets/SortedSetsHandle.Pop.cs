using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetsHandle
{
    public ValueTask<SortedSetPop?> PopAsync(
        IReadOnlyCollection<KvKey> keys, int count, SortedSetEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return door.RunBlockingAsync(
            door.Encode(keys), (door, count, End: Require.Named(end)),
            static (Turn turn, EncodedKey[] keys, (Door Door, int Count, SortedSetEnd End) a, out SortedSetPop? result) =>
                (result = Pop(turn, a.Door, keys, a.Count, a.End)) is not null,
            null, Require.WaitingTime(waitingTime), cancellationToken);
    }

    /// <summary>Pops off the first set that has an entry (ZMPOP); null if none has.</summary>
    private static SortedSetPop? Pop(Turn turn, Door door, EncodedKey[] keys, int count, SortedSetEnd end)
    {
        foreach (var key in keys)
        {
            if (turn.FindAwaitedToChange<SortedSetTree>(key) is { IsEmpty: false } set)
                return new SortedSetPop(door.Decode(key.Bytes), SortedSetWrites.Pop(turn, key, set, count, end));
        }

        return null;
    }
}
