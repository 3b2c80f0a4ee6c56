using KvEmbedded.Diagnostics;
using KvEmbedded.Events;

namespace KvEmbedded.Engine;

/// <summary>Everything one keyspace consists of, put together once.</summary>
internal sealed class EmbeddedStore
{
    private readonly KeyspaceInstruments instruments;

    public EmbeddedStore(KeyspaceOptions options)
    {
        Options = options;
        Clock = new Clock(options.TimeProvider);
        Table = new KeyTable();
        Gate = new ReadGate();
        instruments = KeyspaceInstruments.Of(options.MeterFactory);
        Monitor = new LoopMonitor(options, instruments);
        Events = new KeyEventHub(Monitor);
        Listeners = new ChannelHub(Monitor);
        Dispatcher = new Dispatcher(
            options.Scheduler, options.InboxCapacity, options.CommandsPerHoldMax,
            dispatcher => new Turn(dispatcher, options, Table, Clock, Gate, Events, Listeners, Monitor));
        instruments.Add(this);
        Monitor.NoteCreated();
    }

    public KeyspaceOptions Options { get; }

    public Clock Clock { get; }

    /// <summary>For lock-free readers; everything else goes through <see cref="Turn"/>.</summary>
    public KeyTable Table { get; }

    public ReadGate Gate { get; }

    public KeyEventHub Events { get; }

    public ChannelHub Listeners { get; }

    public LoopMonitor Monitor { get; }

    /// <summary>Counts the reads that take no turn.</summary>
    public ReadCounters Reads { get; } = new();

    public Dispatcher Dispatcher { get; }

    /// <summary>The loop is closed: what others had of this store goes.</summary>
    public void NoteClosed()
    {
        instruments.Remove(this);
        Monitor.NoteDisposed(Figures.Commands(this));
    }
}
