using KvEmbedded.Engine;

namespace KvEmbedded.Diagnostics;

/// <summary>What meters and statistics say of a keyspace, each figure read on any thread from where it is kept.</summary>
internal static class Figures
{
    public static long Keys(EmbeddedStore store) => store.Table.Count;

    public static long MemoryBytes(EmbeddedStore store) => store.Dispatcher.Turn.MemoryBytes;

    /// <summary>Turns, and reads that took none.</summary>
    public static long Commands(EmbeddedStore store) => store.Dispatcher.Turn.Commands + store.Reads.Hits + store.Reads.Misses;

    public static long Hits(EmbeddedStore store) => store.Dispatcher.Turn.Hits + store.Reads.Hits;

    public static long Misses(EmbeddedStore store) => store.Dispatcher.Turn.Misses + store.Reads.Misses;

    public static long ExpiredKeys(EmbeddedStore store) => store.Dispatcher.Turn.ExpiredKeys;

    public static long WaitingCallers(EmbeddedStore store) => store.Dispatcher.WaitingCallers;

    public static long ParkedCallers(EmbeddedStore store) => store.Dispatcher.Turn.Waiters.Count;

    public static long EventsDropped(EmbeddedStore store) => store.Events.Dropped;

    public static long MessagesDropped(EmbeddedStore store) => store.Listeners.Dropped;

    public static long SlowCommands(EmbeddedStore store) => store.Monitor.SlowLog.Count;

    public static long Stalls(EmbeddedStore store) => store.Monitor.Stalls.Count;
}
