namespace KvEmbedded;

/// <summary>The figures of a keyspace at one moment. Each is exact; together they are not one instant.</summary>
public sealed record KeyspaceStatistics
{
    /// <summary>Keys, those included whose time has come but that have not been removed yet.</summary>
    public required long Keys { get; init; }

    /// <summary>Memory held by keys and values, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Commands run since the start, reads that needed no turn included. A transaction is one.</summary>
    public required long Commands { get; init; }

    /// <summary>Reads of strings that found one; a read of many counts once for each key.</summary>
    public required long Hits { get; init; }

    /// <summary>Reads of strings that found no key.</summary>
    public required long Misses { get; init; }

    /// <summary>Keys removed because their time had come.</summary>
    public required long ExpiredKeys { get; init; }

    /// <summary>Callers whose commands wait for the loop now.</summary>
    public required int WaitingCallers { get; init; }

    /// <summary>Callers parked in blocking operations now.</summary>
    public required int ParkedCallers { get; init; }

    /// <summary>Subscribers to key events now.</summary>
    public required int Subscribers { get; init; }

    /// <summary>Key events that subscribers did not get because their buffers were full.</summary>
    public required long EventsDropped { get; init; }

    /// <summary>Subscriptions to channels now.</summary>
    public required int ChannelSubscribers { get; init; }

    /// <summary>Messages that subscribers to channels did not get because their buffers were full.</summary>
    public required long MessagesDropped { get; init; }

    /// <summary>Commands and transaction bodies that took <see cref="KeyspaceOptions.SlowLogThreshold"/> or longer.</summary>
    public required long SlowCommands { get; init; }

    /// <summary>Times that the loop was held for <see cref="KeyspaceOptions.StallThreshold"/> or longer.</summary>
    public required long Stalls { get; init; }

    /// <summary>The command or transaction body that took longest since the start, slow or not; null if none was measured.</summary>
    /// <remarks>Commands that are short by nature are not measured. Its number is 0: it need not be in the slow log.</remarks>
    public required SlowCommand? Slowest { get; init; }
}
