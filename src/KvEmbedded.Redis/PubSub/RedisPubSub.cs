using KvEmbedded.Engine;
using KvEmbedded.Keys;
using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.PubSub;

/// <summary>The channels of a server, as one view has them.</summary>
/// <remarks>
/// The multiplexer may put a prefix of its own before channels (<c>channelPrefix</c>): it does where a word is a
/// <see cref="RedisChannel"/>, and takes it away from messages. Only of what the server tells of its channels it knows nothing.
/// </remarks>
internal sealed class RedisPubSub(ServerDoor door) : IPubSub
{
    public ValueTask<long> PublishAsync(KvKey channel, KvValue message, CancellationToken cancellationToken) =>
        door.RunAsync(new Command("PUBLISH") { Named(channel), message }, Reply.Integer, cancellationToken);

    public ValueTask<Subscription<ChannelMessage>> SubscribeAsync(
        Channels channels, int? capacity, FullMode fullMode, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var length = door.Prefix.Length;
        var escaped = GlobPattern.Escape(door.Prefix).Length;
        RedisChannel[] all =
        [
            .. channels.Names.Distinct().Select(Named),
            .. channels.Patterns.Distinct().Select(pattern => RedisChannel.Pattern([.. GlobPattern.Escape(door.Prefix), .. pattern.ToArray()])),
        ];
        if (Array.Exists(all, static channel => channel.IsNullOrEmpty))
        {
            throw new ArgumentException(
                "On a server a channel without a name cannot be subscribed to. Give it a name, or take a view with a prefix.", nameof(channels));
        }

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
        return HandlerSubscription.Start(subscription, handler, CommandScheduler.Pool, door.Link.HandlerHasFailed);
    }

    public ValueTask<HandlerSubscription> SubscribeAsync(
        Channels channels, Action<ChannelMessage> handler, int? capacity, FullMode fullMode, CancellationToken cancellationToken) =>
        SubscribeAsync(channels, HandlerSubscription.Awaitable(handler), capacity, fullMode, cancellationToken);

    public async ValueTask<IReadOnlyList<KvKey>> GetChannelsAsync(KvKey? pattern, CancellationToken cancellationToken)
    {
        var database = await door.Link.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var configuration = ConfigurationOptions.Parse(database.Multiplexer.Configuration);
        byte[] before = [.. (byte[]?)configuration.ChannelPrefix ?? [], .. door.Prefix];
        var command = new Command("PUBSUB") { "CHANNELS" };
        if (pattern is not null || before.Length > 0) command.Add((KvValue)(byte[])[.. GlobPattern.Escape(before), .. (pattern ?? "*").ToArray()]);
        var channels = await door.RunAsync(
            command, answer => Reply.Each(answer, channel => (KvKey)(ReadOnlyMemory<byte>)Reply.Bytes(channel).AsMemory(before.Length)),
            cancellationToken).ConfigureAwait(false);

        // The client library has a channel of its own, for news of its servers.
        return door.Prefix.Length > 0 ? channels : Array.FindAll(channels, channel => channel != configuration.ConfigurationChannel);
    }

    public async ValueTask<long> CountSubscribersAsync(KvKey channel, CancellationToken cancellationToken) =>
        (await CountSubscribersAsync([channel], cancellationToken).ConfigureAwait(false))[0];

    public async ValueTask<IReadOnlyList<long>> CountSubscribersAsync(IReadOnlyCollection<KvKey> channels, CancellationToken cancellationToken)
    {
        var command = new Command("PUBSUB") { "NUMSUB" };
        foreach (var key in door.Encode(channels)) command.Add(RedisChannel.Literal(((byte[]?)key)!));
        return await door.RunAsync(
            command, static answer => Reply.Pairs(answer, static (_, count) => Reply.Integer(count)), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<long> CountPatternsAsync(CancellationToken cancellationToken) =>
        door.RunAsync(new Command("PUBSUB") { "NUMPAT" }, Reply.Integer, cancellationToken);

    private RedisChannel Named(KvKey name) => RedisChannel.Literal(((byte[]?)door.Encode(name))!);

    private static KvKey Behind(RedisChannel channel, int length) => (ReadOnlyMemory<byte>)((byte[]?)channel ?? []).AsMemory(length);
}
