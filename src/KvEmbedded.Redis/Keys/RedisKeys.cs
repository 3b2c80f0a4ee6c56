using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Keys;

/// <summary>Commands on keys of a server, whatever they hold.</summary>
internal sealed partial class RedisKeys(ServerDoor door) : IKeys
{
    public ValueTask<bool> ExistsAsync(KvKey key, CancellationToken cancellationToken) => FlagAsync("EXISTS", key, cancellationToken);

    public ValueTask<long> ExistsAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        CountAsync("EXISTS", keys, cancellationToken);

    public ValueTask<bool> DeleteAsync(KvKey key, CancellationToken cancellationToken) => FlagAsync("DEL", key, cancellationToken);

    public ValueTask<long> DeleteAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        CountAsync("DEL", keys, cancellationToken);

    public ValueTask<bool> UnlinkAsync(KvKey key, CancellationToken cancellationToken) => FlagAsync("UNLINK", key, cancellationToken);

    public ValueTask<long> UnlinkAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        CountAsync("UNLINK", keys, cancellationToken);

    public ValueTask<bool> TouchAsync(KvKey key, CancellationToken cancellationToken) => FlagAsync("TOUCH", key, cancellationToken);

    public ValueTask<long> TouchAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        CountAsync("TOUCH", keys, cancellationToken);

    public ValueTask<KeyType> GetTypeAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(new Command("TYPE") { door.Encode(key) }, KeyTypes.Of, cancellationToken);

    public ValueTask<bool> RenameAsync(
        KvKey source, KvKey destination, ExistingDestination existing, CancellationToken cancellationToken)
    {
        var overwrites = Require.Named(existing) == ExistingDestination.Overwrite;

        // What servers do with a name that is the same differs.
        if (source == destination)
            return door.RunAsync(new Command("EXISTS") { door.Encode(source) }, answer => overwrites && Reply.Flag(answer), cancellationToken);

        return door.RunAsync(
            new Command(overwrites ? "RENAME" : "RENAMENX") { door.Encode(source), door.Encode(destination) }.MissingIf("no such key"),
            answer => overwrites ? Reply.IsThere(answer) : Reply.Flag(answer), cancellationToken);
    }

    public ValueTask<bool> CopyAsync(KvKey source, KvKey destination, ExistingDestination existing, CancellationToken cancellationToken)
    {
        if (source == destination)
        {
            throw new ArgumentException(
                $"Key '{KeyText.Of(source)}' cannot be copied onto itself. Give another destination.", nameof(destination));
        }

        string[] replace = Require.Named(existing) == ExistingDestination.Overwrite ? ["REPLACE"] : [];
        return door.RunAsync(
            new Command("COPY") { door.Encode(source), door.Encode(destination), replace }, Reply.Flag, cancellationToken);
    }

    public ValueTask<long?> GetMemoryUsageAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunTogetherAsync([MemoryUsage(door.Encode(key))], static answers => Reply.IntegerOrNull(answers[0]), cancellationToken);

    public ValueTask<KeyInfo?> GetInfoAsync(KvKey key, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(key);
        return door.RunTogetherAsync<KeyInfo?>(
            [new Command("TYPE") { encoded }, MemoryUsage(encoded), .. LifetimeOf(encoded)],
            static answers => answers[1].IsNull
                ? null
                : new KeyInfo(KeyTypes.Of(answers[0]), LifetimeFrom(answers[2], answers[3]), (long)answers[1]),
            cancellationToken);
    }

    private ValueTask<bool> FlagAsync(string command, KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(new Command(command) { door.Encode(key) }, Reply.Flag, cancellationToken);

    private ValueTask<long> CountAsync(string command, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        door.RunAsync(new Command(command) { door.Encode(keys) }, Reply.Integer, cancellationToken);

    /// <summary>Exact: all elements are looked at. For a transaction, as the client library does not select the database for it alone.</summary>
    private static Command MemoryUsage(RedisKey key) => new("MEMORY") { "USAGE", key, "SAMPLES", 0 };
}
