using KvEmbedded.Engine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KvEmbedded.Diagnostics;

/// <summary>
/// Times the commands that may run long and the bodies of transactions; keeps the slow ones and those that stall the
/// loop; tells log and meter. What is told from the loop goes through <see cref="LoopNotes"/>.
/// </summary>
internal sealed class LoopMonitor : IDisposable
{
    /// <summary>The name under which the body of a transaction is measured.</summary>
    public const string TransactionBody = "Transact";

    private readonly TimeProvider timeProvider;
    private readonly KeyspaceOptions options;
    private readonly KeyspaceInstruments instruments;
    private readonly ILogger logger;
    private readonly LoopNotes notes;
    private readonly StallWatch? watch;
    private readonly TimeSpan slowThreshold;

    // What is being measured. Written by the holder of the loop.
    private string command = "";
    private EncodedKey key;
    private long started;
    private TimeSpan slowestTime = TimeSpan.MinValue;
    private SlowCommand? slowest;
    private bool isOverMemoryLimit;

    // A moment on the clock of time stamps; zero if nothing has been refused yet.
    private long overloadNotedAt;

    public LoopMonitor(KeyspaceOptions options, KeyspaceInstruments instruments)
    {
        this.options = options;
        this.instruments = instruments;
        timeProvider = options.TimeProvider;
        logger = options.LoggerFactory?.CreateLogger(typeof(Keyspace).FullName!) ?? NullLogger.Instance;
        notes = new LoopNotes(options.Scheduler, Tell);
        slowThreshold = options.SlowLogThreshold == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : options.SlowLogThreshold;
        SlowLog = new NewestEntries<SlowCommand>(options.SlowLogCapacity);
        Stalls = new NewestEntries<LoopStall>(options.SlowLogCapacity);
        if (options.StallThreshold != Timeout.InfiniteTimeSpan)
            watch = new StallWatch(timeProvider, options.StallThreshold, NoteStall);
    }

    public NewestEntries<SlowCommand> SlowLog { get; }

    public NewestEntries<LoopStall> Stalls { get; }

    /// <summary>What took longest of all that was measured.</summary>
    public SlowCommand? Slowest => Volatile.Read(ref slowest);

    /// <summary>A measured command has the loop. The holder of the loop alone calls this, and <see cref="End"/> after it.</summary>
    public void Begin(string command, EncodedKey key)
    {
        this.command = command;
        this.key = key;
        started = timeProvider.GetTimestamp();
        watch?.Begin(command, key, started);
    }

    /// <summary>The command has ended.</summary>
    public void End()
    {
        watch?.End();
        var duration = timeProvider.GetElapsedTime(started);
        if (instruments.CommandDuration.Enabled) notes.Add(new LoopNote(LoopNoteKind.Measured, command, duration));
        if (duration > slowestTime || duration >= slowThreshold) NoteDuration(duration);
        key = default;
    }

    /// <summary>A command was refused for want of memory. Told once until <see cref="MemoryHasFallen"/>.</summary>
    public void MemoryIsUsedUp(long usedBytes)
    {
        if (isOverMemoryLimit) return;
        isOverMemoryLimit = true;
        notes.Add(new LoopNote(LoopNoteKind.MemoryLimit, Count: usedBytes));
    }

    /// <summary>There is memory again.</summary>
    public void MemoryHasFallen() => isOverMemoryLimit = false;

    /// <summary>A subscriber has begun to lose events or messages.</summary>
    public void SubscriberIsBehind(int capacity) => notes.Add(new LoopNote(LoopNoteKind.Dropping, Count: capacity));

    /// <summary>A subscriber's handler has thrown. On the handler's own thread.</summary>
    public void HandlerHasFailed(Exception exception) => Quietly(() => KeyspaceLog.HandlerFailed(logger, options.Name, exception));

    /// <summary>A caller was refused a place in the inbox. On the caller's own thread; told once a second at most.</summary>
    public void InboxIsFull()
    {
        if (!IsOverloadNews()) return;
        Quietly(() => KeyspaceLog.Overloaded(logger, options.Name, options.InboxCapacity, nameof(KeyspaceOptions.InboxCapacity)));
    }

    /// <summary>A caller was refused a place among the waiters. On the loop; told once a second at most.</summary>
    public void WaitersAreFull()
    {
        if (IsOverloadNews()) notes.Add(new LoopNote(LoopNoteKind.Overloaded, Count: options.WaitersMax));
    }

    public void NoteCreated() => Quietly(() => KeyspaceLog.Created(logger, options.Name));

    public void NoteDisposed(long commands) => Quietly(() => KeyspaceLog.Disposed(logger, options.Name, commands));

    public void Dispose() => watch?.Dispose();

    /// <summary>Runs a call of somebody else's logger, whose faults are no business of the keyspace's callers.</summary>
    public static void Quietly(Action log)
    {
        try
        {
            log();
        }
        catch (Exception)
        {
            // Nobody is there to be told.
        }
    }

    private void NoteDuration(TimeSpan duration)
    {
        var startedAt = timeProvider.GetUtcNow() - duration;
        var name = NameOf(key);
        if (duration > slowestTime)
        {
            slowestTime = duration;
            Volatile.Write(ref slowest, new SlowCommand(0, command, name, startedAt, duration));
        }

        if (duration < slowThreshold) return;
        var entry = SlowLog.Add(
            (command, name, startedAt, duration),
            static (number, a) => new SlowCommand(number, a.command, a.name, a.startedAt, a.duration));
        notes.Add(new LoopNote(LoopNoteKind.Slow, Slow: entry));
    }

    /// <summary>On the timer's thread, while the command still holds the loop.</summary>
    private void NoteStall(string command, EncodedKey key, TimeSpan heldFor)
    {
        var name = NameOf(key);
        Stalls.Add(
            (command, name, startedAt: timeProvider.GetUtcNow() - heldFor, heldFor),
            static (number, a) => new LoopStall(number, a.command, a.name, a.startedAt, a.heldFor));
        Quietly(() => KeyspaceLog.Stalled(logger, options.Name, command, TextOf(name), heldFor.TotalMilliseconds));
    }

    private bool IsOverloadNews()
    {
        var now = timeProvider.GetTimestamp();
        var last = Volatile.Read(ref overloadNotedAt);
        if (last != 0 && timeProvider.GetElapsedTime(last, now) < TimeSpan.FromSeconds(1)) return false;
        return Interlocked.CompareExchange(ref overloadNotedAt, now, last) == last;
    }

    private void Tell(LoopNote note)
    {
        switch (note.Kind)
        {
            case LoopNoteKind.Measured:
                instruments.CommandDuration.Record(
                    note.Duration.TotalSeconds,
                    new KeyValuePair<string, object?>(KeyspaceInstruments.KeyspaceTag, options.Name),
                    new KeyValuePair<string, object?>(KeyspaceInstruments.CommandTag, note.Command));
                break;
            case LoopNoteKind.Slow:
                var slow = note.Slow!;
                KeyspaceLog.SlowCommand(logger, options.Name, slow.Command, TextOf(slow.Key), slow.Duration.TotalMilliseconds);
                break;
            case LoopNoteKind.Dropping:
                KeyspaceLog.EventsDropped(logger, options.Name, note.Count);
                break;
            case LoopNoteKind.MemoryLimit:
                KeyspaceLog.MemoryLimitReached(logger, options.Name, note.Count, options.MemoryLimitBytes ?? 0);
                break;
            default:
                KeyspaceLog.Overloaded(logger, options.Name, note.Count, nameof(KeyspaceOptions.WaitersMax));
                break;
        }
    }

    /// <summary>Null for the default, which a transaction has in place of a key.</summary>
    private static KvKey? NameOf(EncodedKey key) => (byte[]?)key.Bytes is { } bytes ? (KvKey?)bytes : null;

    private static string TextOf(KvKey? key) => key is { } name ? KeyText.Of(name) : "";
}
