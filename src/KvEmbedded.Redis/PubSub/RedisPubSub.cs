using KvEmbedded.Engine;
using KvEmbedded.Keys;
using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.PubSub;

/// <summary>The channels of a server, as one view has them. Handlers that fail are counted; there is no log to tell.</summary>
internal sealed class RedisPubSub(ServerDoor door) : IPubSub
{
    public ValueTask<long> PublishAsync(KvKey channel, KvValue message, CancellationToken cancellationToken) =>
        door.RunAsync(new Command("PUBLISH") { door.Encode(channel), message }, Reply.Integer, cancellationToken);

    public ValueTask<Subscription<ChannelMessage>> SubscribeAsync(
        Channels channels, int? capacity, FullMode fullMode, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var length = door.Prefix.Length;
        var escaped = GlobPattern.Escape(door.Prefix).Length;
        RedisChannel[] all =
        [
            .. channels.Names.Distinct().Select(name => new RedisChannel(((byte[]?)door.Encode(name))!, RedisChannel.PatternMode.Literal)),
            .. channels.Patterns.Distinct().Select(pattern => new RedisChannel(Glob(pattern), RedisChannel.PatternMode.Pattern)),
        ];
        return ServerSubscription.MakeAsync<ChannelMessage>(
            door, all,
            message => new ChannelMessage(
                Behind(message.Channel, length), (byte[]?)message.Message ?? [],
                message.SubscriptionChannel.IsPattern ? (KvKey?)Behind(message.SubscriptionChannel, escaped) : null),
            capacity, fullMode, cancellationToken);
    }

    public async ValueTask<HandlerSubscription> SubscribeAsync(
        Channels channels, Func<ChannelMessage, ValueTask> handler, int? capacity, FullMode fullMode,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var subscription = await SubscribeAsync(channels, capacity, fullMode, cancellationToken).ConfigureAwait(false);
        return HandlerSubscription.Start(subscription, handler, CommandScheduler.Pool, static _ => { });
    }

    public ValueTask<HandlerSubscription> SubscribeAsync(
        Channels channels, Action<ChannelMessage> handler, int? capacity, FullMode fullMode, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return SubscribeAsync(
            channels,
            message =>
            {
                handler(message);
                return ValueTask.CompletedTask;
            },
            capacity, fullMode, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<KvKey>> GetChannelsAsync(KvKey? pattern, CancellationToken cancellationToken)
    {
        var command = new Command("PUBSUB") { "CHANNELS" };
        if (pattern is not null || door.Prefix.Length > 0) command.Add((KvValue)Glob(pattern ?? "*"));
        var channels = await door.RunAsync(command, static answer => Reply.Each(answer, Reply.Bytes), cancellationToken).ConfigureAwait(false);

        // The client library has a channel of its own, for news of its servers.
        var database = await door.Link.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var own = ConfigurationOptions.Parse(database.Multiplexer.Configuration).ConfigurationChannel;
        return [.. channels.Where(channel => (KvKey)channel != own).Select(channel => (KvKey)(ReadOnlyMemory<byte>)channel.AsMemory(door.Prefix.Length))];
    }

    public async ValueTask<long> CountSubscribersAsync(KvKey channel, CancellationToken cancellationToken) =>
        (await CountSubscribersAsync([channel], cancellationToken).ConfigureAwait(false))[0];

    public async ValueTask<IReadOnlyList<long>> CountSubscribersAsync(IReadOnlyCollection<KvKey> channels, CancellationToken cancellationToken) =>
        await door.RunAsync(
            new Command("PUBSUB") { "NUMSUB", door.Encode(channels) },
            static answer => Reply.Pairs(answer, static (_, count) => Reply.Integer(count)), cancellationToken).ConfigureAwait(false);

    public ValueTask<long> CountPatternsAsync(CancellationToken cancellationToken) =>
        door.RunAsync(new Command("PUBSUB") { "NUMPAT" }, Reply.Integer, cancellationToken);

    private byte[] Glob(KvKey pattern) => [.. GlobPattern.Escape(door.Prefix), .. pattern.ToArray()];

    private static KvKey Behind(RedisChannel channel, int length) => (ReadOnlyMemory<byte>)((byte[]?)channel ?? []).AsMemory(length);
}
