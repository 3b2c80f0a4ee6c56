using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    private EncodedKey[]? ownKey;

    /// <summary>The key as those take it that can wait for several.</summary>
    private EncodedKey[] OwnKey => ownKey ??= [key];

    public ValueTask<SortedSetEntry?> PopAsync(SortedSetEnd end, TimeSpan waitingTime, CancellationToken cancellationToken) =>
        door.RunBlockingAsync(
            OwnKey, Require.Named(end),
            static (Turn turn, EncodedKey[] keys, SortedSetEnd end, out SortedSetEntry? result) => TryPop(turn, keys[0], end, out result),
            null, Require.WaitingTime(waitingTime), cancellationToken);

    public ValueTask<SortedSetEntry[]> PopAsync(
        int count, SortedSetEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Require.Named(end);
        Require.WaitingTime(waitingTime);
        return waitingTime == TimeSpan.Zero || count == 0
            ? door.RunMeasuredAsync(key, (count, end), static (turn, key, a) => Pop(turn, key, a.count, a.end), cancellationToken)
            : door.RunBlockingAsync(
                OwnKey, (count, end),
                static (Turn turn, EncodedKey[] keys, (int Count, SortedSetEnd End) a, out SortedSetEntry[] result) =>
                    (result = Pop(turn, keys[0], a.Count, a.End)).Length > 0,
                [], waitingTime, cancellationToken);
    }

    /// <summary>Pops one entry, if there is one (ZPOPMIN, ZPOPMAX, BZPOPMIN, BZPOPMAX).</summary>
    private static bool TryPop(Turn turn, EncodedKey key, SortedSetEnd end, out SortedSetEntry? result)
    {
        result = null;
        if (turn.FindAwaitedToChange<SortedSetTree>(key) is not { IsEmpty: false } set) return false;
        result = SortedSetWrites.PopOne(turn, key, set, end);
        return true;
    }

    /// <summary>Pops as many entries as there are, at most <paramref name="count"/> (ZPOPMIN, ZPOPMAX, BZMPOP).</summary>
    private static SortedSetEntry[] Pop(Turn turn, EncodedKey key, int count, SortedSetEnd end) =>
        turn.FindAwaitedToChange<SortedSetTree>(key) is { } set ? SortedSetWrites.Pop(turn, key, set, count, end) : [];
}
