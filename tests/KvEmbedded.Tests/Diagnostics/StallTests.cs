using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Diagnostics;

public sealed class StallTests
{
    private static readonly TimeSpan Threshold = TimeSpan.FromMilliseconds(100);
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_body_that_does_not_end_is_reported_with_its_name_when_the_threshold_has_passed()
    {
        await using var keyspace = Make();
        var moment = time.GetUtcNow();
        using var held = new HeldLoop(keyspace);

        time.Advance(Threshold - TimeSpan.FromMilliseconds(1));
        Assert.Empty(keyspace.Diagnostics.Stalls);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([new LoopStall(1, "Transact", null, moment, Threshold)], keyspace.Diagnostics.Stalls);
        Assert.Equal(1, keyspace.Diagnostics.GetStatistics().Stalls);
    }

    [Fact]
    public async Task A_stall_is_reported_once_however_long_it_lasts()
    {
        await using var keyspace = Make();
        using var held = new HeldLoop(keyspace);

        for (var i = 0; i < 100; i++) time.Advance(Threshold);

        Assert.Single(keyspace.Diagnostics.Stalls);
    }

    [Fact]
    public async Task A_command_is_reported_with_its_name_and_key_while_it_runs()
    {
        await using var keyspace = Make();
        IReadOnlyList<LoopStall> seen = [];
        var begun = time.GetUtcNow();

        await keyspace.Measured("Union", "board", () =>
        {
            time.Advance(Threshold);
            seen = keyspace.Diagnostics.Stalls;
        });

        var stall = Assert.Single(seen);
        Assert.Equal(("Union", (KvKey)"board", Threshold), (stall.Command, stall.Key!.Value, stall.HeldFor));
        Assert.Equal(begun, stall.StartedAt);
    }

    [Fact]
    public async Task Each_stall_is_reported()
    {
        await using var keyspace = Make();

        for (var i = 1; i <= 3; i++) await keyspace.Measured("Union", i, () => time.Advance(Threshold));

        Assert.Equal([3L, 2L, 1L], keyspace.Diagnostics.Stalls.Select(stall => stall.Number));
        Assert.Equal([3, 2, (KvKey)1], keyspace.Diagnostics.Stalls.Select(stall => stall.Key!.Value));
    }

    [Fact]
    public async Task Commands_that_end_in_time_are_no_stall_however_many_there_are()
    {
        await using var keyspace = Make();

        for (var i = 0; i < 50; i++) await keyspace.Measured("Union", "board", () => time.Advance(TimeSpan.FromMilliseconds(30)));
        time.Advance(TimeSpan.FromHours(1));

        Assert.Empty(keyspace.Diagnostics.Stalls);
    }

    [Fact]
    public async Task A_command_that_begins_while_the_watch_is_running_has_the_whole_threshold()
    {
        await using var keyspace = Make();
        await keyspace.Measured("First", "a", () => { });
        time.Advance(TimeSpan.FromMilliseconds(60));

        await keyspace.Measured("Second", "b", () => time.Advance(TimeSpan.FromMilliseconds(99)));
        Assert.Empty(keyspace.Diagnostics.Stalls);

        await keyspace.Measured("Third", "c", () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(60));
            time.Advance(TimeSpan.FromMilliseconds(40));
        });
        Assert.Equal(["Third"], keyspace.Diagnostics.Stalls.Select(stall => stall.Command));
    }

    [Fact]
    public async Task An_infinite_threshold_turns_the_detection_off()
    {
        await using var keyspace = Make(Timeout.InfiniteTimeSpan);

        await keyspace.Measured("Union", "board", () => time.Advance(TimeSpan.FromHours(1)));

        Assert.Empty(keyspace.Diagnostics.Stalls);
    }

    [Fact]
    public async Task A_light_command_is_not_watched()
    {
        await using var keyspace = Make();

        await keyspace.Light("k", (_, _) => time.Advance(TimeSpan.FromHours(1)));

        Assert.Empty(keyspace.Diagnostics.Stalls);
    }

    [Fact]
    public async Task Nothing_is_reported_after_the_end()
    {
        var keyspace = Make();
        await keyspace.Measured("Union", "board", () => { });
        await keyspace.DisposeAsync();

        time.Advance(TimeSpan.FromHours(1));

        Assert.Empty(keyspace.Diagnostics.Stalls);
    }

    private Keyspace Make(TimeSpan? threshold = null) =>
        new(new KeyspaceOptions { TimeProvider = time, StallThreshold = threshold ?? Threshold });
}
