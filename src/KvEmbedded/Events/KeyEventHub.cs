using System.Collections.Immutable;

namespace KvEmbedded.Events;

/// <summary>Who watches the keyspace. Replaced as a whole, so that the loop reads it without a lock.</summary>
internal sealed class KeyEventHub(int capacity)
{
    private ImmutableArray<KeyEventSubscription> subscriptions = [];

    /// <summary>True if anybody watches.</summary>
    public bool IsObserved => !subscriptions.IsEmpty;

    public int Capacity => capacity;

    public void Add(KeyEventSubscription subscription) =>
        ImmutableInterlocked.Update(ref subscriptions, static (all, one) => all.Add(one), subscription);

    public void Remove(KeyEventSubscription subscription) =>
        ImmutableInterlocked.Update(ref subscriptions, static (all, one) => all.Remove(one), subscription);

    /// <summary>Tells every watcher, never waiting for one. The loop alone calls this.</summary>
    public void Publish(KeyEvent change)
    {
        foreach (var subscription in subscriptions) subscription.Publish(change);
    }

    /// <summary>Ends every subscription: after what is buffered its reader gets <paramref name="reason"/>.</summary>
    public void Close(Exception reason)
    {
        foreach (var subscription in ImmutableInterlocked.InterlockedExchange(ref subscriptions, [])) subscription.End(reason);
    }
}
