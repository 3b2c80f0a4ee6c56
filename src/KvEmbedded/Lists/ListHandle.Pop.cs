using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

internal sealed partial class ListHandle
{
    public ValueTask<KvValue?> PopAsync(ListEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        Require.Named(end);
        if (waitingTime != TimeSpan.Zero || !door.TryEnter(cancellationToken, out var turn)) return WaitAndPopAsync(end, waitingTime, cancellationToken);

        try
        {
            TryPop(turn, key, end, out var element);
            return new ValueTask<KvValue?>(element);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<KvValue?>(exception);
        }
        finally
        {
            door.Leave(turn);
        }
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
        if (turn.FindAwaited<ListDeque>(key) is not { IsEmpty: false } list) return false;
        element = ListWrites.PopOne(turn, key, list, end);
        return true;
    }

    /// <summary>Pops as many elements as there are, at most <paramref name="count"/> (LPOP, RPOP, BLMPOP).</summary>
    private static KvValue[] Pop(Turn turn, EncodedKey key, int count, ListEnd end) =>
        turn.FindAwaited<ListDeque>(key) is { } list ? ListWrites.Pop(turn, key, list, count, end) : [];
}
