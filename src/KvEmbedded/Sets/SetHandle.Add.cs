using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

internal sealed partial class SetHandle
{
    /// <summary>What a missing key holds.</summary>
    private static readonly MemberSet Nobody = new();

    public ValueTask<bool> AddAsync(KvValue member, CancellationToken cancellationToken)
    {
        Require.ValueLength(door, key, member);
        return RunOnMemberAsync(member, 0, static (turn, key, member, _) => SetWrites.Add(turn, key, member), cancellationToken);
    }

    public ValueTask<long> AddAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken)
    {
        var encoded = Encode(members);
        foreach (var member in members) Require.ValueLength(door, key, member);
        return door.RunMeasuredAsync(key, encoded, static (turn, key, members) => AddMany(turn, key, members), cancellationToken);
    }

    /// <summary>Adds members (SADD).</summary>
    private static long AddMany(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] members)
    {
        turn.RequireMemory(key, BytesToCome(turn, key, members));
        if (!(turn.Find<MemberSet>(key) ?? Nobody).HasRoomFor(members)) throw new KeyFullException(key.Bytes, KeyType.Set);
        var set = turn.FindOrCreate<MemberSet>(key);
        long added = 0;
        foreach (var member in members)
        {
            if (set.Add(member.Span)) added++;
        }

        if (added > 0) turn.Changed(key, KeyEventKind.SetAdded);
        return added;
    }

    /// <summary>How much the set will grow by these members, about.</summary>
    private static long BytesToCome(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] members)
    {
        if (turn.Options.MemoryLimitBytes is null) return 0;
        var set = turn.Find<MemberSet>(key);
        var bytes = 0L;
        foreach (var member in members)
        {
            if (set is null || !set.Contains(member.Span)) bytes += SetWrites.BytesOf(member.Length);
        }

        return bytes;
    }
}
