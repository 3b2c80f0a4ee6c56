using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Strings;

/// <summary>Strings at several keys of a server, and at one without a handle.</summary>
internal sealed class RedisStrings(ServerDoor door) : IKvStrings
{
    public ValueTask<KvValue?> GetAsync(KvKey key, CancellationToken cancellationToken) =>
        new RedisString(door, door.Encode(key)).GetAsync(cancellationToken);

    public ValueTask<KvValue?[]> GetAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        door.RunAsync(new Command("MGET") { door.Encode(keys) }, Reply.ValuesOrNull, cancellationToken);

    public ValueTask<bool> SetAsync(
        KvKey key, KvValue value, Expiration expiration, SetWhen when, CancellationToken cancellationToken) =>
        new RedisString(door, door.Encode(key)).SetAsync(value, expiration, when, cancellationToken);

    public ValueTask<bool> SetAsync(
        IReadOnlyCollection<KeyValuePair<KvKey, KvValue>> pairs, Expiration expiration, SetWhen when, CancellationToken cancellationToken)
    {
        Require.Some(pairs, "key with its value");
        Require.Named(when);
        if (expiration.IsNever && when != SetWhen.Present)
        {
            var command = new Command(when == SetWhen.Always ? "MSET" : "MSETNX");
            foreach (var (key, value) in pairs)
            {
                command.Add(door.Encode(key));
                command.Add(value);
            }

            return door.RunAsync(command, answer => when == SetWhen.Always || Reply.Flag(answer), cancellationToken);
        }

        return door.RunAsync(
            new Command(StringScripts.SetSeveral, KeyType.None, [.. pairs.Select(pair => door.Encode(pair.Key))])
            {
                Words.OrNone(when), pairs.Select(static pair => pair.Value), expiration,
            },
            Reply.Flag, cancellationToken);
    }
}
