using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.HyperLogLogs;

/// <summary>HyperLogLogs at several keys of a server.</summary>
internal sealed class RedisHyperLogLogs(ServerDoor door) : IHyperLogLogs
{
    public ValueTask<long> CountUnionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(keys);
        return encoded.Length == 1
            ? door.RunAsync(RedisHyperLogLog.Of("PFCOUNT", encoded[0]), Reply.Integer, cancellationToken)
            : door.RunAsync(SayingWhich(new Command("PFCOUNT", KeyType.String) { encoded }), Reply.Integer, cancellationToken);
    }

    public async ValueTask MergeAsync(KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        await door.RunAsync(
            SayingWhich(new Command("PFMERGE", KeyType.String) { door.Encode(destination), door.Encode(keys) }), Reply.IsThere,
            cancellationToken).ConfigureAwait(false);

    /// <summary>The server does not say which of several keys holds another string: each is asked for afterwards.</summary>
    private static Command SayingWhich(Command command) =>
        command.FailsIf("not a valid HyperLogLog", door => WhichAsync(door, command)).FailsIf("Corrupted HLL", door => WhichAsync(door, command));

    private static async ValueTask<Exception> WhichAsync(ServerDoor door, Command command)
    {
        foreach (var key in command.Keys)
        {
            try
            {
                // No estimate is kept of two, so that nothing is answered without a look at the registers.
                await door.RunAsync(Both(key), Reply.Integer, CancellationToken.None).ConfigureAwait(false);
            }
            catch (KeyspaceException exception)
            {
                return exception;
            }
        }

        return new NotAHyperLogLogException(command.FirstKey!.Value);

        static Command Both(StackExchange.Redis.RedisKey key)
        {
            var both = RedisHyperLogLog.Of("PFCOUNT", key);
            both.Add(key);
            return both;
        }
    }
}
