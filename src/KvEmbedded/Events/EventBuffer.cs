using System.Diagnostics;
using KvEmbedded.Engine;

namespace KvEmbedded.Events;

/// <summary>
/// The newest events that a watcher has not read yet, at most so many. The loop writes and never waits; one reader takes.
/// </summary>
/// <remarks>
/// A ring with two counts that only rise: <c>tail</c>, which the loop alone moves, and <c>head</c>, which the reader moves
/// to take and the loop to drop the oldest, each by compare-and-swap, so that an event is either taken or dropped. What a
/// reader found in a place is its own only if its swap succeeds; had the loop written the place again, it would not.
/// Invariant: 0 &lt;= tail - head &lt;= capacity.
/// </remarks>
internal sealed class EventBuffer<TEvent>(int capacity, KeyEventFullMode fullMode, CommandScheduler scheduler) where TEvent : class
{
    // Made with the first event.
    private TEvent?[]? ring;
    private long head;
    private long tail;
    private bool isBehind;
    private bool hasEnded;
    private ReaderWait? waiting;

    public int Capacity => capacity;

    /// <summary>Puts one event; the loop alone calls this.</summary>
    public PublishOutcome Put(TEvent item)
    {
        ring ??= new TEvent?[capacity];
        var isDropped = false;
        var oldest = Volatile.Read(ref head);
        if (tail - oldest == capacity)
        {
            if (fullMode == KeyEventFullMode.DropNewest) return Dropped();

            // If this fails the reader has just taken the oldest, and there is room.
            isDropped = Interlocked.CompareExchange(ref head, oldest + 1, oldest) == oldest;
        }

        Volatile.Write(ref ring[tail % capacity], item);
        Interlocked.Exchange(ref tail, tail + 1);
        Wake(true);
        return isDropped ? Dropped() : PublishOutcome.Kept;
    }

    /// <summary>Nothing more will come. Any thread.</summary>
    public void End()
    {
        Volatile.Write(ref hasEnded, true);
        Interlocked.MemoryBarrier();
        Wake(false);
    }

    /// <summary>Takes the oldest event. The reader alone calls this.</summary>
    public bool TryTake(out TEvent item)
    {
        while (true)
        {
            var oldest = Volatile.Read(ref head);
            if (oldest == Volatile.Read(ref tail))
            {
                Volatile.Write(ref isBehind, false);
                item = null!;
                return false;
            }

            ref var place = ref ring![oldest % capacity];
            var found = Volatile.Read(ref place);
            if (Interlocked.CompareExchange(ref head, oldest + 1, oldest) != oldest) continue;

            // Let go of, unless the loop has put a newer one there already.
            Interlocked.CompareExchange(ref place, null, found);
            item = found!;
            return true;
        }
    }

    /// <summary>Waits until there is something to take. The reader alone calls this, having found nothing.</summary>
    /// <returns>False if nothing is there and nothing more will come.</returns>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var wait = new ReaderWait { Scheduler = scheduler };
        var task = wait.Task;
        wait.ObserveCancellation(cancellationToken);

        // Shown first, then looked once more: either the writer sees the wait, or this sees what was written.
        Interlocked.Exchange(ref waiting, wait);
        var isOver = Volatile.Read(ref hasEnded);
        var isEmpty = Volatile.Read(ref head) == Volatile.Read(ref tail);
        if (isEmpty && !isOver) return task;
        Wake(!isEmpty);
        return task;
    }

    private void Wake(bool hasMore)
    {
        if (Volatile.Read(ref waiting) is null) return;
        if (Interlocked.Exchange(ref waiting, null) is { } wait && wait.TryStart()) wait.Complete(hasMore);
    }

    private PublishOutcome Dropped()
    {
        if (Volatile.Read(ref isBehind)) return PublishOutcome.Dropped;
        Volatile.Write(ref isBehind, true);
        return PublishOutcome.FirstDropped;
    }

    /// <summary>A reader that waits: cancelled or woken, whichever is first.</summary>
    private sealed class ReaderWait : Completion<bool>
    {
        public override bool Run(Dispatcher dispatcher) => throw new UnreachableException();
    }
}

/// <summary>What became of an event that was put into a buffer.</summary>
internal enum PublishOutcome
{
    /// <summary>It is there, and so is all that was.</summary>
    Kept,

    /// <summary>One was dropped.</summary>
    Dropped,

    /// <summary>One was dropped for the first time since the reader had read all.</summary>
    FirstDropped,
}

/// <summary>An event in the one object that all buffers share.</summary>
internal sealed class PublishedEvent(KeyEvent change)
{
    public KeyEvent Event => change;
}
