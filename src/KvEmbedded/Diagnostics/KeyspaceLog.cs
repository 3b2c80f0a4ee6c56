using Microsoft.Extensions.Logging;

namespace KvEmbedded.Diagnostics;

/// <summary>Everything a keyspace writes to its log. The event ids are public: they never change their meaning.</summary>
internal static partial class KeyspaceLog
{
    [LoggerMessage(EventId = 1, EventName = "KeyspaceCreated", Level = LogLevel.Debug, Message = "Keyspace {Keyspace} is created.")]
    public static partial void Created(ILogger logger, string keyspace);

    [LoggerMessage(EventId = 2, EventName = "KeyspaceDisposed", Level = LogLevel.Debug, Message =
        "Keyspace {Keyspace} is disposed after {Commands} commands.")]
    public static partial void Disposed(ILogger logger, string keyspace, long commands);

    [LoggerMessage(EventId = 3, EventName = "SlowCommand", Level = LogLevel.Warning, Message =
        "{Command} at key '{Key}' held keyspace {Keyspace} for {Milliseconds} ms. Everybody else waited meanwhile: " +
        "ask for less at once, or raise SlowLogThreshold if this is as it should be.")]
    public static partial void SlowCommand(ILogger logger, string keyspace, string command, string key, double milliseconds);

    [LoggerMessage(EventId = 4, EventName = "LoopStalled", Level = LogLevel.Warning, Message =
        "{Command} at key '{Key}' has held keyspace {Keyspace} for {Milliseconds} ms and has not ended. Everybody else " +
        "waits: take whatever blocks out of the body of the transaction, or ask for less at once.")]
    public static partial void Stalled(ILogger logger, string keyspace, string command, string key, double milliseconds);

    [LoggerMessage(EventId = 5, EventName = "EventsDropped", Level = LogLevel.Warning, Message =
        "A subscriber to the key events or channels of keyspace {Keyspace} is {Capacity} events behind, so events are dropped until it " +
        "catches up. Read faster, filter more, or raise EventBufferCapacity.")]
    public static partial void EventsDropped(ILogger logger, string keyspace, long capacity);

    [LoggerMessage(EventId = 6, EventName = "MemoryLimitReached", Level = LogLevel.Warning, Message =
        "Keyspace {Keyspace} holds {UsedBytes} bytes and its limit is {LimitBytes}: commands that would grow it fail. " +
        "Delete keys, give them a time to live, or raise MemoryLimitBytes.")]
    public static partial void MemoryLimitReached(ILogger logger, string keyspace, long usedBytes, long limitBytes);

    [LoggerMessage(EventId = 7, EventName = "Overloaded", Level = LogLevel.Warning, Message =
        "Keyspace {Keyspace} refuses commands: {Limit} callers wait already. " +
        "Await commands before sending more, or raise {Option}.")]
    public static partial void Overloaded(ILogger logger, string keyspace, long limit, string option);

    [LoggerMessage(EventId = 8, EventName = "HandlerFailed", Level = LogLevel.Error, Message =
        "A subscriber's handler in keyspace {Keyspace} has thrown. The message counts as handled and the next one follows: " +
        "catch in the handler what it can mend.")]
    public static partial void HandlerFailed(ILogger logger, string keyspace, Exception exception);
}
