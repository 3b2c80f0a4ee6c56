using KvEmbedded.Engine;
using KvEmbedded.Events;
using KvEmbedded.Keys;

namespace KvEmbedded.PubSub;

/// <summary>The channels of a view. Only publishing needs the loop: who listens is read and changed by any thread.</summary>
internal sealed class PubSubHandle(Door door) : IPubSub
{
    private ChannelTable Table => door.Store.Listeners.Table;

    public ValueTask<long> PublishAsync(KvKey channel, KvValue message, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(channel);
        Require.ValueLength(door, encoded, message);
        return door.RunAsync(
            encoded, message.ToArray(), static (turn, channel, message) => turn.Send(channel, message), cancellationToken);
    }

    public ValueTask<Subscription<ChannelMessage>> SubscribeAsync(
        Channels channels, int? capacity, FullMode fullMode, CancellationToken cancellationToken) =>
        Subscribe(channels, capacity, fullMode, static subscription => subscription, cancellationToken);

    public ValueTask<HandlerSubscription> SubscribeAsync(
        Channels channels, Func<ChannelMessage, ValueTask> handler, int? capacity, FullMode fullMode,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var (scheduler, monitor) = (door.Store.Options.Scheduler, door.Store.Monitor);
        return Subscribe(
            channels, capacity, fullMode,
            subscription => HandlerSubscription.Start(subscription, handler, scheduler, monitor.HandlerHasFailed), cancellationToken);
    }

    public ValueTask<HandlerSubscription> SubscribeAsync(
        Channels channels, Action<ChannelMessage> handler, int? capacity, FullMode fullMode, CancellationToken cancellationToken) =>
        SubscribeAsync(channels, HandlerSubscription.Awaitable(handler), capacity, fullMode, cancellationToken);

    public ValueTask<IReadOnlyList<KvKey>> GetChannelsAsync(KvKey? pattern, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<KvKey>>(cancellationToken);
        var prefix = door.Prefix;
        var glob = pattern is { } wanted ? new GlobPattern([.. GlobPattern.Escape(prefix), .. wanted.ToArray()]) : null;
        return new ValueTask<IReadOnlyList<KvKey>>(
        [
            .. Table.Channels.Keys
                .Where(channel => channel.Span.StartsWith(prefix) && glob?.Matches(channel.Span) != false)
                .Select(channel => door.Decode([.. channel.Bytes])),
        ]);
    }

    public ValueTask<long> CountSubscribersAsync(KvKey channel, CancellationToken cancellationToken) =>
        Answer((long)Table.SubscribersOf(door.Encode(channel)).Length, cancellationToken);

    public ValueTask<IReadOnlyList<long>> CountSubscribersAsync(IReadOnlyCollection<KvKey> channels, CancellationToken cancellationToken)
    {
        var table = Table;
        return Answer<IReadOnlyList<long>>(
            Array.ConvertAll(door.Encode(channels), channel => (long)table.SubscribersOf(channel).Length), cancellationToken);
    }

    public ValueTask<long> CountPatternsAsync(CancellationToken cancellationToken) => Answer((long)Table.Patterns.Length, cancellationToken);

    private static ValueTask<T> Answer<T>(T answer, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<T>(cancellationToken) : new ValueTask<T>(answer);

    private ValueTask<T> Subscribe<T>(
        Channels channels, int? capacity, FullMode fullMode, Func<Subscription<ChannelMessage>, T> use, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var (store, bound) = (door.Store, Require.FeedCapacity(capacity, door.Store.Options.EventBufferCapacity));
        var subscription = new Subscription<ChannelMessage>(bound, Require.Named(fullMode), store.Options.Scheduler);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<T>(cancellationToken);
        try
        {
            store.Listeners.Add(new ChannelSubscriber(subscription, channels, door));
            return new ValueTask<T>(use(subscription));
        }
        catch (ObjectDisposedException exception)
        {
            return ValueTask.FromException<T>(exception);
        }
    }
}
