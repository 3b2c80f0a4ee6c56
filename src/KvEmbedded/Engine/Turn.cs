using System.Runtime.CompilerServices;
using KvEmbedded.Diagnostics;
using KvEmbedded.Events;

namespace KvEmbedded.Engine;

/// <summary>
/// The only window on the store. A command finds its keys here, validates, then mutates; what it changed it reports with
/// <see cref="Changed(EncodedKey, KeyEventKind)"/>, and the turn's end does the rest: empty collections go, memory is
/// accounted, waiters are served, events published. The holder of the loop alone may use it.
/// </summary>
/// <remarks>
/// A transaction is one turn of many steps: while it lasts the turn records how to take back what it does
/// (Turn.Undo.cs), publishes nothing, and keeps lock-free readers out (<see cref="ReadGate"/>).
/// </remarks>
internal sealed partial class Turn
{
    private readonly KeyTable table;
    private readonly Clock clock;
    private readonly KeyspaceOptions options;
    private readonly LoopMonitor monitor;
    private long now;
    private bool hasWork;

    // Written on the loop, read by whoever wants the figures.
    private long commands;
    private long hits;
    private long misses;

    public Turn(Dispatcher dispatcher, KeyspaceOptions options, KeyTable table, Clock clock, ReadGate gate, KeyEventHub events,
        ChannelHub channels, LoopMonitor monitor)
    {
        this.options = options;
        this.table = table;
        this.clock = clock;
        this.gate = gate;
        this.events = events;
        this.channels = channels;
        this.monitor = monitor;
        Waiters = new Waiters(options.WaitersMax, monitor);
        Random = options.RandomSeed is { } seed ? new Random(seed) : new Random();
        timers = new LoopTimers(dispatcher, clock, options.TimeProvider);
    }

    /// <summary>The turn's one moment, on the monotonic clock; read at the first look.</summary>
    public long Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => now != 0 ? now : now = clock.Now;
    }

    public Clock Clock => clock;

    /// <summary>The one source of chance.</summary>
    public Random Random { get; }

    public Waiters Waiters { get; }

    public KeyTable Table => table;

    public KeyspaceOptions Options => options;

    public LoopMonitor Monitor => monitor;

    /// <summary>Turns that were run for callers; a transaction is one.</summary>
    public long Commands => Volatile.Read(ref commands);

    /// <summary>Reads of strings, in a turn, that found one.</summary>
    public long Hits => Volatile.Read(ref hits);

    /// <summary>Reads of strings, in a turn, that found no key.</summary>
    public long Misses => Volatile.Read(ref misses);

    /// <summary>Counts a read of a string.</summary>
    public void CountRead(bool isHit)
    {
        if (isHit) hits++;
        else misses++;
    }

    /// <summary>Runs one command as a turn of its own.</summary>
    /// <param name="measured">The command's name if it may run long; else null.</param>
    public TResult Run<TArgs, TResult>(EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command, string? measured)
    {
        if (measured is not null) monitor.Begin(measured, key);
        try
        {
            var result = command(this, key, args);
            End();
            return result;
        }
        catch
        {
            End();
            throw;
        }
        finally
        {
            if (measured is not null) monitor.End();
        }
    }

    /// <summary>Runs one step of a transaction, which ends with the step's empty collections gone.</summary>
    public TResult RunStep<TArgs, TResult>(EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command)
    {
        try
        {
            return command(this, key, args);
        }
        finally
        {
            CloseTouched();
        }
    }

    /// <summary>Tries a blocking command as a turn of its own.</summary>
    public bool TryRun<TArgs, TResult>(EncodedKey[] keys, TArgs args, BlockingCommand<TArgs, TResult> command, out TResult result)
    {
        try
        {
            return command(this, keys, args, out result);
        }
        finally
        {
            End();
        }
    }

    /// <summary>Tries a blocking command as a step of the turn that goes on.</summary>
    public bool TryRunStep<TArgs, TResult>(EncodedKey[] keys, TArgs args, BlockingCommand<TArgs, TResult> command, out TResult result)
    {
        try
        {
            return command(this, keys, args, out result);
        }
        finally
        {
            CloseTouched();
        }
    }

    /// <summary>Closes and publishes what the turn did for a caller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End()
    {
        commands++;
        EndUnasked();
    }

    /// <summary>Closes and publishes what the turn did of the engine's own accord.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndUnasked()
    {
        if (hasWork) EndWithWork();
        now = 0;
    }

    private void EndWithWork()
    {
        CloseTouched();
        gate.Open();
        Publish();
        hasWork = false;
    }
}
