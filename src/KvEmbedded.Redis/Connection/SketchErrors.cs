using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

/// <summary>What servers with filters, sketches and digests say when one is there, is missing or is full.</summary>
/// <remarks>After the documentation of RedisBloom's commands: <c>ERR item exists</c>, <c>CMS: key already exists</c>, <c>not found</c> …</remarks>
internal static class SketchErrors
{
    private const string Missing = "does not exist";
    private const string NotFound = "not found";

    /// <summary>The command makes one, which must not be there.</summary>
    public static Command FailsIfThere(this Command command) =>
        command
            .FailsIf("item exists", () => new SketchExistsException(Key(command), command.Expected))
            .FailsIf("already exists", () => new SketchExistsException(Key(command), command.Expected));

    /// <summary>The command reads: to it a missing one is an empty one.</summary>
    public static Command MissingIfNotThere(this Command command) => command.MissingIf(Missing).MissingIf(NotFound);

    /// <summary>The command needs one at each of its keys.</summary>
    public static Command FailsIfNotThere(this Command command) => command.FailsIfNotThere(command.Keys);

    /// <summary>The command needs one at each of these keys.</summary>
    public static Command FailsIfNotThere(this Command command, IReadOnlyList<RedisKey> keys) =>
        command.FailsIf(Missing, door => MissingAsync(door, command, keys)).FailsIf(NotFound, door => MissingAsync(door, command, keys));

    /// <summary>The command adds to a filter whose size may be fixed.</summary>
    public static Command FailsIfFull(this Command command, Func<ServerDoor, ValueTask<Exception>> full) =>
        command.FailsIf("is full", full);

    /// <summary>Which of the keys is missing; the first stands for it if none is any more.</summary>
    private static async ValueTask<Exception> MissingAsync(ServerDoor door, Command command, IReadOnlyList<RedisKey> keys)
    {
        foreach (var key in keys)
        {
            if (!await door.RunAsync(new Command("EXISTS") { key }, Reply.Flag, CancellationToken.None).ConfigureAwait(false))
                return new SketchMissingException(ServerDoor.Whole(key), command.Expected);
        }

        return new SketchMissingException(ServerDoor.Whole(keys[0]), command.Expected);
    }

    private static KvKey Key(Command command) => command.FirstKey ?? "";

    /// <summary>True for an item of a list that is an error.</summary>
    public static bool IsError(RedisResult answer) => answer.Resp2Type == ResultType.Error;
}
