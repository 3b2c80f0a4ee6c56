using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Sets;

/// <summary>Sets at several keys of a server.</summary>
internal sealed class RedisSets(ServerDoor door) : IKvSets
{
    public ValueTask<bool> MoveAsync(KvKey source, KvKey destination, KvValue member, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("SMOVE", KeyType.Set) { door.Encode(source), door.Encode(destination), member }, Reply.Flag, cancellationToken);

    public ValueTask<KvValue[]> GetUnionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        ReadAsync("SUNION", keys, cancellationToken);

    public ValueTask<KvValue[]> GetIntersectionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        ReadAsync("SINTER", keys, cancellationToken);

    public ValueTask<KvValue[]> GetDifferenceAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        ReadAsync("SDIFF", keys, cancellationToken);

    public ValueTask<long> StoreUnionAsync(KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        StoreAsync("SUNIONSTORE", destination, keys, cancellationToken);

    public ValueTask<long> StoreIntersectionAsync(KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        StoreAsync("SINTERSTORE", destination, keys, cancellationToken);

    public ValueTask<long> StoreDifferenceAsync(KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        StoreAsync("SDIFFSTORE", destination, keys, cancellationToken);

    public ValueTask<long> CountIntersectionAsync(IReadOnlyCollection<KvKey> keys, long limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var encoded = door.Encode(keys);
        string[] words = limit == long.MaxValue ? [] : ["LIMIT", ((KvValue)limit).ToString()];
        return door.RunAsync(
            new Command("SINTERCARD", KeyType.Set) { encoded.Length, encoded, words }, Reply.Integer, cancellationToken);
    }

    private ValueTask<KvValue[]> ReadAsync(string name, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        door.RunAsync(new Command(name, KeyType.Set) { door.Encode(keys) }, Reply.Values, cancellationToken);

    private ValueTask<long> StoreAsync(
        string name, KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken)
    {
        var command = new Command(name, KeyType.Set);
        command.AddDestination(door.Encode(destination));
        command.Add(door.Encode(keys));
        return door.RunAsync(command, Reply.Integer, cancellationToken);
    }
}
