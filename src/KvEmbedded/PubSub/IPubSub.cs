namespace KvEmbedded;

/// <summary>Messages to whoever listens now: they go through channels, which need not be made, and are kept nowhere.</summary>
/// <remarks>
/// <para>Order: publishing is a command like any other, so that messages are in one order with all changes of the keyspace. A
/// message that is published after a write is never seen before that write's effect. One published in a transaction goes
/// out when the transaction is committed, in order with its key events, and not at all if the body throws.</para>
/// <para>Bounds: each subscription has a buffer of its own. A publisher never waits: when a buffer is full the subscription's
/// <see cref="FullMode"/> decides what is lost, and it is counted.</para>
/// <para>Channels belong to their view: in one that <see cref="IKeyspace.WithPrefix"/> has made the prefix stands before the
/// names and patterns of channels too, and what comes is shown without it. Channels are no keys: a channel and a key of one name have nothing
/// to do with each other. The sharded forms of a cluster (SPUBLISH, SSUBSCRIBE) would be the same as these in one
/// process, so there are none. Safe for concurrent use.</para>
/// </remarks>
public interface IPubSub
{
    /// <summary>Sends <paramref name="message"/> to all who are subscribed to <paramref name="channel"/>.</summary>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>
    /// How many subscriptions it goes to; one that has named the channel and also has patterns that fit counts for each, and
    /// gets as many messages. One whose buffer is full counts, whatever is then dropped. In a transaction: as many as
    /// there are now, though it goes to those that are there at the commit.
    /// </returns>
    /// <exception cref="ValueTooLongException">The message is longer than the keyspace allows.</exception>
    /// <remarks>O(log c + n + m), c channels that are subscribed to, n subscriptions told, m patterns that are subscribed to. Redis: <c>PUBLISH channel message</c>.</remarks>
    ValueTask<long> PublishAsync(KvKey channel, KvValue message, CancellationToken cancellationToken = default);

    /// <summary>Subscribes to be read with <c>await foreach</c>.</summary>
    /// <param name="capacity">
    /// Messages buffered while nobody reads, in messages. Range 1 to 16,777,216; null takes
    /// <see cref="KeyspaceOptions.EventBufferCapacity"/>, on a server that of <c>RedisKeyspaceOptions</c>.
    /// </param>
    /// <param name="fullMode">Which message is lost when the buffer is full.</param>
    /// <param name="cancellationToken">Observed until the subscription is made; reading takes a token of its own.</param>
    /// <returns>The messages. Dispose it to end the subscription.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The keyspace is disposed.</exception>
    /// <remarks>
    /// The subscription is complete when the task is: no message published after that is missed, be it read at once or
    /// later. It is no data: a failed transaction does not take it back. O(c (log n + s) + p (q + s)), and the same again when it
    /// ends: c channels and p patterns named, n channels and q patterns that are subscribed to, s who are subscribed to the same
    /// one; for those who publish read a table that is never changed, but copied where it differs.
    /// Redis: <c>SUBSCRIBE channel</c>, <c>PSUBSCRIBE pattern</c>.
    /// </remarks>
    ValueTask<Subscription<ChannelMessage>> SubscribeAsync(
        Channels channels, int? capacity = null, FullMode fullMode = FullMode.DropOldest, CancellationToken cancellationToken = default);

    /// <summary>Subscribes with a handler that is called with each message, one at a time, in order.</summary>
    /// <param name="handler">
    /// Runs on the thread pool, never on the thread that publishes; the next message waits, in the buffer, until it has
    /// ended. One that throws is contained: it is counted and logged, and the next message is handled.
    /// </param>
    /// <param name="capacity">As for the form that is read.</param>
    /// <param name="fullMode">As for the form that is read.</param>
    /// <param name="cancellationToken">Observed until the subscription is made.</param>
    /// <returns>The subscription. Dispose it to end the calls; also from within the handler.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The keyspace is disposed.</exception>
    /// <remarks>It costs what the form that is read does. Redis: <c>SUBSCRIBE channel</c>, <c>PSUBSCRIBE pattern</c>.</remarks>
    ValueTask<HandlerSubscription> SubscribeAsync(
        Channels channels, Func<ChannelMessage, ValueTask> handler, int? capacity = null, FullMode fullMode = FullMode.DropOldest,
        CancellationToken cancellationToken = default);

    /// <inheritdoc cref="SubscribeAsync(Channels, Func{ChannelMessage, ValueTask}, int?, FullMode, CancellationToken)"/>
    ValueTask<HandlerSubscription> SubscribeAsync(
        Channels channels, Action<ChannelMessage> handler, int? capacity = null, FullMode fullMode = FullMode.DropOldest,
        CancellationToken cancellationToken = default);

    /// <summary>The channels that somebody has subscribed to by name, in no order.</summary>
    /// <param name="pattern">Only those that match this glob; null for all.</param>
    /// <param name="cancellationToken">Observed before the answer is looked up.</param>
    /// <returns>The channels of this view, each once, without its prefix; empty if there are none.</returns>
    /// <remarks>O(n), n channels of all views. Redis: <c>PUBSUB CHANNELS [pattern]</c>.</remarks>
    ValueTask<IReadOnlyList<KvKey>> GetChannelsAsync(KvKey? pattern = null, CancellationToken cancellationToken = default);

    /// <summary>How many have subscribed to a channel by name. Patterns do not count.</summary>
    /// <returns>Their number; 0 if nobody has.</returns>
    /// <remarks>O(log n), n channels that are subscribed to. Redis: <c>PUBSUB NUMSUB channel</c>.</remarks>
    ValueTask<long> CountSubscribersAsync(KvKey channel, CancellationToken cancellationToken = default);

    /// <summary>How many have subscribed to each of some channels by name, in their order.</summary>
    /// <param name="channels">At least one; one that is named twice is answered twice.</param>
    /// <param name="cancellationToken">Observed before the answer is looked up.</param>
    /// <returns>A number for each channel, in their order; all of one moment.</returns>
    /// <exception cref="ArgumentException">There is no channel in the collection.</exception>
    /// <remarks>O(m log n), m channels asked for, n that are subscribed to. Redis: <c>PUBSUB NUMSUB channel …</c>.</remarks>
    ValueTask<IReadOnlyList<long>> CountSubscribersAsync(
        IReadOnlyCollection<KvKey> channels, CancellationToken cancellationToken = default);

    /// <summary>How many different patterns are subscribed to, in all views together.</summary>
    /// <returns>Their number; a pattern that several have given counts once.</returns>
    /// <remarks>O(1). Redis: <c>PUBSUB NUMPAT</c>.</remarks>
    ValueTask<long> CountPatternsAsync(CancellationToken cancellationToken = default);
}
