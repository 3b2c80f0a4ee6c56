using KvEmbedded.Tests.Differential;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KvEmbedded.Tests.Redis;

/// <summary>What is lost and what fails on the way from a server to a subscriber: it is counted and logged, as embedded.</summary>
public sealed class ServerSubscriptionTests : IClassFixture<RealRedis>, IAsyncDisposable
{
    private readonly FakeLogCollector log = new();
    private readonly ILoggerFactory factory;
    private readonly RedisKeyspace keyspace;

    public ServerSubscriptionTests(RealRedis redis)
    {
        factory = LoggerFactory.Create(builder => builder.AddProvider(new FakeLoggerProvider(log)));
        keyspace = new RedisKeyspace(new RedisKeyspaceOptions
        {
            ConnectionString = $"!{redis.SocketPath}", KeyPrefix = "shop:", LoggerFactory = factory, EventBufferCapacity = 2,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await keyspace.DisposeAsync();
        factory.Dispose();
    }

    [Fact]
    public async Task What_does_not_fit_the_buffer_of_the_options_is_counted_and_logged_once()
    {
        await using var behind = await keyspace.PubSub.SubscribeAsync("a");
        await using var last = await keyspace.PubSub.SubscribeAsync("a", capacity: 100);
        for (var i = 0; i < 6; i++) await keyspace.PubSub.PublishAsync("a", i);
        await foreach (var message in last)
        {
            if (message.Message == 5) break;
        }

        // Both are told by one connection, each in its own time.
        while (behind.DroppedCount < 4) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        Assert.Equal(4, behind.DroppedCount);
        var told = Assert.Single(log.GetSnapshot());
        Assert.Equal((5, LogLevel.Warning), (told.Id.Id, told.Level));
        Assert.Equal(
            "A subscriber to the key events or channels of keyspace RedisKeyspace 'shop:' is 2 events behind, so events are dropped until it " +
            "catches up. Read faster, filter more, or raise EventBufferCapacity.", told.Message);
    }

    [Fact]
    public async Task A_handler_that_throws_is_counted_and_logged_and_the_next_message_comes()
    {
        var second = new TaskCompletionSource();
        await using var subscription = await keyspace.PubSub.SubscribeAsync("b", message =>
        {
            if (message.Message == 1) throw new InvalidOperationException("I cannot.");
            second.SetResult();
        });
        await keyspace.PubSub.PublishAsync("b", 1);
        await keyspace.PubSub.PublishAsync("b", 2);
        await second.Task;

        Assert.Equal(1, subscription.FailedCount);
        var told = Assert.Single(log.GetSnapshot());
        Assert.Equal((8, LogLevel.Error, "I cannot."), (told.Id.Id, told.Level, told.Exception?.Message));
    }
}
