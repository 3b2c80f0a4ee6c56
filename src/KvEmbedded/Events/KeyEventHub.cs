using KvEmbedded.Diagnostics;

namespace KvEmbedded.Events;

/// <summary>Who watches the keyspace.</summary>
internal sealed class KeyEventHub(LoopMonitor monitor) : SubscriberHub<KeyEvent, KeyEventSubscriber[]>([], monitor)
{
    /// <summary>True if anybody watches.</summary>
    public bool IsObserved => Subscribers.Length > 0;

    /// <summary>Those who watch now.</summary>
    public int Count => Subscribers.Length;

    /// <summary>From the return of this call on the watcher is told.</summary>
    /// <exception cref="ObjectDisposedException">The keyspace is closed.</exception>
    public void Add(Subscription<KeyEvent> subscription, KeyEventMatch match)
    {
        var one = new KeyEventSubscriber(subscription, match);
        Enter(subscription, all => [.. all, one], all => Array.FindAll(all, other => !ReferenceEquals(other, one)));
    }

    /// <summary>Tells every watcher that wants to know, in the terms of its view. The loop alone calls this.</summary>
    /// <param name="change">With the whole key.</param>
    public void Publish(KeyEvent change)
    {
        foreach (var (subscription, match) in Subscribers)
        {
            if (match.IsWanted(change, out var seen)) Deliver(subscription, seen);
        }
    }

    protected override IEnumerable<Subscription<KeyEvent>> All(KeyEventSubscriber[] all) => all.Select(static one => one.Subscription);
}

/// <summary>One who watches.</summary>
internal sealed record KeyEventSubscriber(Subscription<KeyEvent> Subscription, KeyEventMatch Match);
