using KvEmbedded.Diagnostics;
using KvEmbedded.Engine;

namespace KvEmbedded.Events;

/// <summary>Who listens to which channels. Names and patterns are whole ones, with the prefix of the view they come from.</summary>
internal sealed class ChannelHub(LoopMonitor monitor) : SubscriberHub<ChannelMessage, ChannelTable>(ChannelTable.Empty, monitor)
{
    /// <summary>Those who listen, as they are now.</summary>
    public ChannelTable Table => Subscribers;

    /// <summary>From the return of this call on the subscriber is told, of all its channels and patterns at once.</summary>
    /// <exception cref="ObjectDisposedException">The keyspace is closed.</exception>
    public void Add(ChannelSubscriber subscriber) =>
        Enter(subscriber.Subscription, all => all.With(subscriber), all => all.Without(subscriber));

    /// <summary>Tells everybody who listens to a channel, once for each of its patterns besides. The loop alone calls this.</summary>
    public void Publish(EncodedKey channel, KvValue message)
    {
        var table = Subscribers;
        foreach (var subscriber in table.SubscribersOf(channel))
            Deliver(subscriber.Subscription, new ChannelMessage(subscriber.Shown(channel), message, null));
        foreach (var pattern in table.Patterns)
        {
            if (!pattern.Glob.Matches(channel.Bytes)) continue;
            foreach (var (subscriber, shown) in pattern.Subscribers)
                Deliver(subscriber.Subscription, new ChannelMessage(subscriber.Shown(channel), message, shown));
        }
    }

    /// <summary>How many a message to a channel goes to.</summary>
    public long CountReached(EncodedKey channel)
    {
        var table = Subscribers;
        var count = (long)table.SubscribersOf(channel).Length;
        foreach (var pattern in table.Patterns)
        {
            if (pattern.Glob.Matches(channel.Bytes)) count += pattern.Subscribers.Length;
        }

        return count;
    }

    protected override IEnumerable<Subscription<ChannelMessage>> All(ChannelTable all) =>
        all.Subscribers.Select(static subscriber => subscriber.Subscription);
}
