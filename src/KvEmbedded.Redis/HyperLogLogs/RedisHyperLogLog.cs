using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.HyperLogLogs;

/// <summary>The HyperLogLog at one key of a server.</summary>
internal sealed class RedisHyperLogLog(ServerDoor door, RedisKey key) : RedisHandle(door, key), IHyperLogLog
{
    public ValueTask<bool> AddAsync(KvValue element, CancellationToken cancellationToken) => AddAsync([element], cancellationToken);

    public ValueTask<bool> AddAsync(IReadOnlyCollection<KvValue> elements, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(elements);
        var command = Of("PFADD", key);
        command.Add(elements);
        return door.RunAsync(command, Reply.Flag, cancellationToken);
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("PFCOUNT", key), Reply.Integer, cancellationToken);

    /// <summary>A command on one key, which knows what is meant if the key holds another string.</summary>
    public static Command Of(string name, RedisKey key) =>
        new Command(name, KeyType.String) { key }
            .FailsIf("not a valid HyperLogLog", () => new NotAHyperLogLogException(ServerDoor.Whole(key)))
            .FailsIf("Corrupted HLL", () => new CorruptHyperLogLogException(ServerDoor.Whole(key)));
}
