using System.Diagnostics.Metrics;
using KvEmbedded.Tests.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.DependencyInjection;

public sealed class EmbeddedKeyspaceRegistrationTests
{
    [Fact]
    public async Task The_class_and_the_interface_are_one_keyspace_for_all()
    {
        await using var services = new ServiceCollection().AddEmbeddedKeyspace().BuildServiceProvider();

        Assert.Same(services.GetRequiredService<Keyspace>(), services.GetRequiredService<IKeyspace>());
        using var scope = services.CreateScope();
        Assert.Same(services.GetRequiredService<Keyspace>(), scope.ServiceProvider.GetRequiredService<IKeyspace>());
    }

    [Fact]
    public async Task Named_keyspaces_stand_beside_each_other_and_beside_the_unnamed_one()
    {
        await using var services = new ServiceCollection()
            .AddEmbeddedKeyspace(options => options.ValueLengthMax = 1)
            .AddEmbeddedKeyspace("orders", options => options.ValueLengthMax = 2)
            .AddEmbeddedKeyspace("carts", options => options.ValueLengthMax = 3)
            .BuildServiceProvider();

        var all = new[]
        {
            services.GetRequiredService<Keyspace>(),
            services.GetRequiredKeyedService<Keyspace>("orders"),
            services.GetRequiredKeyedService<Keyspace>("carts"),
        };

        Assert.Equal([("default", 1), ("orders", 2), ("carts", 3)],
            all.Select(keyspace => (keyspace.Store.Options.Name, keyspace.Store.Options.ValueLengthMax)));
        Assert.Same(all[1], services.GetRequiredKeyedService<IKeyspace>("orders"));
        await all[1].Strings.SetAsync("k", "v");
        Assert.Null(await all[2].Strings.GetAsync("k"));
    }

    [Fact]
    public async Task A_service_takes_a_keyspace_by_its_name()
    {
        await using var services = new ServiceCollection()
            .AddEmbeddedKeyspace("orders").AddSingleton<Shop>().BuildServiceProvider();

        Assert.Same(services.GetRequiredKeyedService<Keyspace>("orders"), services.GetRequiredService<Shop>().Orders);
    }

    [Fact]
    public async Task Registering_twice_makes_one_keyspace_with_the_options_of_both()
    {
        var services = new ServiceCollection()
            .AddEmbeddedKeyspace(options => options.ValueLengthMax = 10)
            .AddEmbeddedKeyspace(options => options.RandomSeed = 7);
        await using var provider = services.BuildServiceProvider();

        var options = Assert.Single(provider.GetServices<Keyspace>()).Store.Options;
        Assert.Equal((10, 7), (options.ValueLengthMax, options.RandomSeed));
    }

    [Fact]
    public void A_keyspace_needs_a_name_of_at_least_one_letter()
    {
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddEmbeddedKeyspace(" "));
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddEmbeddedKeyspace(name: null!));
    }

    [Fact]
    public async Task Clock_logger_and_meter_are_the_containers()
    {
        var time = new FakeTimeProvider();
        await using var services = new ServiceCollection()
            .AddMetrics().AddLogging(logging => logging.AddFakeLogging()).AddSingleton<TimeProvider>(time)
            .AddEmbeddedKeyspace().BuildServiceProvider();

        var options = services.GetRequiredService<Keyspace>().Store.Options;

        Assert.Same(time, options.TimeProvider);
        Assert.Same(services.GetRequiredService<ILoggerFactory>(), options.LoggerFactory);
        Assert.Same(services.GetRequiredService<IMeterFactory>(), options.MeterFactory);
    }

    [Fact]
    public async Task What_the_options_name_goes_before_what_the_container_has_in_whatever_order()
    {
        var (clock, other) = (new FakeTimeProvider(), new FakeTimeProvider());
        using var factory = new LoggerFactory();
        await using var services = new ServiceCollection()
            .Configure<KeyspaceOptions>(options => options.TimeProvider = clock)
            .AddLogging().AddSingleton<TimeProvider>(other)
            .AddEmbeddedKeyspace(options => options.LoggerFactory = factory)
            .AddEmbeddedKeyspace("wall clock", options => options.TimeProvider = TimeProvider.System)
            .BuildServiceProvider();

        var options = services.GetRequiredService<Keyspace>().Store.Options;
        Assert.Same(clock, options.TimeProvider);
        Assert.Same(factory, options.LoggerFactory);
        Assert.Same(TimeProvider.System, services.GetRequiredKeyedService<Keyspace>("wall clock").Store.Options.TimeProvider);
    }

    [Fact]
    public async Task A_container_that_has_neither_clock_nor_logger_nor_meter_will_do()
    {
        await using var services = new ServiceCollection().AddEmbeddedKeyspace().BuildServiceProvider();

        Assert.True(await services.GetRequiredService<IKeyspace>().Strings.SetAsync("k", "v"));
    }

    [Fact]
    public async Task Options_are_bound_from_configuration()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Keyspace:ValueLengthMax"] = "1000",
            ["Keyspace:MemoryLimitBytes"] = "2000000",
            ["Keyspace:SlowLogThreshold"] = "00:00:00.005",
            ["Keyspaces:Orders:RandomSeed"] = "7",
        });
        builder.Services.AddEmbeddedKeyspace().AddEmbeddedKeyspace("orders");
        builder.Services.AddOptions<KeyspaceOptions>().BindConfiguration("Keyspace");
        builder.Services.AddOptions<KeyspaceOptions>("orders").BindConfiguration("Keyspaces:Orders");
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<Keyspace>().Store.Options;
        Assert.Equal(
            (1_000, 2_000_000L, TimeSpan.FromMilliseconds(5), null),
            (options.ValueLengthMax, options.MemoryLimitBytes!.Value, options.SlowLogThreshold, options.RandomSeed));
        Assert.Equal(7, host.Services.GetRequiredKeyedService<Keyspace>("orders").Store.Options.RandomSeed);
    }

    [Fact]
    public async Task A_host_with_wrong_options_does_not_start_and_names_all_of_them()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Keyspace:InboxCapacity"] = "0",
            ["Keyspace:StallThreshold"] = "00:00:00",
        });
        builder.Services.AddEmbeddedKeyspace();
        builder.Services.AddOptions<KeyspaceOptions>().BindConfiguration("Keyspace");
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            ["InboxCapacity is 0; the range is 1 to 16777216.",
             "StallThreshold is 00:00:00; the range is 00:00:00.0010000 to 01:00:00, or Timeout.InfiniteTimeSpan."],
            exception.Failures);
    }

    [Fact]
    public async Task Wrong_named_options_are_reported_with_their_name()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEmbeddedKeyspace("orders", options => options.WaitersMax = -1);
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(["Keyspace 'orders': WaitersMax is -1; the range is 1 to 16777216."], exception.Failures);
    }

    [Fact]
    public async Task A_host_starts_serves_and_ends_every_wait_when_it_is_disposed()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddFakeLogging();
        builder.Services.AddEmbeddedKeyspace();
        var host = builder.Build();
        await host.StartAsync();
        var keyspace = host.Services.GetRequiredService<Keyspace>();
        var log = host.Services.GetFakeLogCollector();
        await keyspace.Strings.SetAsync("k", "v");
        var waits = Enumerable.Range(0, 1_000).Select(_ => keyspace.Parked().AsTask()).ToArray();
        using var events = keyspace.SubscribeToEvents();

        await host.StopAsync();
        Assert.Equal("v", (string?)await keyspace.Strings.GetAsync("k"));
        host.Dispose();

        foreach (var wait in waits) await Assert.ThrowsAsync<ObjectDisposedException>(() => wait);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await events.GetAsyncEnumerator().MoveNextAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await keyspace.Strings.SetAsync("k", "v"));
        Assert.Equal([1, 2], log.GetSnapshot()
            .Where(record => record.Category == "KvEmbedded.Keyspace").Select(record => record.Id.Id));
    }

    private sealed class Shop([FromKeyedServices("orders")] IKeyspace orders)
    {
        public IKeyspace Orders => orders;
    }
}
