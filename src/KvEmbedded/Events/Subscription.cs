using KvEmbedded.Engine;

namespace KvEmbedded;

/// <summary>A subscriber's stream of news - key events or messages - in the order of commits.</summary>
/// <remarks>
/// It is registered from when it was made until it is disposed, whether somebody reads or not; what is not read yet waits
/// in a buffer of a fixed size. One reader at a time; the next goes on where the one before has stopped.
/// </remarks>
/// <typeparam name="T"><see cref="KeyEvent"/> or <see cref="ChannelMessage"/>.</typeparam>
public sealed class Subscription<T> : IAsyncEnumerable<T>, IDisposable, IAsyncDisposable
{
    private readonly BoundedFeed<T> feed;

    // The publisher's: news have been dropped since the reader had last read all.
    private bool isBehind;
    private int hasLeft;

    internal Subscription(int capacity, FullMode fullMode, CommandScheduler scheduler)
    {
        Capacity = capacity;
        feed = new BoundedFeed<T>(capacity, fullMode, scheduler.Schedule);
    }

    /// <summary>News lost so far because the buffer was full.</summary>
    public long DroppedCount => feed.Dropped;

    /// <summary>Most news that wait for the reader.</summary>
    internal int Capacity { get; }

    /// <summary>True once it takes no more news.</summary>
    internal bool HasEnded => feed.HasEnded;

    /// <summary>Tells whoever publishes that this subscriber is gone; any thread may, and more than once.</summary>
    internal Action? Leave { get; set; }

    /// <summary>The same, where it has to be waited for; in place of <see cref="Leave"/>.</summary>
    internal Func<ValueTask>? LeaveAsync { get; set; }

    /// <summary>Reads on, waiting for news, until the subscription or the keyspace is disposed.</summary>
    /// <remarks>
    /// What is buffered by then is still read; then the enumeration ends if the subscription was disposed, and throws
    /// <see cref="ObjectDisposedException"/> if the keyspace was. It throws <see cref="InvalidOperationException"/> if
    /// somebody else is reading, or if the reader fell behind under <see cref="FullMode.End"/>.
    /// </remarks>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        feed.ReadAllAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);

    /// <summary>Ends the subscription: nothing more is buffered. A server is told later.</summary>
    public void Dispose() => _ = DisposeAsync().AsTask();

    /// <summary>Ends the subscription: nothing more is buffered. Ends when a server knows it too.</summary>
    public ValueTask DisposeAsync()
    {
        Leave?.Invoke();
        feed.Complete();
        return Interlocked.Exchange(ref hasLeft, 1) == 0 && LeaveAsync is { } leave ? leave() : ValueTask.CompletedTask;
    }

    /// <summary>Buffers a piece of news. Its one publisher alone calls this.</summary>
    internal PublishOutcome Publish(T news)
    {
        if (isBehind && feed.Count == 0) isBehind = false;
        var before = feed.Dropped;
        feed.TryPublish(news);
        if (feed.Dropped == before) return PublishOutcome.Kept;
        if (isBehind) return PublishOutcome.Dropped;
        isBehind = true;
        return PublishOutcome.FirstDropped;
    }

    /// <summary>The keyspace ends: after what is buffered the reader gets <paramref name="reason"/>.</summary>
    internal void End(Exception reason) => feed.Complete(reason);
}

/// <summary>What became of a piece of news that was put into a subscriber's buffer.</summary>
internal enum PublishOutcome
{
    /// <summary>It is there, and so is all that was; or the subscription has ended.</summary>
    Kept,

    /// <summary>One was dropped.</summary>
    Dropped,

    /// <summary>One was dropped for the first time since the reader had read all.</summary>
    FirstDropped,
}
