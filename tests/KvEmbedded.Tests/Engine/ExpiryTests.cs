using KvEmbedded.Engine;

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
}
