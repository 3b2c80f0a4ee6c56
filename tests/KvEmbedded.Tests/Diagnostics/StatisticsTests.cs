using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Diagnostics;

public sealed class StatisticsTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_new_keyspace_has_done_nothing()
    {
        await using var keyspace = Make();

        var statistics = keyspace.Diagnostics.GetStatistics();

        Assert.Equal(
            new KeyspaceStatistics
            {
                Keys = 0, MemoryBytes = statistics.MemoryBytes, Commands = 0, Hits = 0, Misses = 0, ExpiredKeys = 0,
                WaitingCallers = 0, ParkedCallers = 0, Subscribers = 0, EventsDropped = 0, ChannelSubscribers = 0, MessagesDropped = 0, SlowCommands = 0, Stalls = 0, Slowest = null,
            },
            statistics);
    }

    [Fact]
    public async Task Keys_and_memory_follow_what_is_stored()
    {
        await using var keyspace = Make();
        var before = keyspace.Diagnostics.GetStatistics();
        await keyspace.Strings.SetAsync("short", "v");
        await keyspace.Strings.SetAsync("long", new byte[100_000]);

        var after = keyspace.Diagnostics.GetStatistics();

        Assert.Equal(2, after.Keys);
        Assert.InRange(after.MemoryBytes - before.MemoryBytes, 100_000, 110_000);
    }

    [Fact]
    public async Task Reads_count_as_hits_or_misses_with_and_without_a_turn()
    {
        await using var keyspace = Make();
        await keyspace.Strings.SetAsync("k", "v");

        await keyspace.Strings.GetAsync("k");
        await keyspace.String("k").GetAsync();
        await keyspace.Strings.GetAsync("missing");
        keyspace.Transact(tx =>
        {
            tx.Strings.GetAsync("k");
            tx.Strings.GetAsync("missing");
            tx.Strings.GetAsync("missing");
        });

        await keyspace.Strings.GetAsync(["k", "missing", "k"]);

        var statistics = keyspace.Diagnostics.GetStatistics();
        Assert.Equal((5, 4), (statistics.Hits, statistics.Misses));
    }

    [Fact]
    public async Task Every_command_counts_once_and_a_transaction_is_one()
    {
        await using var keyspace = Make();

        await keyspace.Strings.SetAsync("a", "1");
        await keyspace.String("a").GetAndSetAsync("2");
        await keyspace.Strings.GetAsync("a");
        await keyspace.Measured("Count", "a", () => { });
        keyspace.Transact(tx =>
        {
            tx.Strings.SetAsync("a", "3");
            tx.Strings.SetAsync("b", "4");
        });
        Assert.Throws<InvalidOperationException>(() => keyspace.Transact(_ => throw new InvalidOperationException()));

        Assert.Equal(6, keyspace.Diagnostics.GetStatistics().Commands);
    }

    [Fact]
    public async Task What_the_engine_does_of_its_own_accord_is_no_command()
    {
        await using var keyspace = Make();
        await keyspace.Strings.SetAsync("a", "1", TimeSpan.FromSeconds(1));

        time.Advance(TimeSpan.FromSeconds(2));

        var statistics = keyspace.Diagnostics.GetStatistics();
        Assert.Equal((1, 1, 0), (statistics.Commands, statistics.ExpiredKeys, statistics.Keys));
    }

    [Fact]
    public async Task Callers_that_wait_and_callers_that_are_parked_are_seen_while_the_loop_is_held()
    {
        await using var keyspace = Make();
        var parked = keyspace.Parked();
        ValueTask<bool>[] waiting;
        using (new HeldLoop(keyspace))
        {
            waiting = [.. Enumerable.Range(0, 3).Select(i => keyspace.Strings.SetAsync(i, "v"))];
            var statistics = keyspace.Diagnostics.GetStatistics();
            Assert.Equal((3, 1), (statistics.WaitingCallers, statistics.ParkedCallers));
        }

        foreach (var task in waiting) Assert.True(await task);
        Assert.Equal(0, keyspace.Diagnostics.GetStatistics().WaitingCallers);
        Assert.False(parked.IsCompleted);
    }

    [Fact]
    public async Task Subscribers_and_what_they_lost_are_counted_past_their_end()
    {
        await using var keyspace = Make();
        using (keyspace.SubscribeToEvents(capacity: 1))
        {
            for (var i = 0; i < 4; i++) await keyspace.Strings.SetAsync("k", i);
            Assert.Equal(1, keyspace.Diagnostics.GetStatistics().Subscribers);
        }

        var statistics = keyspace.Diagnostics.GetStatistics();
        Assert.Equal((0, 3), (statistics.Subscribers, statistics.EventsDropped));
    }

    [Fact]
    public async Task Figures_can_still_be_asked_when_the_keyspace_is_disposed()
    {
        var keyspace = Make();
        await keyspace.Strings.SetAsync("k", "v");
        await keyspace.DisposeAsync();

        var statistics = keyspace.Diagnostics.GetStatistics();
        Assert.Equal((0, 1), (statistics.Keys, statistics.Commands));
    }

    private Keyspace Make() => new(new KeyspaceOptions { TimeProvider = time });
}
