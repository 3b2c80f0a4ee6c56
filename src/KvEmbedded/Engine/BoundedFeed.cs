using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace KvEmbedded.Engine;

/// <summary>
/// What one subscriber has not read yet. One publisher, which never waits and never runs the subscriber's code; one reader
/// at a time. When the buffer is full, the <see cref="FullMode"/> decides, and what is dropped is counted.
/// </summary>
/// <remarks>
/// Published = read + buffered + <see cref="Dropped"/>, until the feed has ended. No lock: see <see cref="BoundedFeedBuffer{T}"/>
/// for the items and <see cref="BoundedFeedSignal"/> for the wait. Memory: up to <c>capacity</c> items, and a segment of at
/// most 512.
/// </remarks>
/// <typeparam name="T">The news; dropped and read items are let go at once.</typeparam>
internal sealed class BoundedFeed<T>
{
    private readonly BoundedFeedBuffer<T> buffer;
    private readonly BoundedFeedSignal signal;
    private readonly FullMode fullMode;
    private readonly Func<int, Exception> overflow;
    private Ending? ending;
    private long dropped;
    private int isRead;

    /// <param name="capacity">Most items buffered, at least 1.</param>
    /// <param name="fullMode">What happens then.</param>
    /// <param name="schedule">Takes the reader's continuation over; null for the thread pool.</param>
    /// <param name="overflow">Makes the exception of <see cref="FullMode.End"/> from the number of buffered items.</param>
    public BoundedFeed(
        int capacity, FullMode fullMode, Action<IThreadPoolWorkItem>? schedule = null, Func<int, Exception>? overflow = null)
    {
        buffer = new BoundedFeedBuffer<T>(capacity);
        signal = new BoundedFeedSignal(schedule ?? (static work => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false)));
        this.fullMode = fullMode;
        this.overflow = overflow ?? FellBehind;
    }

    /// <summary>Items buffered.</summary>
    public int Count => buffer.Count;

    /// <summary>Items dropped so far because the buffer was full; the one that ended the feed is among them.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    /// <summary>Bytes of the buffer, without what the items refer to. The publisher's.</summary>
    public long MemoryBytes => buffer.MemoryBytes;

    /// <summary>True once the feed takes no more items.</summary>
    public bool HasEnded => Volatile.Read(ref ending) is not null;

    /// <summary>The publisher's: adds an item. Never blocks; O(1), one allocation in 512 items.</summary>
    /// <returns>True if it is buffered; false if it was dropped or the feed has ended.</returns>
    public bool TryPublish(T item)
    {
        if (HasEnded) return false;
        while (!buffer.TryAdd(item))
        {
            if (fullMode != FullMode.DropOldest)
            {
                CountDrop();
                if (fullMode == FullMode.End) Complete(overflow(buffer.Count));
                return false;
            }

            // If there is none to take now, the reader was faster, and there is room.
            if (buffer.TryTake(out _)) CountDrop();
        }

        signal.Wake();
        return true;
    }

    /// <summary>Ends the feed, once the buffered items are read: with an exception, or quietly. Any thread may.</summary>
    /// <returns>False if it has ended before; then the first end holds.</returns>
    public bool Complete(Exception? error = null)
    {
        if (Interlocked.CompareExchange(ref ending, new Ending(error), null) is not null) return false;
        signal.Wake();
        return true;
    }

    /// <summary>
    /// The items from the oldest unread one on, as they come, each once. A reader that leaves early can be followed by
    /// another one, who goes on where it stopped.
    /// </summary>
    /// <param name="cancellationToken">Ends the enumeration at once, with what is buffered unread.</param>
    /// <exception cref="InvalidOperationException">Another enumeration is under way.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref isRead, 1) != 0)
            throw new InvalidOperationException("This subscription is being read already. Subscribe once for each reader.");
        var registration = cancellationToken.UnsafeRegister(static signal => ((BoundedFeedSignal)signal!).Wake(), signal);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var end = Volatile.Read(ref ending); // before the buffer: what was published before the end is read before it
                if (buffer.TryTake(out var item))
                {
                    yield return item;
                }
                else if (end is null)
                {
                    await NewsAsync(cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    if (end.Error is not null) ExceptionDispatchInfo.Throw(end.Error);
                    yield break;
                }
            }
        }
        finally
        {
            // Not Dispose, which waits for a callback on its way: one that comes late wakes somebody up in vain.
            registration.Unregister();
            Volatile.Write(ref isRead, 0);
        }
    }

    private ValueTask NewsAsync(CancellationToken cancellationToken)
    {
        var news = signal.Arm();
        var hasNews = buffer.Count != 0 || HasEnded || cancellationToken.IsCancellationRequested;
        return hasNews && signal.TryTakeBack() ? ValueTask.CompletedTask : news;
    }

    private void CountDrop() => Volatile.Write(ref dropped, dropped + 1);

    private static InvalidOperationException FellBehind(int buffered) => new(
        $"The subscription ended because its reader fell behind: {buffered} unread items are all it may buffer. " +
        "Read faster, raise the limit, or choose to drop items.");

    private sealed record Ending(Exception? Error);
}
