using KvEmbedded.Diagnostics;
using KvEmbedded.Engine;

namespace KvEmbedded;

/// <summary>What a keyspace can tell of itself. Safe for concurrent use; it waits for nothing, not even for a stalled loop.</summary>
public sealed class KeyspaceDiagnostics
{
    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/> of every keyspace.</summary>
    public const string MeterName = "KvEmbedded";

    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/> of every keyspace.</summary>
    public const string ActivitySourceName = "KvEmbedded";

    private readonly EmbeddedStore store;

    internal KeyspaceDiagnostics(EmbeddedStore store) => this.store = store;

    /// <summary>
    /// The newest slow commands and transaction bodies, newest first, as they are at this moment. Their number and what is
    /// slow are options: <see cref="KeyspaceOptions.SlowLogCapacity"/>, <see cref="KeyspaceOptions.SlowLogThreshold"/>.
    /// </summary>
    /// <remarks>O(n), n entries. Redis: <c>SLOWLOG GET</c>.</remarks>
    public IReadOnlyList<SlowCommand> SlowLog => store.Monitor.SlowLog.Snapshot();

    /// <summary>
    /// The newest stalls of the loop, newest first, as they are at this moment; one is here as soon as it has lasted for
    /// <see cref="KeyspaceOptions.StallThreshold"/>, whether it ever ends or not.
    /// </summary>
    /// <remarks>O(n), n entries; at most <see cref="KeyspaceOptions.SlowLogCapacity"/> are kept.</remarks>
    public IReadOnlyList<LoopStall> Stalls => store.Monitor.Stalls.Snapshot();

    internal static string? Version { get; } = typeof(KeyspaceDiagnostics).Assembly.GetName().Version?.ToString(3);

    /// <summary>The keyspace's figures as they are now.</summary>
    /// <remarks>O(1). Redis: <c>INFO</c>.</remarks>
    public KeyspaceStatistics GetStatistics() => new()
    {
        Keys = Figures.Keys(store),
        MemoryBytes = Figures.MemoryBytes(store),
        Commands = Figures.Commands(store),
        Hits = Figures.Hits(store),
        Misses = Figures.Misses(store),
        ExpiredKeys = Figures.ExpiredKeys(store),
        WaitingCallers = (int)Figures.WaitingCallers(store),
        ParkedCallers = (int)Figures.ParkedCallers(store),
        Subscribers = store.Events.Count,
        EventsDropped = Figures.EventsDropped(store),
        ChannelSubscribers = store.Listeners.Table.Subscribers.Count,
        MessagesDropped = Figures.MessagesDropped(store),
        SlowCommands = Figures.SlowCommands(store),
        Stalls = Figures.Stalls(store),
        Slowest = store.Monitor.Slowest,
    };
}
