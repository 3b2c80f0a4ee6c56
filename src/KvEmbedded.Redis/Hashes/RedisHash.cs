using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Hashes;

/// <summary>The hash at one key of a server. Each family of commands has a file of its own.</summary>
internal sealed partial class RedisHash(ServerDoor door, RedisKey key) : RedisHandle(door, key), IHash
{
    public ValueTask<KvValue?> GetAsync(KvValue field, CancellationToken cancellationToken) =>
        door.RunAsync(Of("HGET", field), Reply.ValueOrNull, cancellationToken);

    public ValueTask<KvValue?[]> GetAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunAsync(Of("HMGET", fields), Reply.ValuesOrNull, cancellationToken);

    public ValueTask<HashEntry[]> GetAllAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("HGETALL"), Entries, cancellationToken);

    public ValueTask<KvValue[]> GetFieldsAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("HKEYS"), Reply.Values, cancellationToken);

    public ValueTask<KvValue[]> GetValuesAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("HVALS"), Reply.Values, cancellationToken);

    public ValueTask<bool> RemoveAsync(KvValue field, CancellationToken cancellationToken) =>
        door.RunAsync(Of("HDEL", field), Reply.Flag, cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunAsync(Of("HDEL", fields), Reply.Integer, cancellationToken);

    public ValueTask<bool> ContainsAsync(KvValue field, CancellationToken cancellationToken) =>
        door.RunAsync(Of("HEXISTS", field), Reply.Flag, cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => door.RunAsync(Of("HLEN"), Reply.Integer, cancellationToken);

    public ValueTask<int> GetLengthAsync(KvValue field, CancellationToken cancellationToken) =>
        door.RunAsync(Of("HSTRLEN", field), Reply.Length, cancellationToken);

    public ValueTask<HashEntry?> GetRandomAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("HRANDFIELD", KeyType.Hash) { key, 1, "WITHVALUES" },
            static answer => Entries(answer) is [var first, ..] ? first : (HashEntry?)null, cancellationToken);

    public ValueTask<HashEntry[]> GetRandomAsync(int count, RandomPick pick, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var signed = Require.Named(pick) == RandomPick.Repeated ? -count : count;
        return door.RunAsync(new Command("HRANDFIELD", KeyType.Hash) { key, signed, "WITHVALUES" }, Entries, cancellationToken);
    }

    private static HashEntry[] Entries(RedisResult answer) =>
        Reply.Pairs(answer, static (field, value) => new HashEntry(Reply.Value(field), Reply.Value(value)));

    private Command Of(string name) => new(name, KeyType.Hash) { key };

    private Command Of(string name, KvValue field) => new(name, KeyType.Hash) { key, field };

    private Command Of(string name, IReadOnlyCollection<KvValue> fields) => new(name, KeyType.Hash) { key, Some(fields) };

    private static IReadOnlyCollection<KvValue> Some(IReadOnlyCollection<KvValue> fields) => Require.Some(fields, "field");
}
