namespace KvEmbedded.Tests.PubSub;

public sealed class PubSubTests
{
    private readonly Keyspace keyspace = new();

    private IPubSub PubSub => keyspace.PubSub;

    [Fact]
    public async Task A_message_goes_to_all_who_listen_and_is_kept_nowhere()
    {
        Assert.Equal(0, await PubSub.PublishAsync("news", "before"));
        await using var one = await PubSub.SubscribeAsync("news");
        await using var two = await PubSub.SubscribeAsync("news");
        await using var other = await PubSub.SubscribeAsync("olds");

        Assert.Equal(2, await PubSub.PublishAsync("news", "1"));
        Assert.Equal(2, await PubSub.PublishAsync("news", ""));

        Assert.Equal(("news=1 news=", "news=1 news=", ""), (one.Buffered(), two.Buffered(), other.Buffered()));
        Assert.Equal(0, await keyspace.Keys.CountAsync());
    }

    [Fact]
    public async Task One_message_comes_once_for_the_name_and_once_for_each_pattern()
    {
        await using var all = await PubSub.SubscribeAsync(
            Channels.Named("a.b", "c", "a.b").And(Channels.Matching("a.*", "*.b", "x*", "a.*")));

        Assert.Equal(3, await PubSub.PublishAsync("a.b", "1"));
        Assert.Equal(1, await PubSub.PublishAsync("c", "2"));
        Assert.Equal(0, await PubSub.PublishAsync("d", "3"));

        Assert.Equal("a.b=1 a.*:a.b=1 *.b:a.b=1 c=2", all.Buffered());
    }

    [Fact]
    public void Channels_say_what_they_are()
    {
        var channels = Channels.Named("a", "b").And(Channels.Matching("c*")).And("d");

        Assert.Equal(["a", "b", "d"], channels.Names);
        Assert.Equal(["c*"], channels.Patterns);
        Assert.Equal([(KvKey)7], ((Channels)(KvKey)7).Names);
    }

    [Fact]
    public async Task Channels_are_asked_for_by_name_number_and_pattern()
    {
        await using var one = await PubSub.SubscribeAsync(Channels.Named("a.1", "b"));
        await using var two = await PubSub.SubscribeAsync(Channels.Named("a.1", "a.2").And(Channels.Matching("a*")));
        await using var three = await PubSub.SubscribeAsync(Channels.Matching("a*", "b*"));

        Assert.Equal(["a.1", "a.2", "b"], (await PubSub.GetChannelsAsync()).Order());
        Assert.Equal(["a.1", "a.2"], (await PubSub.GetChannelsAsync("a*")).Order());
        Assert.Equal([2, 1, 0], await PubSub.CountSubscribersAsync(["a.1", "b", "c"]));
        Assert.Equal(2, await PubSub.CountSubscribersAsync("a.1"));
        Assert.Equal(2, await PubSub.CountPatternsAsync());

        await one.DisposeAsync();
        await two.DisposeAsync();
        two.Dispose();

        Assert.Empty(await PubSub.GetChannelsAsync());
        Assert.Equal((0, 2), (await PubSub.CountSubscribersAsync("a.1"), await PubSub.CountPatternsAsync()));
        Assert.Equal(1, keyspace.Diagnostics.GetStatistics().ChannelSubscribers);
    }

    [Fact]
    public async Task A_view_has_channels_of_its_own()
    {
        var view = keyspace.WithPrefix("v*:");
        await using var inside = await view.PubSub.SubscribeAsync(Channels.Named("a").And(Channels.Matching("a*")));
        await using var deeper = await view.WithPrefix("w:").PubSub.SubscribeAsync(Channels.Matching("*"));
        await using var outside = await PubSub.SubscribeAsync(Channels.Named("a").And(Channels.Matching("*a")));

        Assert.Equal(2, await PubSub.PublishAsync("a", "outside"));
        Assert.Equal(3, await view.PubSub.PublishAsync("a", "inside"));
        Assert.Equal(0, await view.PubSub.PublishAsync("b", "nobody"));
        Assert.Equal(1, await PubSub.PublishAsync("v*:w:x", "deeper"));
        Assert.Equal(0, await PubSub.PublishAsync("vX:w:x", "elsewhere"));

        Assert.Equal("a=inside a*:a=inside", inside.Buffered());
        Assert.Equal("*:x=deeper", deeper.Buffered());
        Assert.Equal("a=outside *a:a=outside *a:v*:a=inside", outside.Buffered());
    }

    [Fact]
    public async Task A_view_tells_of_its_own_channels_and_of_all_patterns()
    {
        var view = keyspace.WithPrefix("v:");
        await using var inside = await view.PubSub.SubscribeAsync(Channels.Named("a", "b").And(Channels.Matching("a*")));
        await using var outside = await PubSub.SubscribeAsync(Channels.Named("c").And(Channels.Matching("v:a*", "c*")));

        Assert.Equal(["a", "b"], (await view.PubSub.GetChannelsAsync()).Order());
        Assert.Equal(["b"], await view.PubSub.GetChannelsAsync("[b]"));
        Assert.Equal([1, 0], await view.PubSub.CountSubscribersAsync(["a", "c"]));
        Assert.Equal(["c", "v:a", "v:b"], (await PubSub.GetChannelsAsync()).Order());
        Assert.Equal((2, 2), (await view.PubSub.CountPatternsAsync(), await PubSub.CountPatternsAsync()));
    }

    [Fact]
    public async Task Nobody_can_change_a_message_on_its_way()
    {
        await using var subscription = await PubSub.SubscribeAsync("a");
        var bytes = new byte[] { 1, 2 };
        await PubSub.PublishAsync("a", bytes);
        bytes[0] = 9;

        Assert.Equal([1, 2], (await subscription.ReadAsync(1))[0].Message.ToArray());
    }

    [Fact]
    public async Task Channels_and_keys_of_one_name_have_nothing_to_do_with_each_other()
    {
        await using var subscription = await PubSub.SubscribeAsync("a");
        await keyspace.Strings.SetAsync("a", "v");
        await keyspace.Keys.FlushAsync();

        Assert.Equal(1, await PubSub.PublishAsync("a", "still here"));
    }

    [Fact]
    public async Task The_end_of_the_keyspace_comes_after_what_is_buffered()
    {
        var buffered = await PubSub.SubscribeAsync("a");
        var waiting = await PubSub.SubscribeAsync(Channels.Matching("b*"));
        await using var waitingReader = waiting.GetAsyncEnumerator();
        var wait = waitingReader.MoveNextAsync();
        await PubSub.PublishAsync("a", "1");
        await keyspace.DisposeAsync();

        await using var reader = buffered.GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reader.MoveNextAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await wait);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await PubSub.SubscribeAsync("a"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await PubSub.PublishAsync("a", "2"));
        Assert.Equal(0, keyspace.Diagnostics.GetStatistics().ChannelSubscribers);
    }

    [Fact]
    public async Task Each_subscriber_learns_of_the_end_by_an_exception_of_its_own()
    {
        var channels = new[] { await PubSub.SubscribeAsync("a"), await PubSub.SubscribeAsync("a") };
        var events = new[] { keyspace.SubscribeToEvents(), keyspace.SubscribeToEvents() };
        await keyspace.DisposeAsync();

        var errors = new List<Exception>();
        foreach (var subscription in channels) errors.Add(await EndAsync(subscription));
        foreach (var subscription in events) errors.Add(await EndAsync(subscription));
        errors.Add(Assert.Throws<ObjectDisposedException>(() => keyspace.SubscribeToEvents()));
        Assert.Single(errors.Select(static error => error.Message).Distinct());
        Assert.Equal(errors.Count, errors.Distinct<Exception>(ReferenceEqualityComparer.Instance).Count());

        static async Task<Exception> EndAsync<T>(Subscription<T> subscription)
        {
            await using var reader = subscription.GetAsyncEnumerator();
            return await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reader.MoveNextAsync());
        }
    }

    [Fact]
    public async Task Counting_subscribers_of_no_channel_is_refused()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await PubSub.CountSubscribersAsync([]));
        Assert.Equal("At least one key is needed. (Parameter 'channels')", error.Message);
    }

    [Fact]
    public async Task A_disposed_subscription_ends_after_what_is_buffered()
    {
        var subscription = await PubSub.SubscribeAsync("a");
        await using var waiting = await PubSub.SubscribeAsync("a");
        await PubSub.PublishAsync("a", "1");
        await subscription.DisposeAsync();
        Assert.Equal(1, await PubSub.PublishAsync("a", "2"));

        Assert.Equal("a=1", subscription.Buffered());
    }

    [Fact]
    public async Task A_token_ends_the_reading_and_not_the_subscription()
    {
        await using var subscription = await PubSub.SubscribeAsync("a");
        using var source = new CancellationTokenSource();
        await using (var reader = subscription.GetAsyncEnumerator(source.Token))
        {
            var next = reader.MoveNextAsync();
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        }

        await PubSub.PublishAsync("a", "1");
        Assert.Equal("a=1", subscription.Buffered());
    }

    [Fact]
    public async Task Who_comes_with_a_cancelled_token_does_nothing()
    {
        var cancelled = new CancellationToken(true);
        await using var subscription = await PubSub.SubscribeAsync("a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await PubSub.PublishAsync("a", "1", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await PubSub.SubscribeAsync("a", cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await PubSub.GetChannelsAsync(null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await PubSub.CountPatternsAsync(cancelled));

        Assert.Equal(1, await PubSub.CountSubscribersAsync("a"));
        Assert.Equal("", subscription.Buffered());
    }

    [Fact]
    public async Task Mistakes_are_refused_before_anything_happens()
    {
        Assert.Equal(
            "No channel is given, so nothing would ever come. Give at least one. (Parameter 'names')",
            Assert.Throws<ArgumentException>(() => Channels.Named()).Message);
        Assert.Equal(
            "No channel is given, so nothing would ever come. Give at least one. (Parameter 'patterns')",
            Assert.Throws<ArgumentException>(() => Channels.Matching()).Message);
        Assert.StartsWith(
            "The capacity of a subscription is 1 to 16777216 events. (Parameter 'capacity')",
            (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await PubSub.SubscribeAsync("a", capacity: 0))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "There is no such FullMode. Use a named one. (Parameter 'fullMode')",
            (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await PubSub.SubscribeAsync("a", fullMode: (FullMode)9))).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await PubSub.SubscribeAsync((Channels)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await PubSub.SubscribeAsync("a", (Action<ChannelMessage>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await PubSub.SubscribeAsync("a", (Func<ChannelMessage, ValueTask>)null!));
        Assert.Throws<ArgumentNullException>(() => Channels.Named("a").And(null!));
        await using var small = new Keyspace(new KeyspaceOptions { ValueLengthMax = 3 });
        Assert.Equal(
            "The value of key 'a' would be 4 bytes long, but the keyspace allows 3. Store less, or raise KeyspaceOptions.ValueLengthMax.",
            (await Assert.ThrowsAsync<ValueTooLongException>(async () => await small.PubSub.PublishAsync("a", "long"))).Message);
        Assert.Empty(await PubSub.GetChannelsAsync());
    }
}
