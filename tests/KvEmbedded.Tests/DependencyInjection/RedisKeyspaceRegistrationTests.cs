using KvEmbedded.Tests.Differential;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace KvEmbedded.Tests.DependencyInjection;

/// <summary>A keyspace on a server in place of an embedded one.</summary>
public sealed class RedisKeyspaceRegistrationTests(RealRedis redis) : IClassFixture<RealRedis>
{
    private string Address => $"!{redis.SocketPath}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_app_changes_one_line(bool hasServer)
    {
        var services = new ServiceCollection().AddSingleton<Visits>();
        if (hasServer) services.AddRedisKeyspace(Address);
        else services.AddEmbeddedKeyspace();

        await using var provider = services.BuildServiceProvider();
        var visits = provider.GetRequiredService<Visits>();

        Assert.Equal(1, await visits.CountAsync("/start"));
        Assert.Equal(2, await visits.CountAsync("/start"));
        Assert.Equal(1, await visits.CountAsync("/prices"));
        Assert.Equal(["/start", "/prices"], await visits.MostReadAsync());
        Assert.Equal(hasServer ? typeof(RedisKeyspace) : typeof(Keyspace), provider.GetRequiredService<IKeyspace>().GetType());
    }

    [Fact]
    public async Task The_class_and_the_interface_are_one_keyspace_for_all()
    {
        await using var services = new ServiceCollection().AddRedisKeyspace(Address).BuildServiceProvider();

        Assert.Same(services.GetRequiredService<RedisKeyspace>(), services.GetRequiredService<IKeyspace>());
    }

    [Fact]
    public async Task Named_keyspaces_stand_beside_each_other()
    {
        await using var services = new ServiceCollection()
            .AddRedisKeyspace("orders", options => (options.ConnectionString, options.Database) = (Address, 1))
            .AddRedisKeyspace("carts", options => (options.ConnectionString, options.Database) = (Address, 2))
            .BuildServiceProvider();

        var (orders, carts) = (services.GetRequiredKeyedService<IKeyspace>("orders"), services.GetRequiredKeyedService<IKeyspace>("carts"));
        await orders.Strings.SetAsync("k", "v");
        Assert.Null(await carts.Strings.GetAsync("k"));
        Assert.Same(orders, services.GetRequiredKeyedService<RedisKeyspace>("orders"));
    }

    [Fact]
    public async Task A_prefix_keeps_apart_what_shares_a_database()
    {
        await using var services = new ServiceCollection()
            .AddRedisKeyspace(options => (options.ConnectionString, options.Database, options.KeyPrefix) = (Address, 3, "shop:"))
            .BuildServiceProvider();
        await using var whole = new RedisKeyspace(new RedisKeyspaceOptions { ConnectionString = Address, Database = 3 });

        await services.GetRequiredService<IKeyspace>().Strings.SetAsync("a", "x");
        Assert.Equal("x", (await whole.Strings.GetAsync("shop:a")).ToString());
    }

    [Fact]
    public async Task A_multiplexer_that_the_app_has_is_used_and_left_alone()
    {
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(Address);
        var services = new ServiceCollection().AddSingleton<IConnectionMultiplexer>(multiplexer)
            .AddRedisKeyspace(options => options.Database = 4).BuildServiceProvider();
        var keyspace = services.GetRequiredService<IKeyspace>();
        await keyspace.Strings.SetAsync("a", "x");
        await keyspace.Strings.SetAsync("b", "x");

        // It has no allowAdmin, so the keys go one by one.
        await keyspace.Keys.FlushAsync();
        Assert.Equal(0, await keyspace.Keys.CountAsync());
        await services.GetRequiredService<RedisKeyspace>().DisposeAsync();
        Assert.True(multiplexer.IsConnected);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await keyspace.Strings.GetAsync("a"));
    }

    [Fact]
    public async Task A_multiplexer_that_is_not_needed_is_not_made()
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IConnectionMultiplexer>(static _ => throw new InvalidOperationException("Nobody asked for it."))
            .AddRedisKeyspace(Address).AddRedisKeyspace("orders", options => options.ConnectionString = Address)
            .BuildServiceProvider();

        Assert.NotSame(services.GetRequiredService<IKeyspace>(), services.GetRequiredKeyedService<IKeyspace>("orders"));
    }

    [Fact]
    public async Task An_own_connection_ends_with_the_container()
    {
        IKeyspace keyspace;
        Task<SortedSetEntry?> waiting;
        await using (var services = new ServiceCollection().AddRedisKeyspace(Address).BuildServiceProvider())
        {
            keyspace = services.GetRequiredService<IKeyspace>();
            waiting = keyspace.SortedSet("a").PopAsync(waitingTime: Timeout.InfiniteTimeSpan).AsTask();
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await keyspace.Keys.CountAsync());

        var other = new RedisKeyspace(Address);
        await other.Keys.CountAsync();
        other.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await other.Keys.CountAsync());
    }

    [Fact]
    public async Task What_is_wrong_with_the_options_is_told_when_the_host_starts_all_at_once()
    {
        var host = Host.CreateApplicationBuilder();
        host.Services.AddRedisKeyspace("orders", options =>
        {
            options.ConnectionString = "localhost,nonsense=1";
            options.Database = -1;
            options.ValueLengthMax = 0;
            options.EventBufferCapacity = 16_777_217;
            options.PollIntervalMin = TimeSpan.Zero;
            options.PollIntervalMax = TimeSpan.FromDays(1);
        });

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.Build().StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(6, error.Failures.Count());
        Assert.Contains("Keyspace 'orders': EventBufferCapacity is 16777217; the range is 1 to 16777216.", error.Failures);
        Assert.All(error.Failures, fault => Assert.StartsWith("Keyspace 'orders': ", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_keyspace_needs_a_server()
    {
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddRedisKeyspace(" "));
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddRedisKeyspace("", _ => { }));
        var error = Assert.Throws<ArgumentException>(() => new RedisKeyspace(new RedisKeyspaceOptions { PollIntervalMax = TimeSpan.Zero }));
        Assert.StartsWith(
            "Keyspace options out of range: PollIntervalMax is 00:00:00; the range is 00:00:00.0010000 to 01:00:00. " +
            "PollIntervalMin is 00:00:00.0100000; the range is 00:00:00.0010000 to PollIntervalMax. " +
            "ConnectionString is empty; say where the server is, such as localhost:6379.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_and_the_log_are_those_of_the_container_unless_others_are_named()
    {
        var (containers, own) = (new FakeTimeProvider(), new FakeTimeProvider());
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(containers).AddLogging()
            .AddRedisKeyspace("one", options => options.ConnectionString = Address)
            .AddRedisKeyspace("two", options => (options.ConnectionString, options.TimeProvider, options.LoggerFactory) = (Address, own, NullLoggerFactory.Instance))
            .BuildServiceProvider();
        var options = services.GetRequiredService<IOptionsMonitor<RedisKeyspaceOptions>>();

        Assert.Same(containers, options.Get("one").TimeProvider);
        Assert.Same(own, options.Get("two").TimeProvider);
        Assert.Same(services.GetRequiredService<ILoggerFactory>(), options.Get("one").LoggerFactory);
        Assert.Same(NullLoggerFactory.Instance, options.Get("two").LoggerFactory);
    }

    /// <summary>A part of an app, which does not know where its keyspace is.</summary>
    private sealed class Visits(IKeyspace keyspace)
    {
        public async Task<long> CountAsync(string page)
        {
            await keyspace.SortedSet("pages").IncrementAsync(page);
            return await keyspace.Counter($"visits:{page}").IncrementAsync(1, TimeSpan.FromDays(1));
        }

        public async Task<string[]> MostReadAsync() =>
            [.. (await keyspace.SortedSet("pages").GetRangeAsync(..10, KvEmbedded.Order.Descending)).Select(entry => entry.Member.ToString())];
    }
}
