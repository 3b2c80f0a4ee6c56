using System.Runtime.ExceptionServices;
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
    private readonly EventBuffer<PublishedEvent> buffer;
    private Exception? endedBy;
    private bool isDisposed;
    private int readers;
    private long dropped;

    internal KeyEventSubscription(
        KeyEventHub hub, KeyEventMatch match, int capacity, KeyEventFullMode fullMode, CommandScheduler scheduler)
    {
        this.hub = hub;
        this.match = match;
        buffer = new EventBuffer<PublishedEvent>(capacity, fullMode, scheduler);
        hub.Add(this);
    }

    /// <summary>Events lost so far because the buffer was full.</summary>
    public long DroppedCount => Volatile.Read(ref dropped);

    internal int Capacity => buffer.Capacity;

    /// <summary>Reads on, waiting for events, until the subscription or the keyspace is disposed.</summary>
    /// <exception cref="InvalidOperationException">Somebody else is reading.</exception>
    /// <remarks>
    /// If the subscription is disposed the enumeration ends; if the keyspace is, it throws
    /// <see cref="ObjectDisposedException"/>, after what was buffered.
    /// </remarks>
    public IAsyncEnumerator<KeyEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref readers, 1) != 0)
            throw new InvalidOperationException("Somebody reads these events already. Make a subscription for each reader.");
        return new Reader(this, cancellationToken);
    }

    /// <summary>Ends the subscription; what is buffered is dropped, and a reader that waits comes to its end.</summary>
    public void Dispose()
    {
        hub.Remove(this);
        Volatile.Write(ref isDisposed, true);
        buffer.End();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal bool Wants(KeyEvent change) => match.Matches(change);

    /// <summary>Buffers an event. The loop alone calls this.</summary>
    internal PublishOutcome Publish(PublishedEvent published)
    {
        var outcome = buffer.Put(published);
        if (outcome != PublishOutcome.Kept) Volatile.Write(ref dropped, dropped + 1);
        return outcome;
    }

    /// <summary>The keyspace ends: after what is buffered the reader gets <paramref name="reason"/>.</summary>
    internal void End(Exception reason)
    {
        Volatile.Write(ref endedBy, reason);
        buffer.End();
    }

    private sealed class Reader(KeyEventSubscription subscription, CancellationToken cancellationToken) : IAsyncEnumerator<KeyEvent>
    {
        private bool isDisposed;

        public KeyEvent Current { get; private set; }

        public async ValueTask<bool> MoveNextAsync()
        {
            for (var hasMore = true; ; hasMore = await subscription.buffer.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Volatile.Read(ref subscription.isDisposed)) return false;
                if (subscription.buffer.TryTake(out var published))
                {
                    Current = published.Event;
                    return true;
                }

                if (hasMore) continue;
                if (Volatile.Read(ref subscription.endedBy) is { } reason) ExceptionDispatchInfo.Throw(reason);
                return false;
            }
        }

        public ValueTask DisposeAsync()
        {
            if (isDisposed) return ValueTask.CompletedTask;
            isDisposed = true;
            Interlocked.Exchange(ref subscription.readers, 0);
            return ValueTask.CompletedTask;
        }
    }
}
