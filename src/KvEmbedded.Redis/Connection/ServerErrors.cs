using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

/// <summary>What goes wrong between here and the server, as the exceptions of the interfaces.</summary>
internal static partial class ServerErrors
{
    /// <summary>What the server's errors begin with where it does not have a command; the caller's arguments follow.</summary>
    private static readonly string[] Unknown = ["ERR unknown command", "ERR unknown subcommand", "ERR unknown redis command"];

    /// <summary>What Garnet puts before the error of a command in a script.</summary>
    private const string InScript = "ERR Lua encountered an error: ";

    /// <summary>The first words of the server's errors, and what they mean.</summary>
    private static readonly (string Code, Fault Fault)[] Codes =
    [
        ("WRONGTYPE ", Fault.WrongType),
        ("OOM ", Fault.OutOfMemory),
        ("LOADING ", Fault.Unavailable),
        ("MASTERDOWN ", Fault.Unavailable),
        ("CLUSTERDOWN ", Fault.Unavailable),
        ("TRYAGAIN ", Fault.Unavailable),
        ("BUSY ", Fault.Unavailable),
        ("READONLY ", Fault.Unavailable),
        ("NOREPLICAS ", Fault.Unavailable),
        ("MISCONF ", Fault.Unavailable),
    ];

    /// <summary>Fragments of the server's error texts, and what they mean; the first that fits counts.</summary>
    private static readonly (string Fragment, Fault Fault)[] Texts =
    [
        ("must contain string values", Fault.WrongType),
        ("is not an integer", Fault.NotAnInteger),
        ("is not a valid float", Fault.NotANumber),
        ("is not a float", Fault.NotANumber),
        ("would overflow", Fault.IntegerOverflow),
        ("NaN or Infinity", Fault.NotFinite),
        ("not a number (NaN)", Fault.NotFinite),
        ("exceeds maximum allowed size", Fault.TooLong),
        ("syntax error", Fault.NotSupported),
        ("wrong number of arguments", Fault.NotSupported),
        ("unsupported option", Fault.NotSupported),
        ("unsupported unit", Fault.NotSupported),
    ];

    private enum Fault
    {
        Other,
        WrongType,
        NotAnInteger,
        NotANumber,
        IntegerOverflow,
        NotFinite,
        OutOfMemory,
        TooLong,
        NotSupported,
        Unavailable,
    }

    /// <summary>True for what the client library throws when a command fails.</summary>
    public static bool IsOne(Exception exception) =>
        exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException or OperationCanceledException;

    /// <summary>The exception to throw; null if the error is an answer: that something is missing.</summary>
    public static async ValueTask<Exception?> OfAsync(ServerDoor door, Command command, Exception exception)
    {
        switch (exception)
        {
            case RedisServerException told when Array.Exists(Unknown, start => Said(told).StartsWith(start, StringComparison.OrdinalIgnoreCase)):
                return new CommandNotSupportedException(command.Name, command.FirstKey, door.Link.Version, told.Message, told);
            case RedisServerException told:
                return command.AnswerTo(told.Message) is { } answer
                    ? await answer(door).ConfigureAwait(false)
                    : await OfReplyAsync(door, command, told).ConfigureAwait(false);
            case var _ when door.Link.IsClosed:
                return ServerLink.Disposed();
            case RedisTimeoutException { Commandstatus: CommandStatus.WaitingInBacklog }:
                return new ServerUnavailableException(
                    command.Name, command.FirstKey, "There was no connection to the server for as long as a command may take.", exception);
            case RedisConnectionException { CommandStatus: CommandStatus.WaitingInBacklog or CommandStatus.WaitingToBeSent }:
            case RedisConnectionException
            {
                CommandStatus: CommandStatus.Unknown,
                FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection or ConnectionFailureType.UnableToConnect
                or ConnectionFailureType.AuthenticationFailure,
            }:
                return new ServerUnavailableException(command.Name, command.FirstKey, "There is no connection to the server.", exception);
            case RedisConnectionException or TimeoutException or OperationCanceledException:
                return new OutcomeUnknownException(command.Name, command.FirstKey, exception);
            case RedisCommandException:
                return new CommandNotSupportedException(command.Name, command.FirstKey, door.Link.Version, exception.Message, exception);
            case RedisException:
                return new ServerRefusedException(command.Name, command.FirstKey, exception.Message, exception);
            default:
                return exception;
        }
    }

    private static async ValueTask<Exception> OfReplyAsync(ServerDoor door, Command command, RedisServerException told)
    {
        var text = told.Message;
        var key = command.FirstKey ?? KvKeyOfNone;
        return FaultOf(Said(told)) switch
        {
            Fault.WrongType => await WrongTypeAsync(door, command).ConfigureAwait(false),
            Fault.NotAnInteger => new NotANumberException(key, "a 64-bit integer"),
            Fault.NotANumber => new NotANumberException(key, "a number"),
            Fault.IntegerOverflow => new NumberOverflowException(key, "too large or too small a number", "the 64-bit integers"),
            Fault.NotFinite => new NumberOverflowException(key, "infinity or no number", "the finite numbers"),
            Fault.OutOfMemory => await OutOfMemoryAsync(door, key).ConfigureAwait(false),
            Fault.TooLong => ValueTooLongException.OnServer(key),
            Fault.NotSupported => new CommandNotSupportedException(command.Name, command.FirstKey, door.Link.Version, text, told),
            Fault.Unavailable => new ServerUnavailableException(command.Name, command.FirstKey, $"The server answered: {text}", told),
            _ => new ServerRefusedException(command.Name, command.FirstKey, text, told),
        };
    }

    /// <summary>What the command itself has said, be it in a script.</summary>
    private static string Said(RedisServerException told) =>
        told.Message.StartsWith(InScript, StringComparison.Ordinal) ? told.Message[InScript.Length..] : told.Message;

    private static Fault FaultOf(string text) =>
        Codes.FirstOrDefault(known => text.StartsWith(known.Code, StringComparison.Ordinal)).Fault is var fault and not Fault.Other
            ? fault
            : Texts.FirstOrDefault(known => text.Contains(known.Fragment, StringComparison.OrdinalIgnoreCase)).Fault;

    private static KvKey KvKeyOfNone => "";
}
