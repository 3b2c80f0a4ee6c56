using System.Globalization;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

// The server says what went wrong, not where and by how much: these ask for it afterwards.
internal static partial class ServerErrors
{
    /// <summary>Which of the keys that a command needs holds another type, and which.</summary>
    private static async ValueTask<WrongTypeException> WrongTypeAsync(ServerDoor door, Command command)
    {
        var keys = command.NeededKeys;
        var types = await Task.WhenAll(keys.Select(key => GetTypeAsync(door, key))).ConfigureAwait(false);

        // If none does any more, somebody has changed it meanwhile; the first key stands for it.
        var at = Math.Max(0, Array.FindIndex(types, type => type != KeyType.None && type != command.Expected && type != command.AlsoTaken));
        return new WrongTypeException(
            keys.Count == 0 ? "" : ServerDoor.Whole(keys[at]), types.ElementAtOrDefault(at), command.Expected);
    }

    private static async Task<KeyType> GetTypeAsync(ServerDoor door, RedisKey key)
    {
        var database = await door.Link.DatabaseAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return KeyTypes.Of(await database.ExecuteAsync("TYPE", [key], CommandFlags.None).ConfigureAwait(false));
        }
        catch (Exception exception) when (IsOne(exception))
        {
            return KeyType.None;
        }
    }

    private static async ValueTask<MemoryLimitException> OutOfMemoryAsync(ServerDoor door, KvKey key)
    {
        try
        {
            if (door.Link.TryGetServer(out var server))
            {
                var facts = (await server.InfoAsync("memory").ConfigureAwait(false)).SelectMany(static group => group).ToDictionary();
                return MemoryLimitException.OnServer(key, Fact("used_memory"), Fact("maxmemory"));

                long Fact(string name) => long.TryParse(facts.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : 0;
            }
        }
        catch (Exception exception) when (IsOne(exception))
        {
            // A multiplexer that was given may not be allowed to ask.
        }

        return MemoryLimitException.OnServer(key, 0, 0);
    }
}
