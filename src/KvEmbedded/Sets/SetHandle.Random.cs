using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

internal sealed partial class SetHandle
{
    public ValueTask<KvValue?> PopAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => PopOne(turn, key), cancellationToken);

    public ValueTask<KvValue[]> PopAsync(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return door.RunMeasuredAsync(key, count, static (turn, key, count) => Pop(turn, key, count), cancellationToken);
    }

    public ValueTask<KvValue?> GetRandomAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => PickOne(turn, key), cancellationToken);

    public ValueTask<KvValue[]> GetRandomAsync(int count, RandomPick pick, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return door.RunMeasuredAsync(
            key, (count, Pick: Require.Named(pick)), static (turn, key, a) => Pick(turn, key, a.count, a.Pick), cancellationToken);
    }

    /// <summary>Removes and returns a member by chance (SPOP).</summary>
    private static KvValue? PopOne(Turn turn, EncodedKey key)
    {
        if (turn.FindToChange<MemberSet>(key) is not { IsEmpty: false } set) return null;
        var position = set.Pick(turn.Random);
        var popped = SetReads.At(set, position);
        set.RemoveAt(position);
        turn.Changed(key, KeyEventKind.SetPopped);
        return popped;
    }

    /// <summary>Removes and returns members by chance (SPOP).</summary>
    private static KvValue[] Pop(Turn turn, EncodedKey key, int count)
    {
        if (turn.FindToChange<MemberSet>(key) is not { } set || count == 0) return [];
        if (set.IsEmpty) return [];
        if (count < set.Count)
        {
            var popped = SetWrites.PopSome(turn.Random, set, count);
            turn.Changed(key, KeyEventKind.SetPopped);
            return popped;
        }

        // All of them go in O(1), with the key.
        var all = SetReads.All(set);
        turn.Remove(key);
        turn.Changed(key, KeyEventKind.SetPopped);
        turn.Changed(key, KeyEventKind.Deleted);
        return all;
    }

    /// <summary>Picks a member by chance (SRANDMEMBER).</summary>
    private static KvValue? PickOne(Turn turn, EncodedKey key) =>
        turn.Find<MemberSet>(key) is { IsEmpty: false } set ? SetReads.At(set, set.Pick(turn.Random)) : default(KvValue?);

    /// <summary>Picks members by chance (SRANDMEMBER).</summary>
    private static KvValue[] Pick(Turn turn, EncodedKey key, int count, RandomPick pick)
    {
        if (turn.Find<MemberSet>(key) is not { IsEmpty: false } set || count == 0) return [];
        if (pick == RandomPick.Distinct) return SetReads.PickDistinct(turn.Random, set, count);

        var picks = new KvValue[count];
        foreach (ref var member in picks.AsSpan()) member = SetReads.At(set, set.Pick(turn.Random));
        return picks;
    }
}
