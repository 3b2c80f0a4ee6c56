using KvEmbedded.Engine;

namespace KvEmbedded.Diagnostics;

/// <summary>
/// What the loop has to tell loggers and meters. They are other people's code, so they are told from another thread: a
/// slow or faulty one can neither hold the loop nor break a command.
/// </summary>
/// <remarks>
/// One writer, the holder of the loop; one reader, whoever was scheduled last. A note that finds the ring full is lost:
/// the slow log and the statistics have it all the same.
/// </remarks>
internal sealed class LoopNotes(CommandScheduler scheduler, Action<LoopNote> tell) : IThreadPoolWorkItem
{
    private const int Capacity = 256;

    // Made with the first note: most keyspaces never have one.
    private LoopNote[]? ring;
    private long written;
    private long read;
    private int isScheduled;

    /// <summary>The holder of the loop alone calls this.</summary>
    public void Add(LoopNote note)
    {
        if (written - Volatile.Read(ref read) == Capacity) return;
        ring ??= new LoopNote[Capacity];
        ring[written % Capacity] = note;
        Volatile.Write(ref written, written + 1);
        if (Interlocked.Exchange(ref isScheduled, 1) == 0) scheduler.Schedule(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            TellAll();
            Interlocked.Exchange(ref isScheduled, 0);
        }
        while (read != Volatile.Read(ref written) && Interlocked.Exchange(ref isScheduled, 1) == 0);
    }

    private void TellAll()
    {
        while (read != Volatile.Read(ref written))
        {
            ref var place = ref ring![read % Capacity];
            var note = place;
            place = default;
            Volatile.Write(ref read, read + 1);
            try
            {
                tell(note);
            }
            catch (Exception)
            {
                // A listener's own fault, and nobody is there to be told.
            }
        }
    }
}

/// <summary>One thing to tell; which fields count follows from <paramref name="Kind"/>.</summary>
/// <param name="Kind">What is told.</param>
/// <param name="Command">Measured: the command's name.</param>
/// <param name="Duration">Measured: how long it held the loop.</param>
/// <param name="Slow">Slow: the entry of the slow log.</param>
/// <param name="Count">Memory limit: bytes used. Dropping: the subscriber's capacity. Overloaded: the limit.</param>
internal readonly record struct LoopNote(
    LoopNoteKind Kind, string? Command = null, TimeSpan Duration = default, SlowCommand? Slow = null, long Count = 0);

/// <summary>What a <see cref="LoopNote"/> tells.</summary>
internal enum LoopNoteKind
{
    /// <summary>A measured command has ended.</summary>
    Measured,

    /// <summary>One has been slow.</summary>
    Slow,

    /// <summary>A subscriber has begun to lose events.</summary>
    Dropping,

    /// <summary>The memory limit has been reached.</summary>
    MemoryLimit,

    /// <summary>Too many callers are parked.</summary>
    Overloaded,
}
