using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

internal sealed partial class ListHandle
{
    public ValueTask<KvValue?> MoveAsync(
        KvKey destination, ListEnd from, ListEnd to, TimeSpan waitingTime, CancellationToken cancellationToken) =>
        door.RunBlockingAsync(
            OwnKey, (Destination: door.Encode(destination), From: Require.Named(from), To: Require.Named(to)),
            static (Turn turn, EncodedKey[] keys, (EncodedKey Destination, ListEnd From, ListEnd To) a, out KvValue? element) =>
                TryMove(turn, keys[0], a.Destination, a.From, a.To, out element),
            null, Require.WaitingTime(waitingTime), cancellationToken);

    /// <summary>Moves an element to another list, if there is one (LMOVE, BLMOVE).</summary>
    private static bool TryMove(Turn turn, EncodedKey source, EncodedKey destination, ListEnd from, ListEnd to, out KvValue? element)
    {
        element = null;
        if (turn.FindAwaitedToChange<ListDeque>(source) is not { IsEmpty: false } list) return false;

        // It may refuse; so nothing is popped before.
        var other = turn.FindOrCreate<ListDeque>(destination);
        var bytes = list.Pop(from);
        ListWrites.Push(turn, destination, other, bytes, to);
        turn.Changed(source, ListWrites.PoppedAt(from));
        element = bytes;
        return true;
    }
}
