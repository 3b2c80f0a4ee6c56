using KvEmbedded.Tests.Diagnostics;

namespace KvEmbedded.Tests.PubSub;

/// <summary>Messages are in one order with commits.</summary>
public sealed class PubSubOrderTests
{
    [Fact]
    public async Task A_transaction_publishes_at_its_commit_and_a_failed_one_nothing()
    {
        await using var keyspace = new Keyspace();
        await using var subscription = await keyspace.PubSub.SubscribeAsync("a");
        await using var reader = subscription.GetAsyncEnumerator();
        var next = reader.MoveNextAsync();

        Assert.Throws<InvalidOperationException>(() => keyspace.Transact(tx =>
        {
            Assert.Equal(1, tx.PubSub.PublishAsync("a", "never").Result);
            throw new InvalidOperationException();
        }));
        keyspace.Transact(tx =>
        {
            Assert.Equal(1, tx.PubSub.PublishAsync("a", "1").Result);
            Assert.Equal(1, tx.WithPrefix("").PubSub.PublishAsync("a", "2").Result);
            Assert.False(next.IsCompleted);
        });

        Assert.True(await next);
        Assert.Equal("1", reader.Current.Message);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("2", reader.Current.Message);
    }

    [Fact]
    public async Task A_transaction_publishes_to_those_who_are_there_at_its_commit()
    {
        await using var keyspace = new Keyspace();
        Subscription<ChannelMessage>? made = null;

        Assert.Equal(0, keyspace.Transact(tx =>
        {
            var reached = tx.PubSub.PublishAsync("a", "1").Result;
            made = tx.PubSub.SubscribeAsync("a").Result;
            return reached;
        }));
        Assert.Throws<InvalidOperationException>(() => keyspace.Transact(tx =>
        {
            Assert.Equal(0, tx.PubSub.SubscribeAsync("b").Result.DroppedCount);
            throw new InvalidOperationException();
        }));

        Assert.Equal(1, await keyspace.PubSub.CountSubscribersAsync("b"));
        Assert.Equal("a=1", made!.Buffered());
    }

    [Fact]
    public async Task Messages_and_key_events_of_a_flow_come_in_its_order()
    {
        var scheduler = new HeldScheduler();
        await using var keyspace = new Keyspace(new KeyspaceOptions { Scheduler = scheduler });
        var seen = new List<string>();
        var messages = await keyspace.PubSub.SubscribeAsync("a", message => seen.Add(message.Message.ToString()));
        using var events = keyspace.SubscribeToEvents();
        _ = CollectAsync(events, seen);
        scheduler.RunAll();

        foreach (var isInTransaction in new[] { false, true })
        {
            if (isInTransaction)
            {
                keyspace.Transact(tx =>
                {
                    _ = tx.Strings.SetAsync("k", "1");
                    _ = tx.PubSub.PublishAsync("a", "m1");
                    _ = tx.Strings.SetAsync("k", "2");
                });
            }
            else
            {
                await keyspace.Strings.SetAsync("k", "1");
                await keyspace.PubSub.PublishAsync("a", "m1");
                await keyspace.Strings.SetAsync("k", "2");
            }

            scheduler.RunAll();
        }

        // Each subscriber has its own order whole; between the two there is none, since each is woken by itself.
        Assert.Equal(["m1", "m1"], seen.Where(text => text.StartsWith('m')));
        Assert.Equal(4, seen.Count(text => text == "StringSet"));
        var end = messages.DisposeAsync();
        scheduler.RunAll();
        await end;
    }

    // Whoever hears of a number reads at least that number: the write was before the message.
    [Fact]
    public async Task A_message_is_never_seen_before_the_write_that_came_before_it()
    {
        const int Flows = 3, Messages = 3_000;
        await using var keyspace = new Keyspace();
        await using var subscription = await keyspace.PubSub.SubscribeAsync(Channels.Matching("flow:*"), capacity: Flows * Messages);
        var flows = Enumerable.Range(0, Flows).Select(flow => Task.Run(async () =>
        {
            for (var i = 1; i <= Messages; i++)
            {
                await keyspace.Strings.SetAsync($"flow:{flow}", i);
                await keyspace.PubSub.PublishAsync($"flow:{flow}", i);
            }
        })).ToArray();

        var last = new Dictionary<KvKey, long>();
        foreach (var message in await subscription.ReadAsync(Flows * Messages))
        {
            var number = (long)message.Message;
            Assert.Equal(last.GetValueOrDefault(message.Channel) + 1, number);
            Assert.True((long)(await keyspace.Strings.GetAsync(message.Channel))!.Value >= number);
            last[message.Channel] = number;
        }

        await Task.WhenAll(flows);
        Assert.Equal(0, subscription.DroppedCount);
    }

    // The number is drawn and published in one commit, so that the order of messages is the order of commits, for everybody.
    [Fact]
    public async Task All_subscribers_hear_the_commits_of_many_flows_in_their_one_order()
    {
        const int Flows = 4, Messages = 2_000;
        await using var keyspace = new Keyspace();
        var listening = new List<Subscription<ChannelMessage>>();
        foreach (var channels in new[] { Channels.Named("n"), Channels.Matching("?"), Channels.Named("n", "m") })
            listening.Add(await keyspace.PubSub.SubscribeAsync(channels, capacity: Flows * Messages));

        await Task.WhenAll(Enumerable.Range(0, Flows).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Messages; i++)
            {
                await keyspace.TransactAsync(async tx =>
                {
                    var number = await tx.Counter("n").IncrementAsync(1);
                    await tx.PubSub.PublishAsync("n", number);
                    if (number % 7 == 0) await tx.PubSub.PublishAsync("nobody", number);
                });
            }
        })));

        foreach (var subscription in listening)
            Assert.Equal(Enumerable.Range(1, Flows * Messages), subscription.BufferedNews().Select(message => (int)(long)message.Message));
    }

    private static async Task CollectAsync(Subscription<KeyEvent> events, List<string> seen)
    {
        await foreach (var change in events) seen.Add(change.Kind.ToString());
    }
}
