using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Diagnostics;

public sealed class SlowLogTests
{
    private static readonly TimeSpan Threshold = TimeSpan.FromMilliseconds(10);
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_command_that_takes_the_threshold_is_noted_with_name_key_duration_and_moment()
    {
        await using var keyspace = Make();
        time.Advance(TimeSpan.FromHours(1));
        var moment = time.GetUtcNow();

        await keyspace.Measured("Count", "board", () => time.Advance(Threshold));

        Assert.Equal([new SlowCommand(1, "Count", "board", moment, Threshold)], keyspace.Diagnostics.SlowLog);
    }

    [Fact]
    public async Task A_command_below_the_threshold_is_not_noted()
    {
        await using var keyspace = Make();

        await keyspace.Measured("Count", "board", () => time.Advance(Threshold - TimeSpan.FromTicks(1)));

        Assert.Empty(keyspace.Diagnostics.SlowLog);
    }

    [Fact]
    public async Task The_body_of_a_transaction_is_noted_under_Transact_and_has_no_key()
    {
        await using var keyspace = Make();
        var begun = time.GetUtcNow();

        keyspace.Transact(_ => time.Advance(Threshold));
        await keyspace.TransactAsync(_ =>
        {
            time.Advance(Threshold * 2);
            return ValueTask.CompletedTask;
        });

        Assert.Equal(
            [("Transact", null, Threshold * 2), ("Transact", null, Threshold)],
            keyspace.Diagnostics.SlowLog.Select(entry => (entry.Command, entry.Key, entry.Duration)));
        Assert.Equal([begun + Threshold, begun], keyspace.Diagnostics.SlowLog.Select(entry => entry.StartedAt));
    }

    [Fact]
    public async Task What_throws_in_the_end_is_noted_all_the_same()
    {
        await using var keyspace = Make();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await keyspace.Measured("Count", "board", () =>
        {
            time.Advance(Threshold);
            throw new InvalidOperationException();
        }));
        Assert.Throws<InvalidOperationException>(() => keyspace.Transact(_ =>
        {
            time.Advance(Threshold);
            throw new InvalidOperationException();
        }));

        Assert.Equal(["Transact", "Count"], keyspace.Diagnostics.SlowLog.Select(entry => entry.Command));
    }

    [Fact]
    public async Task The_log_keeps_the_newest_entries_newest_first_and_counts_them_all()
    {
        await using var keyspace = Make(options => options.SlowLogCapacity = 3);

        for (var i = 1; i <= 5; i++) await keyspace.Measured("Count", i, () => time.Advance(Threshold));

        Assert.Equal([(5L, 5), (4L, 4), (3L, (KvKey)3)], keyspace.Diagnostics.SlowLog.Select(entry => (entry.Number, entry.Key!.Value)));
        Assert.Equal(5, keyspace.Diagnostics.GetStatistics().SlowCommands);
    }

    [Fact]
    public async Task A_threshold_of_zero_notes_every_measured_command_and_an_infinite_one_none()
    {
        await using var all = Make(options => options.SlowLogThreshold = TimeSpan.Zero);
        await using var none = Make(options => options.SlowLogThreshold = Timeout.InfiniteTimeSpan);

        await all.Measured("Count", "board", () => { });
        await none.Measured("Count", "board", () => time.Advance(TimeSpan.FromHours(1)));

        Assert.Single(all.Diagnostics.SlowLog);
        Assert.Empty(none.Diagnostics.SlowLog);
    }

    [Fact]
    public async Task A_light_command_is_never_noted()
    {
        await using var keyspace = Make(options => options.SlowLogThreshold = TimeSpan.Zero);

        await keyspace.Light("k", (_, _) => time.Advance(TimeSpan.FromHours(1)));

        Assert.Empty(keyspace.Diagnostics.SlowLog);
        Assert.Null(keyspace.Diagnostics.GetStatistics().Slowest);
    }

    [Fact]
    public async Task The_slowest_command_is_known_even_if_it_was_not_slow()
    {
        await using var keyspace = Make();

        await keyspace.Measured("First", "a", () => time.Advance(TimeSpan.FromMilliseconds(1)));
        await keyspace.Measured("Second", "b", () => time.Advance(TimeSpan.FromMilliseconds(3)));
        await keyspace.Measured("Third", "c", () => time.Advance(TimeSpan.FromMilliseconds(2)));

        var slowest = keyspace.Diagnostics.GetStatistics().Slowest!;
        Assert.Equal(("Second", "b", TimeSpan.FromMilliseconds(3)), (slowest.Command, slowest.Key, slowest.Duration));
        Assert.Empty(keyspace.Diagnostics.SlowLog);
    }

    [Fact]
    public async Task The_log_can_be_read_while_a_body_holds_the_loop()
    {
        await using var keyspace = Make();
        await keyspace.Measured("Count", "board", () => time.Advance(Threshold));
        using var held = new HeldLoop(keyspace);

        Assert.Single(keyspace.Diagnostics.SlowLog);
        Assert.Equal(1, keyspace.Diagnostics.GetStatistics().SlowCommands);
    }

    private Keyspace Make(Action<KeyspaceOptions>? configure = null)
    {
        var options = new KeyspaceOptions { TimeProvider = time, SlowLogThreshold = Threshold };
        configure?.Invoke(options);
        return new Keyspace(options);
    }
}
