using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Diagnostics;

public sealed class LogTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly FakeLogCollector log = new();
    private readonly HeldScheduler scheduler = new();
    private readonly ILoggerFactory factory;

    public LogTests() => factory = LoggerFactory.Create(
        builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(log)));

    public void Dispose() => factory.Dispose();

    [Fact]
    public void The_beginning_and_the_end_of_a_keyspace_are_logged_once_each()
    {
        var keyspace = Make();
        keyspace.Dispose();
        keyspace.Dispose();

        Assert.Equal(
            [(1, "Keyspace orders is created."), (2, "Keyspace orders is disposed after 0 commands.")],
            log.GetSnapshot().Select(record => (record.Id.Id, record.Message)));
        Assert.All(log.GetSnapshot(), record => Assert.Equal("KvEmbedded.Keyspace", record.Category));
    }

    [Fact]
    public void A_slow_command_is_logged_with_name_and_key_but_not_on_the_loop()
    {
        using var keyspace = Make();

        keyspace.Measured("Union", "a\nb", () => time.Advance(TimeSpan.FromMilliseconds(20)));

        Assert.Empty(Of(3));
        scheduler.RunAll();
        Assert.Equal(
            ["Union at key 'a\\x0ab' held keyspace orders for 20 ms. Everybody else waited meanwhile: " +
             "ask for less at once, or raise SlowLogThreshold if this is as it should be."],
            Of(3));
    }

    [Fact]
    public void A_stall_is_logged_while_it_lasts()
    {
        using var keyspace = Make();
        using var held = new HeldLoop(keyspace);

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            ["Transact at key '' has held keyspace orders for 10000 ms and has not ended. Everybody else " +
             "waits: take whatever blocks out of the body of the transaction, or ask for less at once."],
            Of(4));
    }

    [Fact]
    public async Task Dropped_events_are_logged_once_until_the_subscriber_has_caught_up()
    {
        using var keyspace = Make();
        using var events = keyspace.SubscribeToEvents(capacity: 2);

        for (var i = 0; i < 10; i++) Set(keyspace, i);
        await using (var reader = events.GetAsyncEnumerator())
        {
            Assert.True(await reader.MoveNextAsync());
            for (var i = 0; i < 10; i++) Set(keyspace, i);
            scheduler.RunAll();
            Assert.Single(Of(5));

            for (var i = 0; i < 2; i++) Assert.True(await reader.MoveNextAsync());
            for (var i = 0; i < 10; i++) Set(keyspace, i);
        }

        scheduler.RunAll();
        Assert.Equal(2, Of(5).Length);
        Assert.Equal(
            "A subscriber to the key events or channels of keyspace orders is 2 events behind, so events are dropped until it " +
            "catches up. Read faster, filter more, or raise EventBufferCapacity.",
            Of(5)[0]);
    }

    [Fact]
    public void The_memory_limit_is_logged_once_until_memory_has_fallen()
    {
        using var keyspace = Make(options => options.MemoryLimitBytes = 1_048_576);

        var full = Fill(keyspace);
        Assert.False(TrySet(keyspace, full));
        scheduler.RunAll();
        Assert.Single(Of(6));
        Assert.Contains("and its limit is 1048576: commands that would grow it fail.", Of(6)[0], StringComparison.Ordinal);

        for (var i = 0; i < full; i++) keyspace.Light(i, (turn, key) => turn.Remove(key));
        Fill(keyspace);
        scheduler.RunAll();
        Assert.Equal(2, Of(6).Length);
    }

    [Fact]
    public void An_overloaded_inbox_is_logged_at_most_once_a_second()
    {
        using var keyspace = Make(options => options.InboxCapacity = 1);
        using (new HeldLoop(keyspace))
        {
            Set(keyspace, 0);
            for (var i = 0; i < 5; i++) Set(keyspace, i);
            Assert.Single(Of(7));

            time.Advance(TimeSpan.FromSeconds(1));
            for (var i = 0; i < 5; i++) Set(keyspace, i);
        }

        Assert.Equal(2, Of(7).Length);
        Assert.Equal(
            "Keyspace orders refuses commands: 1 callers wait already. Await commands before sending more, or raise InboxCapacity.",
            Of(7)[0]);
    }

    [Fact]
    public void Too_many_parked_callers_are_logged_at_most_once_a_second()
    {
        using var keyspace = Make(options => options.WaitersMax = 1);
        Assert.False(keyspace.Parked().IsCompleted);

        for (var i = 0; i < 5; i++) Assert.True(keyspace.Parked().IsFaulted);

        Assert.Empty(Of(7));
        scheduler.RunAll();
        Assert.Equal(
            ["Keyspace orders refuses commands: 1 callers wait already. Await commands before sending more, or raise WaitersMax."],
            Of(7));
    }

    [Fact]
    public void A_logger_that_throws_breaks_no_command()
    {
        using var broken = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(new ThrowingProvider()));
        using var keyspace = Make(options => options.LoggerFactory = broken);

        Assert.True(keyspace.Measured("Union", "k", () => time.Advance(TimeSpan.FromSeconds(10))).IsCompletedSuccessfully);
        scheduler.RunAll();

        Assert.Single(keyspace.Diagnostics.SlowLog);
        Assert.Single(keyspace.Diagnostics.Stalls);
        Assert.True(keyspace.Strings.SetAsync("k", "v").IsCompletedSuccessfully);
    }

    private static void Set(Keyspace keyspace, int key) => _ = keyspace.Strings.SetAsync(key, "v");

    /// <summary>Writes until it is refused; the number of keys written.</summary>
    private static int Fill(Keyspace keyspace)
    {
        var key = 0;
        while (TrySet(keyspace, key)) key++;
        return key;
    }

    private static bool TrySet(Keyspace keyspace, int key) =>
        keyspace.Strings.SetAsync(key, new byte[10_000]) is { IsCompletedSuccessfully: true };

    private string[] Of(int id) => [.. log.GetSnapshot().Where(record => record.Id.Id == id).Select(record => record.Message)];

    private Keyspace Make(Action<KeyspaceOptions>? configure = null)
    {
        var options = new KeyspaceOptions { Name = "orders", TimeProvider = time, LoggerFactory = factory, Scheduler = scheduler };
        configure?.Invoke(options);
        return new Keyspace(options);
    }

    private sealed class ThrowingProvider : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The disk is full.");

        public void Dispose()
        {
        }
    }
}
