namespace KvEmbedded.Conformance;

/// <summary><see cref="IPubSub"/>.</summary>
public abstract class PubSubContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public Task A_subscriber_hears_all_that_is_published_after_it_came() => RunAsync(async keyspace =>
    {
        Assert.Equal(0, await keyspace.PubSub.PublishAsync("a", "before"));
        await using var subscription = await keyspace.PubSub.SubscribeAsync("a", capacity: 100);

        Assert.Equal(1, await keyspace.PubSub.PublishAsync("a", "1"));
        Assert.Equal(0, await keyspace.PubSub.PublishAsync("b", "2"));
        Assert.Equal(1, await keyspace.PubSub.PublishAsync("a", new byte[] { 0, 255 }));

        Assert.Equal(
            [new ChannelMessage("a", "1", null), new ChannelMessage("a", new byte[] { 0, 255 }, null)], await ReadAsync(subscription, 2));
        Assert.Equal(0, subscription.DroppedCount);
    });

    [Fact]
    public Task Patterns_hear_of_the_channels_that_fit() => RunAsync(async keyspace =>
    {
        await using var subscription = await keyspace.PubSub.SubscribeAsync(Channels.Named("c").And(Channels.Matching("a?", "\\*")));

        foreach (var channel in (string[])["a", "ab", "c", "*", "b"]) await keyspace.PubSub.PublishAsync(channel, "x");
        await keyspace.PubSub.PublishAsync("c", "last");

        Assert.Equal(
            ["* \\*", "ab a?", "c ", "c "],
            (await ReadAsync(subscription, 4)).Select(message => $"{message.Channel} {message.Pattern}").Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task Handlers_are_called_with_one_message_at_a_time_and_may_throw() => RunAsync(async keyspace =>
    {
        var (seen, done) = (new List<string>(), new TaskCompletionSource());
        var inside = 0;
        await using var subscription = await keyspace.PubSub.SubscribeAsync("a", async message =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await Task.Yield();
            seen.Add(message.Message.ToString());
            Interlocked.Decrement(ref inside);
            if (seen.Count == 5) done.SetResult();
            throw new InvalidOperationException("contained");
        });
        for (var i = 0; i < 5; i++) await keyspace.PubSub.PublishAsync("a", i);
        await done.Task.WaitAsync(Patience);

        Assert.Equal(["0", "1", "2", "3", "4"], seen);
        await subscription.DisposeAsync();
        Assert.Equal(5, subscription.FailedCount);
        await subscription.Completion.WaitAsync(Patience);
    });

    [Fact]
    public Task A_plain_handler_will_do() => RunAsync(async keyspace =>
    {
        var done = new TaskCompletionSource<ChannelMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var subscription = await keyspace.PubSub.SubscribeAsync(Channels.Matching("a*"), message => done.TrySetResult(message));
        await keyspace.PubSub.PublishAsync("ab", "1");

        Assert.Equal(new ChannelMessage("ab", "1", "a*"), await done.Task.WaitAsync(Patience));
    });

    [Fact]
    public Task Who_listens_can_be_asked() => RunAsync(async keyspace =>
    {
        var pubSub = keyspace.PubSub;
        await using var one = await pubSub.SubscribeAsync(Channels.Named("a1", "b").And(Channels.Matching("a*")));

        Assert.Equal(["a1", "b"], (await pubSub.GetChannelsAsync()).Order());
        Assert.Equal(["a1"], await pubSub.GetChannelsAsync("a*"));
        Assert.Equal(1, await pubSub.CountSubscribersAsync("a1"));
        Assert.Equal([1, 0], await pubSub.CountSubscribersAsync(["b", "c"]));
        Assert.Equal(1, await pubSub.CountPatternsAsync());

        await one.DisposeAsync();
        Assert.Empty(await pubSub.GetChannelsAsync());
        Assert.Equal(0, await pubSub.CountSubscribersAsync("a1"));
        Assert.Equal(0, await pubSub.CountPatternsAsync());
    });

    [Fact]
    public Task A_view_has_channels_of_its_own() => RunAsync(async keyspace =>
    {
        var view = keyspace.WithPrefix("[v]:");
        await using var inside = await view.PubSub.SubscribeAsync(Channels.Named("a").And(Channels.Matching("b*")));

        Assert.Equal(0, await keyspace.PubSub.PublishAsync("a", "outside"));
        Assert.Equal(1, await view.PubSub.PublishAsync("a", "inside"));
        Assert.Equal(1, await keyspace.PubSub.PublishAsync("[v]:bc", "by its whole name"));

        Assert.Equal(
            [new ChannelMessage("a", "inside", null), new ChannelMessage("bc", "by its whole name", "b*")], await ReadAsync(inside, 2));
        Assert.Equal(["a"], await view.PubSub.GetChannelsAsync());
    });

    [Fact]
    public Task A_write_is_seen_by_who_hears_of_it() => RunAsync(async keyspace =>
    {
        await using var subscription = await keyspace.PubSub.SubscribeAsync("a");
        for (var i = 0; i < 20; i++)
        {
            await keyspace.Strings.SetAsync("k", i);
            await keyspace.PubSub.PublishAsync("a", i);
            Assert.Equal((await ReadAsync(subscription, 1))[0].Message, await keyspace.Strings.GetAsync("k"));
        }
    });

    [Fact]
    public Task A_disposed_subscription_ends() => RunAsync(async keyspace =>
    {
        var subscription = await keyspace.PubSub.SubscribeAsync("a");
        await using var reader = subscription.GetAsyncEnumerator();
        var next = reader.MoveNextAsync().AsTask();
        await subscription.DisposeAsync();

        Assert.False(await next.WaitAsync(Patience));
        Assert.Equal(0, await keyspace.PubSub.PublishAsync("a", "nobody"));
    });

    private static async Task<ChannelMessage[]> ReadAsync(Subscription<ChannelMessage> subscription, int count)
    {
        var read = new List<ChannelMessage>();
        await using var reader = subscription.GetAsyncEnumerator();
        while (read.Count < count && await reader.MoveNextAsync().AsTask().WaitAsync(Patience)) read.Add(reader.Current);
        return [.. read];
    }
}
