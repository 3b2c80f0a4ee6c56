using System.Threading.Channels;
using KvEmbedded.Engine;
using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.PubSub;

/// <summary>
/// Brings what a server says on some of its channels into a subscription's buffer. Each channel is in order; between
/// several channels of one subscription there is none but that of arrival.
/// </summary>
/// <remarks>
/// The connection is the multiplexer's, which subscribes again when it was lost; what is published meanwhile is lost, since
/// servers keep no messages. Everybody on one multiplexer counts as one subscriber on the server.
/// </remarks>
internal static class ServerSubscription
{
    /// <summary>Subscribes to channels of the server; complete when the server has said so.</summary>
    /// <param name="channels">By their whole names and patterns.</param>
    /// <param name="translate">What a message means; null if nothing.</param>
    public static async ValueTask<Subscription<T>> MakeAsync<T>(
        ServerDoor door, RedisChannel[] channels, Func<StackExchange.Redis.ChannelMessage, T?> translate, int? capacity, FullMode fullMode,
        CancellationToken cancellationToken) where T : struct
    {
        var bound = Require.FeedCapacity(capacity, door.Link.Options.EventBufferCapacity);
        var subscription = new Subscription<T>(bound, Require.Named(fullMode), CommandScheduler.Pool);
        cancellationToken.ThrowIfCancellationRequested();
        var database = await door.Link.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var subscriber = database.Multiplexer.GetSubscriber();
        var queues = new List<ChannelMessageQueue>();

        // A feed has one publisher; the queues of several channels are read side by side.
        var arrived = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });
        try
        {
            foreach (var channel in channels)
            {
                var queue = await SubscribeAsync(subscriber, channel).ConfigureAwait(false);
                queues.Add(queue);
                queue.OnMessage(message =>
                {
                    if (translate(message) is { } news) arrived.Writer.TryWrite(news);
                });
            }
        }
        catch (Exception exception)
        {
            await LeaveAsync(queues, arrived).ConfigureAwait(false);
            if (!ServerErrors.IsOne(exception)) throw;
            throw await ServerErrors.OfAsync(door, new Command("SUBSCRIBE"), exception).ConfigureAwait(false) ?? exception;
        }

        var closing = default(CancellationTokenRegistration);
        subscription.LeaveAsync = () =>
        {
            closing.Unregister();
            return LeaveAsync(queues, arrived);
        };
        closing = door.Link.Closing.UnsafeRegister(
            static state =>
            {
                ((Subscription<T>)state!).End(ServerLink.Disposed());
                ((Subscription<T>)state!).Dispose();
            },
            subscription);
        _ = PumpAsync(arrived, subscription, door.Link);
        return subscription;
    }

    private static async Task PumpAsync<T>(Channel<T> arrived, Subscription<T> subscription, ServerLink link)
    {
        await foreach (var news in arrived.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (subscription.Publish(news) == PublishOutcome.FirstDropped) link.SubscriberIsBehind(subscription.Capacity);
            if (subscription.HasEnded) break;
        }

        subscription.Dispose();
    }

    private static async ValueTask LeaveAsync<T>(List<ChannelMessageQueue> queues, Channel<T> arrived)
    {
        arrived.Writer.TryComplete();
        foreach (var queue in queues)
        {
            try
            {
                await queue.UnsubscribeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (ServerErrors.IsOne(exception))
            {
                // There is no connection any more, and so no subscription.
            }
        }
    }

    /// <summary>A channel's messages in their order; complete when the server has said so.</summary>
    /// <remarks>
    /// The multiplexer keeps what it could not subscribe to, and tries again at the next connection. A handler can be taken away
    /// from it, a queue that has not been handed out cannot. So a handler goes first, to find out; the queue needs no answer then.
    /// </remarks>
    private static async Task<ChannelMessageQueue> SubscribeAsync(ISubscriber subscriber, RedisChannel channel)
    {
        Action<RedisChannel, RedisValue> probe = static (_, _) => { };
        try
        {
            await subscriber.SubscribeAsync(channel, probe).ConfigureAwait(false);
            return await subscriber.SubscribeAsync(channel, CommandFlags.FireAndForget).ConfigureAwait(false);
        }
        finally
        {
            await subscriber.UnsubscribeAsync(channel, probe, CommandFlags.FireAndForget).ConfigureAwait(false);
        }
    }
}
