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
        var bound = Require.FeedCapacity(capacity, new KeyspaceOptions());
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
                var queue = await subscriber.SubscribeAsync(channel).ConfigureAwait(false);
                queues.Add(queue);
                queue.OnMessage(message =>
                {
                    if (translate(message) is { } news) arrived.Writer.TryWrite(news);
                });
            }
        }
        catch (Exception exception) when (ServerErrors.IsOne(exception))
        {
            await LeaveAsync(queues, arrived).ConfigureAwait(false);
            var command = new Command("SUBSCRIBE");
            throw await ServerErrors.OfAsync(door, command, exception).ConfigureAwait(false) ?? exception;
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
        _ = PumpAsync(arrived, subscription);
        return subscription;
    }

    private static async Task PumpAsync<T>(Channel<T> arrived, Subscription<T> subscription)
    {
        await foreach (var news in arrived.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            subscription.Publish(news);
            if (subscription.HasEnded) break;
        }

        subscription.Dispose();
    }

    private static async ValueTask LeaveAsync<T>(List<ChannelMessageQueue> queues, Channel<T> arrived)
    {
        arrived.Writer.TryComplete();
        try
        {
            foreach (var queue in queues) await queue.UnsubscribeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (ServerErrors.IsOne(exception))
        {
            // There is no connection any more, and so no subscription.
        }
    }
}
