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

    /// <summary>How soon a caller that waits asks again for the first time. Range 1 ms to <see cref="PollIntervalMax"/>; default 10 ms.</summary>
    public TimeSpan PollIntervalMin { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How long a caller that waits lets pass at most before it asks again: each time is twice the one before, up to this. Range
    /// 1 ms to 1 hour; default 250 ms.
    /// </summary>
    public TimeSpan PollIntervalMax { get; set; } = TimeSpan.FromMilliseconds(250);

    internal bool HasOwnTimeProvider { get; private set; }

    internal RedisKeyspaceOptions Copy() => (RedisKeyspaceOptions)MemberwiseClone();
}
