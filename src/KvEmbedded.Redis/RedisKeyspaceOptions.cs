using Microsoft.Extensions.Logging;

namespace KvEmbedded;

/// <summary>How a keyspace on a server is reached. Checked once, when it is made; all faults are reported at once.</summary>
public sealed class RedisKeyspaceOptions
{
    /// <summary>
    /// Where the server is and how to log in, in the form of StackExchange.Redis: <c>localhost:6379,password=…</c>. Not used, and
    /// not needed, where a multiplexer is given. Default null.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>Number of the database on the server; null takes that of the connection string. Not negative; default null.</summary>
    public int? Database { get; set; }

    /// <summary>What stands before every key on the server, as in <see cref="IKeyspace.WithPrefix"/>. Default empty.</summary>
    public string KeyPrefix { get; set; } = "";

    /// <summary>The clock of callers that wait; times to live are the server's. Default <see cref="System.TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider
    {
        get;
        set
        {
            field = value;
            HasOwnTimeProvider = true;
        }
    } = TimeProvider.System;

    /// <summary>
    /// Where it is logged that a subscriber loses events or messages and that a handler has thrown; null writes no log. Default null.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Events or messages buffered for a subscriber that is behind, in events. Range 1 to 16,777,216; default 4,096.</summary>
    public int EventBufferCapacity { get; set; } = 4_096;

    /// <summary>How soon a caller that waits asks again for the first time. Range 1 ms to <see cref="PollIntervalMax"/>; default 10 ms.</summary>
    public TimeSpan PollIntervalMin { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How long a caller that waits lets pass at most before it asks again: each time is twice the one before, up to this. Range
    /// 1 ms to 1 hour; default 250 ms.
    /// </summary>
    public TimeSpan PollIntervalMax { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Longest value, member or element that is sent, in bytes. Range 1 to 536,870,912 (512 MiB); default 536,870,912.
    /// </summary>
    /// <remarks>One that is longer is refused with <see cref="ValueTooLongException"/>: a server would break the connection of all callers.</remarks>
    public int ValueLengthMax { get; set; } = LongestValue;

    /// <summary>What a server takes unless it is set up otherwise.</summary>
    internal const int LongestValue = 536_870_912;

    internal bool HasOwnTimeProvider { get; private set; }

    internal RedisKeyspaceOptions Copy() => (RedisKeyspaceOptions)MemberwiseClone();
}
