using KvEmbedded.Diagnostics;
using KvEmbedded.Events;

namespace KvEmbedded.Engine;

/// <summary>Everything one keyspace consists of, put together once.</summary>
internal sealed class EmbeddedStore
{
    public EmbeddedStore(KeyspaceOptions options)
    {
        Options = options;
        Clock = new Clock(options.TimeProvider);
        Table = new KeyTable();
        Gate = new ReadGate();
        Events = new KeyEventHub(options.EventBufferCapacity);
        Monitor = new LoopMonitor(options);
        Dispatcher = new Dispatcher(
            options.Scheduler, options.InboxCapacity, options.CommandsPerHoldMax,
            dispatcher => new Turn(dispatcher, options, Table, Clock, Gate, Events, Monitor));
    }

    public KeyspaceOptions Options { get; }

    public Clock Clock { get; }

    /// <summary>For lock-free readers; everything else goes through <see cref="Turn"/>.</summary>
    public KeyTable Table { get; }

    public ReadGate Gate { get; }

    public KeyEventHub Events { get; }

    public LoopMonitor Monitor { get; }

    public Dispatcher Dispatcher { get; }
}
