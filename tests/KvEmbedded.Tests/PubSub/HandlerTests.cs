using KvEmbedded.Tests.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KvEmbedded.Tests.PubSub;

public sealed class HandlerTests
{
    private readonly HeldScheduler scheduler = new();
    private readonly List<string> seen = [];

    [Fact]
    public async Task A_handler_is_called_with_each_message_and_never_on_the_publishers_thread()
    {
        await using var keyspace = Make();
        await using var subscription = await keyspace.PubSub.SubscribeAsync("a", message => seen.Add(Reading.Text(message)));

        await keyspace.PubSub.PublishAsync("a", "1");
        await keyspace.PubSub.PublishAsync("a", "2");
        Assert.Empty(seen);
        scheduler.RunAll();
        Assert.Equal(["a=1", "a=2"], seen);
        await keyspace.PubSub.PublishAsync("a", "3");
        Assert.Equal(2, seen.Count);
        scheduler.RunAll();

        Assert.Equal(["a=1", "a=2", "a=3"], seen);
        await EndAsync(subscription);
    }

    [Fact]
    public async Task A_handler_is_called_with_one_message_at_a_time()
    {
        await using var keyspace = Make();
        var gate = new TaskCompletionSource();
        await using var subscription = await keyspace.PubSub.SubscribeAsync("a", async message =>
        {
            seen.Add($"begin {message.Message}");
            await gate.Task;
            seen.Add($"end {message.Message}");
        });
        await keyspace.PubSub.PublishAsync("a", "1");
        await keyspace.PubSub.PublishAsync("a", "2");
        scheduler.RunAll();
        Assert.Equal(["begin 1"], seen);

        gate.SetResult();

        Assert.Equal(["begin 1", "end 1", "begin 2", "end 2"], seen);
        await EndAsync(subscription);
    }

    [Fact]
    public async Task A_handler_that_throws_is_counted_and_logged_and_the_next_message_comes()
    {
        var log = new FakeLogCollector();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(new FakeLoggerProvider(log)));
        await using var keyspace = new Keyspace(new KeyspaceOptions { Scheduler = scheduler, LoggerFactory = factory });
        await using var subscription = await keyspace.PubSub.SubscribeAsync("a", message =>
        {
            seen.Add(message.Message.ToString());
            throw new InvalidOperationException("no");
        });
        await keyspace.PubSub.PublishAsync("a", "1");
        await keyspace.PubSub.PublishAsync("a", "2");
        scheduler.RunAll();

        Assert.Equal(["1", "2"], seen);
        Assert.Equal(2, subscription.FailedCount);
        var record = log.GetSnapshot().Where(record => record.Id.Id == 8).ToArray()[1];
        Assert.Equal(
            "A subscriber's handler in keyspace default has thrown. The message counts as handled and the next one follows: " +
            "catch in the handler what it can mend.", record.Message);
        await EndAsync(subscription);
    }

    [Fact]
    public async Task After_the_end_no_handler_begins_and_the_one_that_runs_is_waited_for()
    {
        await using var keyspace = Make();
        var gate = new TaskCompletionSource();
        var subscription = await keyspace.PubSub.SubscribeAsync("a", async message =>
        {
            seen.Add(message.Message.ToString());
            await gate.Task;
        });
        await keyspace.PubSub.PublishAsync("a", "1");
        await keyspace.PubSub.PublishAsync("a", "2");
        scheduler.RunAll();

        var end = subscription.DisposeAsync();
        Assert.False(end.IsCompleted);
        Assert.Equal(0, await keyspace.PubSub.CountSubscribersAsync("a"));
        gate.SetResult();
        await end;

        Assert.Equal(["1"], seen);
        Assert.True(subscription.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_handler_may_end_its_own_subscription()
    {
        await using var keyspace = Make();
        HandlerSubscription? subscription = null;
        subscription = await keyspace.PubSub.SubscribeAsync("a", async message =>
        {
            seen.Add(message.Message.ToString());
            await subscription!.DisposeAsync();
        });
        await keyspace.PubSub.PublishAsync("a", "1");
        await keyspace.PubSub.PublishAsync("a", "2");
        scheduler.RunAll();

        Assert.Equal(["1"], seen);
        Assert.True(subscription.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_handler_may_publish_and_use_the_keyspace()
    {
        await using var keyspace = new Keyspace();
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var subscription = await keyspace.PubSub.SubscribeAsync(Channels.Named("count"), async message =>
        {
            var number = await keyspace.Counter("n").IncrementAsync(1);
            if (number == 100) done.SetResult(number);
            else await keyspace.PubSub.PublishAsync(message.Channel, number);
        });
        await keyspace.PubSub.PublishAsync("count", "go");

        Assert.Equal(100, await done.Task);
    }

    [Fact]
    public async Task The_end_of_the_keyspace_comes_after_what_is_buffered()
    {
        var keyspace = Make();
        var subscription = await keyspace.PubSub.SubscribeAsync("a", message => seen.Add(message.Message.ToString()));
        await keyspace.PubSub.PublishAsync("a", "1");
        await keyspace.DisposeAsync();
        Assert.False(subscription.Completion.IsCompleted);
        scheduler.RunAll();

        Assert.Equal(["1"], seen);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => subscription.Completion);
        await subscription.DisposeAsync();
    }

    [Fact]
    public async Task A_handler_that_is_too_slow_loses_what_its_mode_says()
    {
        await using var keyspace = Make();
        await using var dropping = await keyspace.PubSub.SubscribeAsync("a", message => seen.Add(message.Message.ToString()), capacity: 2);
        await using var ending = await keyspace.PubSub.SubscribeAsync("a", static _ => { }, capacity: 2, fullMode: FullMode.End);
        for (var i = 0; i < 5; i++) await keyspace.PubSub.PublishAsync("a", i);
        scheduler.RunAll();

        Assert.Equal(["3", "4"], seen);
        Assert.Equal((3, 1), (dropping.DroppedCount, ending.DroppedCount));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ending.Completion);
        await EndAsync(dropping);
    }

    [Fact]
    public async Task A_handler_is_not_in_the_flow_of_whoever_subscribed()
    {
        var local = new AsyncLocal<string?> { Value = "subscriber" };
        await using var keyspace = new Keyspace();
        var done = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var subscription = await keyspace.PubSub.SubscribeAsync("a", _ => done.SetResult(local.Value));
        await keyspace.PubSub.PublishAsync("a", "1");

        Assert.Null(await done.Task);
    }

    private Keyspace Make() => new(new KeyspaceOptions { Scheduler = scheduler });

    /// <summary>The end has to be told to the handler, which this test alone can do.</summary>
    private async Task EndAsync(HandlerSubscription subscription)
    {
        var end = subscription.DisposeAsync();
        scheduler.RunAll();
        await end;
    }
}
