using System.Globalization;
using System.Runtime.CompilerServices;
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

    public async IAsyncEnumerable<KvValue> ScanAsync(MemberScan? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = 0UL;
        do
        {
            var page = await ScanPageAsync(cursor, options, cancellationToken).ConfigureAwait(false);
            foreach (var member in page.Members) yield return member;
            cursor = page.NextCursor;
        }
        while (cursor != 0);
    }

    public ValueTask<SetPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken)
    {
        options ??= new MemberScan();
        var command = new Command("SSCAN", KeyType.Set) { key, cursor.ToString(CultureInfo.InvariantCulture), "COUNT", options.PageSize };
        if (options.Pattern is { } pattern) command.Add(new Command("") { "MATCH", pattern });
        return door.RunAsync(command, static answer => new SetPage(Reply.Values(answer[1]), (ulong)answer[0]), cancellationToken);
    }

    private Command Of(string name) => new(name, KeyType.Set) { key };

    private Command Of(string name, KvValue member) => new(name, KeyType.Set) { key, member };

    private Command Of(string name, IReadOnlyCollection<KvValue> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0) throw new ArgumentException("At least one member is needed.", nameof(members));
        return new(name, KeyType.Set) { key, members };
    }
}
