using KvEmbedded.Tests.Differential;
using StackExchange.Redis;

namespace KvEmbedded.Tests.Redis;

/// <summary>A connection that puts a prefix of its own before all channels, and servers that refuse channels.</summary>
public sealed class ChannelPrefixTests(RealRedis redis) : IClassFixture<RealRedis>
{
    private RedisKeyspace Connect(string channelPrefix) => new($"!{redis.SocketPath},channelPrefix={channelPrefix}");

    private void Send(params ReadOnlySpan<KvValue> words)
    {
        redis.Connect().Add(words);
        Assert.NotEqual('-', redis.Connect().Send()[0].Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("view*:")]
    public async Task Messages_come_and_are_counted_behind_the_prefix_of_the_connection(string view)
    {
        await using var whole = Connect("app:");
        await using var plain = new RedisKeyspace($"!{redis.SocketPath}");
        var keyspace = whole.WithPrefix(view);
        await using var names = await keyspace.PubSub.SubscribeAsync("news");
        await using var patterns = await keyspace.PubSub.SubscribeAsync(Channels.Matching("n*"));
        await using var beside = await plain.PubSub.SubscribeAsync("news");

        Assert.Equal(2, await keyspace.PubSub.PublishAsync("news", "x"));
        Assert.Equal(new KvEmbedded.ChannelMessage("news", "x", null), await NextAsync(names));
        Assert.Equal(new KvEmbedded.ChannelMessage("news", "x", "n*"), await NextAsync(patterns));
        Assert.Equal(["news"], await keyspace.PubSub.GetChannelsAsync());
        Assert.Equal(["news"], await keyspace.PubSub.GetChannelsAsync("n*"));
        Assert.Empty(await keyspace.PubSub.GetChannelsAsync("m*"));
        Assert.Equal(1, await keyspace.PubSub.CountSubscribersAsync("news"));
        Assert.Contains($"app:{view}news", (await plain.PubSub.GetChannelsAsync()).Select(static channel => channel.ToString()));
        Assert.Equal(1, await plain.PubSub.PublishAsync("news", "to those without the prefix"));
    }

    [Fact]
    public async Task Key_events_have_no_prefix_of_the_connection()
    {
        await using var keyspace = Connect("app:");
        await using var events = await keyspace.WithPrefix("view*:").SubscribeToEventsAsync();
        await keyspace.Strings.SetAsync("view*:a", "x");

        await foreach (var news in events)
        {
            Assert.Equal(("a", KeyEventKind.StringSet), (news.Key.ToString(), news.Kind));
            break;
        }
    }

    [Fact]
    public async Task A_channel_that_is_refused_leaves_nothing_behind()
    {
        await using var keyspace = new RedisKeyspace($"!{redis.SocketPath}");
        await keyspace.Keys.CountAsync();
        Send("ACL", "SETUSER", "default", "resetchannels", "&__*", "&first");
        try
        {
            await Assert.ThrowsAsync<ServerRefusedException>(async () => await keyspace.PubSub.SubscribeAsync(Channels.Named("first", "refused")));
        }
        finally
        {
            Send("ACL", "SETUSER", "default", "&*");
        }

        await using (await keyspace.PubSub.SubscribeAsync(Channels.Named("first", "refused")))
            Assert.Equal([1, 1], await keyspace.PubSub.CountSubscribersAsync(["first", "refused"]));
        Assert.Equal([0, 0], await keyspace.PubSub.CountSubscribersAsync(["first", "refused"]));
    }

    [Fact]
    public async Task A_channel_without_a_name_cannot_be_subscribed_to()
    {
        await using var keyspace = new RedisKeyspace($"!{redis.SocketPath}");
        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.PubSub.SubscribeAsync(Channels.Named("a", "")));

        Assert.StartsWith(
            "On a server a channel without a name cannot be subscribed to. Give it a name, or take a view with a prefix.", error.Message,
            StringComparison.Ordinal);
        Assert.Equal(0, await keyspace.PubSub.CountSubscribersAsync("a"));
        Assert.Equal(0, await keyspace.PubSub.PublishAsync("", "x"));
        await using (await keyspace.WithPrefix("view:").PubSub.SubscribeAsync(""))
            Assert.Equal(1, await keyspace.WithPrefix("view:").PubSub.PublishAsync("", "x"));
    }

    private static async Task<T> NextAsync<T>(Subscription<T> subscription)
    {
        await foreach (var news in subscription) return news;
        throw new InvalidOperationException("The subscription has ended.");
    }
}
