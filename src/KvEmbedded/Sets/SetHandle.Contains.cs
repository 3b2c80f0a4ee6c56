using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

internal sealed partial class SetHandle
{
    public ValueTask<bool> ContainsAsync(KvValue member, CancellationToken cancellationToken) =>
        RunOnMemberAsync(member, 0, static (turn, key, member, _) => Contains(turn, key, member), cancellationToken);

    public ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, Encode(members), static (turn, key, members) => ContainsMany(turn, key, members), cancellationToken);

    /// <summary>Whether a member is in the set (SISMEMBER).</summary>
    private static bool Contains(Turn turn, EncodedKey key, ReadOnlySpan<byte> member) =>
        turn.Find<MemberSet>(key) is { } set && set.Contains(member);

    /// <summary>Which members are in the set (SMISMEMBER).</summary>
    private static bool[] ContainsMany(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] members)
    {
        var answers = new bool[members.Length];
        if (turn.Find<MemberSet>(key) is not { } set) return answers;
        for (var i = 0; i < members.Length; i++) answers[i] = set.Contains(members[i].Span);
        return answers;
    }
}
