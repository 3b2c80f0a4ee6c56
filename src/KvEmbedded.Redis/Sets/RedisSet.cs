using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Sets;

/// <summary>The set at one key of a server.</summary>
internal sealed class RedisSet(ServerDoor door, RedisKey key) : RedisHandle(door, key), IKvSet
{
    public ValueTask<bool> AddAsync(KvValue member, CancellationToken cancellationToken) =>
        door.RunAsync(Of("SADD", member), Reply.Flag, cancellationToken);

    public ValueTask<long> AddAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunAsync(Of("SADD", members), Reply.Integer, cancellationToken);

    public ValueTask<bool> RemoveAsync(KvValue member, CancellationToken cancellationToken) =>
        door.RunAsync(Of("SREM", member), Reply.Flag, cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunAsync(Of("SREM", members), Reply.Integer, cancellationToken);

    public ValueTask<bool> ContainsAsync(KvValue member, CancellationToken cancellationToken) =>
        door.RunAsync(Of("SISMEMBER", member), Reply.Flag, cancellationToken);

    public ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunAsync(Of("SMISMEMBER", members), static answer => Reply.Each(answer, Reply.Flag), cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("SCARD"), Reply.Integer, cancellationToken);

    public ValueTask<KvValue[]> GetMembersAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("SMEMBERS"), Reply.Values, cancellationToken);

    public ValueTask<KvValue?> PopAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("SPOP"), Reply.ValueOrNull, cancellationToken);

    public ValueTask<KvValue[]> PopAsync(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return door.RunAsync(new Command("SPOP", KeyType.Set) { key, count }, Reply.Values, cancellationToken);
    }

    public ValueTask<KvValue?> GetRandomAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("SRANDMEMBER"), Reply.ValueOrNull, cancellationToken);

    public ValueTask<KvValue[]> GetRandomAsync(int count, RandomPick pick, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var signed = Require.Named(pick) == RandomPick.Repeated ? -count : count;
        return door.RunAsync(new Command("SRANDMEMBER", KeyType.Set) { key, signed }, Reply.Values, cancellationToken);
    }

    public IAsyncEnumerable<KvValue> ScanAsync(MemberScan? options, CancellationToken cancellationToken) =>
        Scan.AllAsync(options, cancellationToken);

    public ValueTask<SetPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken) =>
        Scan.PageAsync(cursor, options, static (members, next) => new SetPage(members, next), cancellationToken);

    private CursorScan<KvValue> Scan => new(door, key, "SSCAN", KeyType.Set, Reply.Values);

    private Command Of(string name) => new(name, KeyType.Set) { key };

    private Command Of(string name, KvValue member) => new(name, KeyType.Set) { key, member };

    private Command Of(string name, IReadOnlyCollection<KvValue> members) =>
        new(name, KeyType.Set) { key, Require.Some(members, "member") };
}
