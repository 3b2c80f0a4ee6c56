using KvEmbedded.Engine;
using KvEmbedded.Tests.Simulation;

namespace KvEmbedded.Tests.Engine;

/// <summary>Times to live, as the engine keeps them.</summary>
public sealed class ExpiryTests
{
    [Fact]
    public async Task A_key_that_has_expired_but_is_not_yet_removed_can_be_set()
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        await world.Keyspace.Strings.SetAsync("k", "old", TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(2));

        await world.Keyspace.Strings.SetAsync("k", "new");

        Assert.Equal("new", (await world.Keyspace.Strings.GetAsync("k")).ToString());
        world.Turn.Table.CheckInvariants();
    }

    [Fact]
    public async Task A_record_that_lost_its_time_to_live_and_got_a_new_one_in_place_expires()
    {
        using var world = new EngineWorld();
        await world.Keyspace.Strings.SetAsync("k", "v", TimeSpan.FromSeconds(1));
        await world.Keyspace.Strings.SetAsync("k", "v");
        await world.Keyspace.Strings.SetAsync("k", "v", TimeSpan.FromSeconds(1));

        world.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(0, world.Turn.Table.Count);
        Assert.Equal(1, world.Turn.ExpiredKeys);
    }

    [Fact]
    public async Task The_longest_time_to_live_is_a_time_to_live()
    {
        using var world = new EngineWorld();

        await world.Keyspace.Strings.SetAsync("k", "v", TimeSpan.MaxValue);
        world.Time.Advance(TimeSpan.FromDays(365));

        Assert.Equal("v", (await world.Keyspace.Strings.GetAsync("k")).ToString());
    }

    [Fact]
    public async Task A_clock_that_throws_while_timers_advance_does_not_stop_the_loop()
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        await world.Keyspace.Strings.SetAsync("k", "v", TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(2));
        time.OnRead = static () => throw new InvalidOperationException("The clock is broken.");
        Assert.Throws<InvalidOperationException>(time.Fire);
        time.OnRead = null;

        Assert.Equal(1, await world.Door.PushAsync("a", 1));
        time.Fire();
        Assert.Equal(1, world.Turn.Table.Count);
    }

    [Fact]
    public async Task Timers_of_one_moment_are_told_in_the_order_of_arming_and_keys_before_waiters()
    {
        using var world = new EngineWorld();
        var moment = TimeSpan.FromSeconds(1);
        var waiter = new LateWaiter(() => world.Turn.ExpiredKeys);
        using (world.Hold())
        {
            world.Turn.ArmTimer(waiter, moment);
            world.Turn.EndUnasked();
        }

        var keys = Enumerable.Range(0, 150).Select(i => $"key {i}").ToArray();
        foreach (var key in keys) await world.Keyspace.Strings.SetAsync(key, "v", moment);
        using var events = world.Keyspace.SubscribeToEvents();

        world.Time.Advance(moment);

        world.Keyspace.Dispose();
        var told = new List<KeyEvent>();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            await foreach (var change in events) told.Add(change);
        });
        Assert.Equal(keys, told.Select(change => change.Key.ToString()));
        Assert.All(told, change => Assert.Equal(KeyEventKind.Expired, change.Kind));
        Assert.Equal(keys.Length, waiter.Seen);
    }

    /// <summary>Notes what it sees when its time is over.</summary>
    private sealed class LateWaiter(Func<long> look) : IWaiter
    {
        public WaiterPlace[] Places { get; set; } = [];

        public long? Seen { get; private set; }

        public bool TryServe(Turn turn) => false;

        public void TimeOut() => Seen = look();

        public void Fail(Exception reason)
        {
        }
    }

    [Fact]
    public async Task A_key_is_there_up_to_its_moment_and_gone_from_it_on_for_everyone_though_no_timer_comes()
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        await world.Keyspace.Strings.SetAsync("s", "v", TimeSpan.FromSeconds(1));
        await world.Door.PushAsync("a", 1);
        await world.Door.ExpireAsync("a", TimeSpan.FromSeconds(1));

        time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.NotNull(await world.Keyspace.Strings.GetAsync("s"));
        Assert.Single(await world.Door.ItemsAsync("a"));

        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await world.Keyspace.Strings.GetAsync("s"));
        Assert.Null(await world.Keyspace.Transact(static transaction => transaction.Strings.GetAsync("s")));
        Assert.Null(await world.Door.PopAsync("a"));
        Assert.Empty(await world.Door.ItemsAsync("a"));
        Assert.False(await world.Door.RemoveAsync("s"));
        Assert.Equal(1, await world.Door.PushAsync("a", 2));
    }

    [Fact]
    public void Expired_keys_go_a_bounded_number_in_a_turn_and_others_have_their_turns_in_between()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(
            options => (options.ExpiredKeysPerTurnMax, options.CommandsPerHoldMax) = (10, 1), scheduler);
        for (var i = 0; i < 100; i++) world.Keyspace.Strings.SetAsync(i, "v", TimeSpan.FromSeconds(1)).Answer();

        world.Time.Advance(TimeSpan.FromSeconds(2));

        for (var left = 90; left > 0; left -= 10)
        {
            Assert.Equal(left, world.Turn.Table.Count);
            var asked = world.Door.ItemsAsync("other");
            scheduler.RunOne();
            if (!asked.IsCompleted) scheduler.RunOne();
            Assert.Empty(asked.Answer());
        }

        scheduler.RunAll();
        Assert.Equal((0, 100), (world.Turn.Table.Count, world.Turn.ExpiredKeys));
    }

    [Fact]
    public void A_million_keys_that_expire_at_once_are_all_gone_and_never_seen()
    {
        const int Count = 1_000_000;
        var pool = new HoldingScheduler();
        using var world = new EngineWorld(scheduler: pool);
        var empty = world.Turn.MemoryBytes;
        for (var i = 0; i < Count; i++) world.Keyspace.Strings.SetAsync(i, i, TimeSpan.FromSeconds(10)).Answer();
        Assert.Equal(Count, world.Turn.TimerCount);

        world.Time.Advance(TimeSpan.FromSeconds(10));

        // The loop is handed over: most are still there, and nobody sees them.
        Assert.InRange(world.Turn.Table.Count, Count - (128 * 200), Count);
        for (var i = 0; i < Count; i += 997) Assert.Null(world.Keyspace.Synchronous.Strings.GetAsync(i).Answer());
        pool.RunAll();
        Assert.Equal((0, 0), (world.Turn.Table.Count, world.Turn.TimerCount));
        Assert.Equal(Count, world.Turn.ExpiredKeys);
        Assert.Equal(empty, world.Turn.MemoryBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Moving_the_wall_clock_an_hour_moves_no_time_to_live_and_no_waiting_time(int hours)
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        await world.Keyspace.Strings.SetAsync("in", "v", TimeSpan.FromMinutes(10));
        await world.Keyspace.Strings.SetAsync("at", "v", time.GetUtcNow() + TimeSpan.FromMinutes(10));
        var pop = world.Door.PopAsync("a", TimeSpan.FromMinutes(10)).AsTask();

        time.MoveWall(TimeSpan.FromHours(hours));
        time.Fire();
        time.Advance(TimeSpan.FromMinutes(9));
        time.Fire();
        Assert.NotNull(await world.Keyspace.Strings.GetAsync("in"));
        Assert.NotNull(await world.Keyspace.Strings.GetAsync("at"));
        Assert.False(pop.IsCompleted);

        time.Advance(TimeSpan.FromMinutes(1));
        time.Fire();
        Assert.Null(await world.Keyspace.Strings.GetAsync("in"));
        Assert.Null(await world.Keyspace.Strings.GetAsync("at"));
        Assert.Null(await pop);
        Assert.Equal(0, world.Turn.Table.Count);
    }

    [Fact]
    public async Task The_system_timer_is_set_for_the_earliest_and_set_again_after()
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => (options.TimeProvider, options.StallThreshold) = (time, Timeout.InfiniteTimeSpan));
        Assert.Null(time.NextFiring);
        await world.Keyspace.Strings.SetAsync("late", "v", TimeSpan.FromSeconds(1));
        await world.Keyspace.Strings.SetAsync("soon", "v", TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimeSpan.FromMilliseconds(100), time.NextFiring);

        time.Advance(TimeSpan.FromMilliseconds(100));
        time.Fire();
        Assert.Equal(1, world.Turn.Table.Count);
        Assert.InRange(time.NextFiring!.Value, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(900));
    }
}
