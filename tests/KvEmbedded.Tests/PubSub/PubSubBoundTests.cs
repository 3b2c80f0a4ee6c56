using System.Runtime.CompilerServices;
using KvEmbedded.Tests.Diagnostics;

namespace KvEmbedded.Tests.PubSub;

/// <summary>Publishers wait for nobody; buffers hold what they may.</summary>
public sealed class PubSubBoundTests
{
    [Theory]
    [InlineData(FullMode.DropOldest, "a=7 a=8 a=9")]
    [InlineData(FullMode.DropNewest, "a=0 a=1 a=2")]
    public async Task A_subscriber_that_never_reads_holds_nobody_up_and_loses_what_its_mode_says(FullMode mode, string kept)
    {
        await using var keyspace = new Keyspace();
        await using var subscription = await keyspace.PubSub.SubscribeAsync("a", capacity: 3, fullMode: mode);

        for (var i = 0; i < 10; i++)
        {
            var publishing = keyspace.PubSub.PublishAsync("a", i);
            Assert.True(publishing.IsCompletedSuccessfully);
            Assert.Equal(1, await publishing);
        }

        Assert.Equal((7, 7), (subscription.DroppedCount, keyspace.Diagnostics.GetStatistics().MessagesDropped));
        Assert.Equal(kept, subscription.Buffered());
    }

    [Fact]
    public async Task A_subscription_that_shall_end_when_it_is_behind_does_so_and_is_forgotten()
    {
        await using var keyspace = new Keyspace();
        await using var subscription = await keyspace.PubSub.SubscribeAsync(
            Channels.Named("a", "b").And(Channels.Matching("*")), capacity: 3, fullMode: FullMode.End);

        Assert.Equal(2, await keyspace.PubSub.PublishAsync("a", "1"));
        Assert.Equal(2, await keyspace.PubSub.PublishAsync("a", "2"));
        Assert.Equal(0, await keyspace.PubSub.PublishAsync("a", "3"));

        Assert.Equal(3, (await subscription.ReadAsync(3)).Length);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => subscription.ReadAsync(1));
        Assert.Equal(
            "The subscription ended because its reader fell behind: 3 unread items are all it may buffer. " +
            "Read faster, raise the limit, or choose to drop items.", error.Message);
        Assert.Equal((1, 0), (subscription.DroppedCount, keyspace.Diagnostics.GetStatistics().ChannelSubscribers));
        Assert.Empty(await keyspace.PubSub.GetChannelsAsync());
    }

    [Fact]
    public async Task The_buffer_is_as_large_as_the_options_say_unless_the_subscription_says_otherwise()
    {
        await using var keyspace = new Keyspace(new KeyspaceOptions { EventBufferCapacity = 5 });
        await using var five = await keyspace.PubSub.SubscribeAsync("a");
        await using var seven = await keyspace.PubSub.SubscribeAsync("a", capacity: 7);

        for (var i = 0; i < 10; i++) await keyspace.PubSub.PublishAsync("a", i);

        Assert.Equal((5, 3), (five.DroppedCount, seven.DroppedCount));
    }

    [Fact]
    public async Task A_reader_never_runs_on_the_publishers_thread()
    {
        var scheduler = new HeldScheduler();
        await using var keyspace = new Keyspace(new KeyspaceOptions { Scheduler = scheduler });
        await using var subscription = await keyspace.PubSub.SubscribeAsync("a");
        var reader = subscription.GetAsyncEnumerator();
        var next = reader.MoveNextAsync();

        Assert.True(keyspace.PubSub.PublishAsync("a", "1").IsCompletedSuccessfully);
        Assert.False(next.IsCompleted);
        scheduler.RunAll();

        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Ten_thousand_subscribers_each_hear_everything_and_leave_nothing_behind()
    {
        const int Count = 10_000;
        await using var keyspace = new Keyspace();
        var listening = new List<Subscription<ChannelMessage>>();
        for (var i = 0; i < Count; i++)
        {
            listening.Add(await keyspace.PubSub.SubscribeAsync(
                (i % 3) switch { 0 => "all", 1 => Channels.Named("all", $"own:{i}"), _ => Channels.Matching("a?l") }, capacity: 4));
        }

        Assert.Equal(Count, await keyspace.PubSub.PublishAsync("all", "1"));
        Assert.Equal(1, await keyspace.PubSub.PublishAsync("own:1", "2"));
        Assert.Equal(1, await keyspace.PubSub.CountPatternsAsync());
        Assert.Equal(Count + 1, listening.Sum(subscription => subscription.BufferedNews().Count));
        Assert.Empty(await keyspace.PubSub.GetChannelsAsync());
        Assert.Equal(0, await keyspace.PubSub.CountPatternsAsync());
    }

    [Fact]
    public async Task A_subscription_that_is_disposed_is_held_by_nobody()
    {
        await using var keyspace = new Keyspace();
        var gone = await SubscribeAndLeaveAsync(keyspace);
        for (var i = 0; i < 5 && gone.IsAlive; i++) GC.Collect();

        Assert.False(gone.IsAlive);
    }

    // Subscribers come and go while others publish: whoever is there from before until after a message has it.
    [Fact]
    public async Task Comings_and_goings_lose_nobody_a_message()
    {
        const int Rounds = 300;
        await using var keyspace = new Keyspace();
        using var stop = new CancellationTokenSource();
        var noise = Enumerable.Range(0, 2).Select(flow => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await using var passing = await keyspace.PubSub.SubscribeAsync(flow == 0 ? "a" : Channels.Matching("a*"));
                await keyspace.PubSub.PublishAsync("noise", "");
            }
        })).ToArray();

        for (var i = 0; i < Rounds; i++)
        {
            await using var subscription = await keyspace.PubSub.SubscribeAsync(Channels.Named("a").And(Channels.Matching("?")));
            await keyspace.PubSub.PublishAsync("a", i);
            Assert.Equal([$"a={i}", $"?:a={i}"], (await subscription.ReadAsync(2)).Select(Reading.Text));
        }

        await stop.CancelAsync();
        await Task.WhenAll(noise);
        Assert.Equal(0, keyspace.Diagnostics.GetStatistics().ChannelSubscribers);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> SubscribeAndLeaveAsync(Keyspace keyspace)
    {
        var subscription = await keyspace.PubSub.SubscribeAsync(Channels.Named("a").And(Channels.Matching("a*")));
        await keyspace.PubSub.PublishAsync("a", "1");
        await subscription.DisposeAsync();
        return new WeakReference(subscription);
    }
}
