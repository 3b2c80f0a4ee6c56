using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Diagnostics;

public sealed class MeterTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly HeldScheduler scheduler = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    private IMeterFactory Factory => services.GetRequiredService<IMeterFactory>();

    [Fact]
    public async Task Each_figure_is_an_instrument()
    {
        await using var keyspace = Make("orders");
        using var events = keyspace.SubscribeToEvents(capacity: 1);
        await keyspace.Strings.SetAsync("a", "v");
        await keyspace.Strings.SetAsync("b", "v", TimeSpan.FromSeconds(1));
        await keyspace.Strings.GetAsync("a");
        await keyspace.Strings.GetAsync("missing");
        await keyspace.Strings.GetAsync("missing");
        time.Advance(TimeSpan.FromSeconds(1));
        await keyspace.Measured("Union", "a", () => time.Advance(TimeSpan.FromSeconds(1)));
        var parked = keyspace.Parked();

        Assert.Equal(7, Observe("kvembedded.commands"));
        Assert.Equal(1, Observe("kvembedded.keys"));
        Assert.Equal(keyspace.Diagnostics.GetStatistics().MemoryBytes, Observe("kvembedded.memory"));
        Assert.Equal(0, Observe("kvembedded.callers.waiting"));
        Assert.Equal(1, Observe("kvembedded.callers.parked"));
        Assert.Equal(1, Observe("kvembedded.keys.expired"));
        Assert.Equal(3, Observe("kvembedded.events.dropped"));
        Assert.Equal(1, Observe("kvembedded.commands.slow"));
        Assert.Equal(1, Observe("kvembedded.stalls"));
        Assert.Equal((1, 2), (Observe("kvembedded.reads", "hit"), Observe("kvembedded.reads", "miss")));
        Assert.False(parked.IsCompleted);
    }

    [Fact]
    public async Task Keyspaces_on_one_meter_are_told_apart_and_one_that_is_disposed_is_gone()
    {
        await using var one = Make("one");
        var two = Make("two");
        await one.Strings.SetAsync("a", "v");
        await two.Strings.SetAsync("a", "v");
        await two.Strings.SetAsync("b", "v");

        Assert.Equal([("one", 1), ("two", 2)], Keys());
        await two.DisposeAsync();
        Assert.Equal([("one", 1)], Keys());

        IEnumerable<(string?, long)> Keys() => ObserveAll("kvembedded.keys")
            .Select(measurement => ((string?)measurement.Tags["kvembedded.keyspace"], measurement.Value)).Order();
    }

    [Fact]
    public async Task The_time_that_measured_commands_held_the_loop_is_recorded_but_not_on_the_loop()
    {
        await using var keyspace = Make("orders");
        using var durations = new MetricCollector<double>(Factory, "KvEmbedded", "kvembedded.command.duration");

        await keyspace.Measured("Union", "a", () => time.Advance(TimeSpan.FromMilliseconds(250)));
        keyspace.Transact(_ => time.Advance(TimeSpan.FromMilliseconds(500)));
        await keyspace.Strings.SetAsync("a", "v");

        Assert.Empty(durations.GetMeasurementSnapshot());
        scheduler.RunAll();
        Assert.Equal(
            [("orders", "Union", 0.25), ("orders", "Transact", 0.5)],
            durations.GetMeasurementSnapshot().Select(measurement =>
                ((string?)measurement.Tags["kvembedded.keyspace"], (string?)measurement.Tags["kvembedded.command"], measurement.Value)));
    }

    [Fact]
    public async Task A_burst_longer_than_the_loop_remembers_loses_notes_and_nothing_else()
    {
        await using var keyspace = Make("orders");
        using var durations = new MetricCollector<double>(Factory, "KvEmbedded", "kvembedded.command.duration");

        for (var i = 0; i < 1_000; i++) await keyspace.Measured("Union", "a", () => { });
        scheduler.RunAll();
        Assert.Equal(256, durations.GetMeasurementSnapshot().Count);

        await keyspace.Measured("Union", "a", () => { });
        scheduler.RunAll();
        Assert.Equal(257, durations.GetMeasurementSnapshot().Count);
    }

    [Fact]
    public async Task A_listener_that_throws_breaks_no_command()
    {
        await using var keyspace = Make("orders");
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == Factory) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("No."));
        listener.Start();

        Assert.True(await keyspace.Measured("Union", "a", () => { }));
        scheduler.RunAll();
        Assert.True(await keyspace.Measured("Union", "a", () => { }));
    }

    [Fact]
    public async Task Without_a_factory_there_is_one_meter_for_the_process()
    {
        await using var keyspace = new Keyspace(new KeyspaceOptions { Name = "of the process" });
        await keyspace.Strings.SetAsync("a", "v");
        using var keys = new MetricCollector<long>(null, "KvEmbedded", "kvembedded.keys");

        keys.RecordObservableInstruments();

        Assert.Equal(
            [1L],
            keys.GetMeasurementSnapshot()
                .Where(measurement => (string?)measurement.Tags["kvembedded.keyspace"] == "of the process")
                .Select(measurement => measurement.Value));
    }

    private long Observe(string instrument, string? result = null) => Assert.Single(
        ObserveAll(instrument), measurement => result is null || (string?)measurement.Tags["kvembedded.result"] == result).Value;

    private IReadOnlyList<CollectedMeasurement<long>> ObserveAll(string instrument)
    {
        using var collector = new MetricCollector<long>(Factory, "KvEmbedded", instrument);
        collector.RecordObservableInstruments();
        return collector.GetMeasurementSnapshot();
    }

    private Keyspace Make(string name) =>
        new(new KeyspaceOptions { Name = name, TimeProvider = time, MeterFactory = Factory, Scheduler = scheduler });
}
