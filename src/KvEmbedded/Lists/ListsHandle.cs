using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

/// <summary>Lists at several keys.</summary>
internal sealed class ListsHandle(Door door) : IKvLists
{
    public ValueTask<ListPop?> PopAsync(
        IReadOnlyCollection<KvKey> keys, int count, ListEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return door.RunBlockingAsync(
            door.Encode(keys), (door, count, End: Require.Named(end)),
            static (Turn turn, EncodedKey[] keys, (Door Door, int Count, ListEnd End) a, out ListPop? result) =>
                (result = Pop(turn, a.Door, keys, a.Count, a.End)) is not null,
            null, Require.WaitingTime(waitingTime), cancellationToken);
    }

    /// <summary>Pops off the first list that has an element (LMPOP, BLMPOP); null if none has.</summary>
    private static ListPop? Pop(Turn turn, Door door, EncodedKey[] keys, int count, ListEnd end)
    {
        foreach (var key in keys)
        {
            if (turn.FindAwaitedToChange<ListDeque>(key) is { IsEmpty: false } list)
                return new ListPop(door.Decode(key.Bytes), ListWrites.Pop(turn, key, list, count, end));
        }

        return null;
    }
}
