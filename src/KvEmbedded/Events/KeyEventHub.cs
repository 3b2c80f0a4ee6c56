using System.Collections.Immutable;
using KvEmbedded.Diagnostics;

namespace KvEmbedded.Events;

/// <summary>Who watches the keyspace. Replaced as a whole, so that the loop reads it without a lock.</summary>
internal sealed class KeyEventHub(LoopMonitor monitor)
{
    private ImmutableArray<KeyEventSubscription> subscriptions = [];
    private Exception? closedBy;
    private long dropped;

    /// <summary>True if anybody watches.</summary>
    public bool IsObserved => !subscriptions.IsEmpty;

    /// <summary>Those who watch now.</summary>
    public int Count => subscriptions.Length;

    /// <summary>Events that watchers did not get because they were behind.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    /// <summary>From the return of this call on the watcher is told.</summary>
    /// <exception cref="ObjectDisposedException">The keyspace is closed.</exception>
    public void Add(KeyEventSubscription subscription)
    {
        ImmutableInterlocked.Update(ref subscriptions, static (all, one) => all.Add(one), subscription);

        // Looked at last: either this sees the end, or the end sees the subscription.
        if (Volatile.Read(ref closedBy) is not { } reason) return;
        Remove(subscription);
        throw new ObjectDisposedException(nameof(Keyspace), reason.Message);
    }

    public void Remove(KeyEventSubscription subscription) =>
        ImmutableInterlocked.Update(ref subscriptions, static (all, one) => all.Remove(one), subscription);

    /// <summary>Tells every watcher, never waiting for one. The loop alone calls this.</summary>
    public void Publish(KeyEvent change)
    {
        foreach (var subscription in subscriptions)
        {
            if (!subscription.Wants(change)) continue;
            var outcome = subscription.Publish(change);
            if (outcome == PublishOutcome.Kept) continue;
            Volatile.Write(ref dropped, dropped + 1);
            if (outcome == PublishOutcome.FirstDropped) monitor.SubscriberIsBehind(subscription.Capacity);
            if (subscription.HasEnded) Remove(subscription);
        }
    }

    /// <summary>Ends every subscription: after what is buffered its reader gets <paramref name="reason"/>.</summary>
    public void Close(Exception reason)
    {
        Volatile.Write(ref closedBy, reason);
        foreach (var subscription in ImmutableInterlocked.InterlockedExchange(ref subscriptions, [])) subscription.End(reason);
    }
}
