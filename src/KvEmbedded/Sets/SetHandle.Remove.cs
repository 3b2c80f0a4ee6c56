using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

internal sealed partial class SetHandle
{
    public ValueTask<bool> RemoveAsync(KvValue member, CancellationToken cancellationToken) =>
        RunOnMemberAsync(member, 0, static (turn, key, member, _) => Remove(turn, key, member), cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, Encode(members), static (turn, key, members) => RemoveMany(turn, key, members), cancellationToken);

    /// <summary>Removes a member (SREM).</summary>
    private static bool Remove(Turn turn, EncodedKey key, ReadOnlySpan<byte> member)
    {
        if (turn.FindToChange<MemberSet>(key) is not { } set || !set.Remove(member)) return false;
        turn.Changed(key, KeyEventKind.SetRemoved);
        return true;
    }

    /// <summary>Removes members (SREM).</summary>
    private static long RemoveMany(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] members)
    {
        if (turn.FindToChange<MemberSet>(key) is not { } set) return 0;
        long removed = 0;
        foreach (var member in members)
        {
            if (set.Remove(member.Span)) removed++;
        }

        if (removed > 0) turn.Changed(key, KeyEventKind.SetRemoved);
        return removed;
    }
}
