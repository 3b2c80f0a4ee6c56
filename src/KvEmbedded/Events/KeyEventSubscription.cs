using KvEmbedded.Engine;
using KvEmbedded.Events;

namespace KvEmbedded;

/// <summary>A subscriber's stream of key events, in the order of commits.</summary>
/// <remarks>
/// It is registered from when it was made until it is disposed, whether somebody reads or not; what is not read yet waits
/// in a buffer of a fixed size. One reader at a time; the next goes on where the one before has stopped.
/// </remarks>
public sealed class KeyEventSubscription : IAsyncEnumerable<KeyEvent>, IDisposable, IAsyncDisposable
{
    private readonly KeyEventHub hub;
    private readonly KeyEventMatch match;
    private readonly BoundedFeed<KeyEvent> feed;

    // The loop's: events have been dropped since the reader had last read all.
    private bool isBehind;

    internal KeyEventSubscription(KeyEventHub hub, KeyEventMatch match, int capacity, FullMode fullMode, CommandScheduler scheduler)
    {
        this.hub = hub;
        this.match = match;
        Capacity = capacity;
        feed = new BoundedFeed<KeyEvent>(capacity, fullMode, scheduler.Schedule);
        hub.Add(this);
    }

    /// <summary>Events lost so far because the buffer was full.</summary>
    public long DroppedCount => feed.Dropped;

    /// <summary>Most events that wait for the reader.</summary>
    internal int Capacity { get; }

    /// <summary>True once it takes no more events.</summary>
    internal bool HasEnded => feed.HasEnded;

    /// <summary>Reads on, waiting for events, until the subscription or the keyspace is disposed.</summary>
    /// <remarks>
    /// What is buffered by then is still read; then the enumeration ends if the subscription was disposed, and throws
    /// <see cref="ObjectDisposedException"/> if the keyspace was. It throws <see cref="InvalidOperationException"/> if
    /// somebody else is reading, or if the reader fell behind under <see cref="FullMode.End"/>.
    /// </remarks>
    public IAsyncEnumerator<KeyEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        feed.ReadAllAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);

    /// <summary>Ends the subscription: nothing more is buffered.</summary>
    public void Dispose()
    {
        hub.Remove(this);
        feed.Complete();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal bool Wants(KeyEvent change) => match.Matches(change);

    /// <summary>Buffers an event. The loop alone calls this.</summary>
    internal PublishOutcome Publish(KeyEvent change)
    {
        if (isBehind && feed.Count == 0) isBehind = false;
        var before = feed.Dropped;
        feed.TryPublish(change);
        if (feed.Dropped == before) return PublishOutcome.Kept;
        if (isBehind) return PublishOutcome.Dropped;
        isBehind = true;
        return PublishOutcome.FirstDropped;
    }

    /// <summary>The keyspace ends: after what is buffered the reader gets <paramref name="reason"/>.</summary>
    internal void End(Exception reason) => feed.Complete(reason);
}

/// <summary>What became of an event that was put into a subscriber's buffer.</summary>
internal enum PublishOutcome
{
    /// <summary>It is there, and so is all that was; or the subscription has ended.</summary>
    Kept,

    /// <summary>One was dropped.</summary>
    Dropped,

    /// <summary>One was dropped for the first time since the reader had read all.</summary>
    FirstDropped,
}
