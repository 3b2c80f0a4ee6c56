using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

internal sealed partial class ListHandle
{
    public ValueTask<KvValue?> PopAsync(ListEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        Require.Named(end);
        return waitingTime == TimeSpan.Zero
            ? door.RunShortAsync(key, end, static (turn, key, end) => TryPop(turn, key, end, out var element) ? element : null, cancellationToken)
            : WaitAndPopAsync(end, waitingTime, cancellationToken);
    }

    private ValueTask<KvValue?> WaitAndPopAsync(ListEnd end, TimeSpan waitingTime, CancellationToken cancellationToken) =>
        door.RunBlockingAsync(
            OwnKey, end,
            static (Turn turn, EncodedKey[] keys, ListEnd end, out KvValue? element) => TryPop(turn, keys[0], end, out element),
            null, Require.WaitingTime(waitingTime), cancellationToken);

    public ValueTask<KvValue[]> PopAsync(int count, ListEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Require.Named(end);
        Require.WaitingTime(waitingTime);
        return waitingTime == TimeSpan.Zero || count == 0
            ? door.RunMeasuredAsync(key, (count, end), static (turn, key, a) => Pop(turn, key, a.count, a.end), cancellationToken)
            : door.RunBlockingAsync(
                OwnKey, (count, end),
                static (Turn turn, EncodedKey[] keys, (int Count, ListEnd End) a, out KvValue[] elements) =>
                    (elements = Pop(turn, keys[0], a.Count, a.End)).Length > 0,
                [], waitingTime, cancellationToken);
    }

    /// <summary>Pops one element, if there is one (LPOP, RPOP, BLPOP, BRPOP).</summary>
    private static bool TryPop(Turn turn, EncodedKey key, ListEnd end, out KvValue? element)
    {
        element = null;
        if (turn.FindAwaitedToChange<ListDeque>(key) is not { IsEmpty: false } list) return false;
        element = ListWrites.PopOne(turn, key, list, end);
        return true;
    }

    /// <summary>Pops as many elements as there are, at most <paramref name="count"/> (LPOP, RPOP, BLMPOP).</summary>
    private static KvValue[] Pop(Turn turn, EncodedKey key, int count, ListEnd end) =>
        turn.FindAwaitedToChange<ListDeque>(key) is { } list ? ListWrites.Pop(turn, key, list, count, end) : [];
}
