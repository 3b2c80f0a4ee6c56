using KvEmbedded.Engine;
using KvEmbedded.Tests.Simulation;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>Commands that wait until a commit touches one of their keys.</summary>
public sealed class BlockingTests
{
    [Fact]
    public async Task The_longest_waiting_time_is_a_waiting_time()
    {
        using var world = new EngineWorld();

        var pop = world.Door.PopAsync("basket", TimeSpan.MaxValue).AsTask();
        world.Time.Advance(TimeSpan.FromDays(365));
        Assert.False(pop.IsCompleted);

        await world.Door.PushAsync("basket", 1);
        Assert.Equal(new Taken("basket", 1), await pop);
    }

    [Fact]
    public async Task Parking_leaves_the_next_turn_its_own_look_at_the_clock()
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        var pop = world.Door.PopAsync("basket", TimeSpan.FromSeconds(10)).AsTask();
        time.Advance(TimeSpan.FromSeconds(5));

        await world.Keyspace.Strings.SetAsync("k", "v", TimeSpan.FromSeconds(2));

        Assert.Equal("v", (await world.Keyspace.Strings.GetAsync("k"))?.ToString());
        Assert.False(pop.IsCompleted);
    }

    [Fact]
    public async Task A_waiting_time_that_no_timer_can_be_had_for_fails_and_leaves_nobody_parked()
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        time.OnRead = static () => throw new InvalidOperationException("The clock is broken.");

        var pop = world.Door.PopAsync("basket", TimeSpan.FromSeconds(10)).AsTask();
        time.OnRead = null;

        await Assert.ThrowsAsync<InvalidOperationException>(() => pop);
        Assert.Equal(0, world.Waiting);
        Assert.Equal(1, await world.Door.PushAsync("basket", 1));
    }

    [Fact]
    public async Task Naming_a_key_twice_is_waiting_for_it_once()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        var pop = world.Door.PopAsync(["a", "b", "a", "a"], ForEver).AsTask();
        var next = world.Door.PopAsync("a", ForEver).AsTask();

        await world.Door.PushAsync("a", 1, 2, 3);
        scheduler.RunAll();

        Assert.Equal(new Taken("a", 1), await pop);
        Assert.Equal(new Taken("a", 2), await next);
        Assert.Equal([3], await world.Door.ItemsAsync("a"));
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task An_error_in_serving_is_the_waiters_and_not_the_pushers()
    {
        using var world = new EngineWorld();
        await world.Keyspace.Strings.SetAsync("to", "text");
        var move = world.Door.MoveAsync("from", "to", ForEver).AsTask();
        var pop = world.Door.PopAsync("from", ForEver).AsTask();

        Assert.Equal(1, await world.Door.PushAsync("from", 7));

        await Assert.ThrowsAsync<WrongTypeException>(() => move);
        Assert.Equal(new Taken("from", 7), await pop);
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task A_waiter_stays_when_another_type_comes_to_stand_at_its_key()
    {
        using var world = new EngineWorld();
        var pop = world.Door.PopAsync("k", ForEver).AsTask();

        await world.Keyspace.Strings.SetAsync("k", "text");
        Assert.False(pop.IsCompleted);
        await world.Door.RemoveAsync("k");
        await world.Door.PushAsync("k", 1);

        Assert.Equal(new Taken("k", 1), await pop);
    }

    [Fact]
    public async Task A_key_of_another_type_does_not_keep_a_waiter_from_its_other_keys()
    {
        using var world = new EngineWorld();
        var pop = world.Keyspace.Lists.PopAsync(["a", "b"], waitingTime: ForEver).AsTask();
        var move = world.Keyspace.List("c").MoveAsync("to", waitingTime: ForEver).AsTask();
        var lowest = world.Keyspace.SortedSets.PopAsync(["a", "z"], waitingTime: ForEver).AsTask();
        var late = world.Keyspace.Lists.PopAsync(["a", "b"], waitingTime: ForEver).AsTask();

        await world.Keyspace.Strings.SetAsync("a", "text");
        await world.Keyspace.Strings.SetAsync("c", "text");
        await world.Keyspace.List("b").PushAsync("x");
        await world.Keyspace.SortedSet("z").AddAsync("y", 1);

        Assert.Equal("b", (await pop)!.Key);
        Assert.Equal("z", (await lowest)!.Key);
        Assert.Equal(2, world.Waiting);
        Assert.False(move.IsCompleted || late.IsCompleted);
        await world.Keyspace.Keys.DeleteAsync(["a", "c"]);
        await world.Keyspace.List("c").PushAsync("x");
        await world.Keyspace.List("a").PushAsync("x");
        Assert.Equal("x", await move);
        Assert.Equal("a", (await late)!.Key);
    }

    [Fact]
    public async Task A_first_try_refuses_a_key_of_another_type()
    {
        using var world = new EngineWorld();
        await world.Keyspace.Strings.SetAsync("a", "text");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await world.Keyspace.Lists.PopAsync(["a", "b"], waitingTime: ForEver));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await world.Keyspace.SortedSets.PopAsync(["a", "b"], waitingTime: ForEver));
    }

    [Fact]
    public async Task A_server_of_two_keys_leaves_the_gate_open_for_readers()
    {
        using var world = new EngineWorld();
        var move = world.Door.MoveAsync("from", "to", ForEver).AsTask();

        await world.Door.PushAsync("from", 1);

        Assert.Equal((byte)1, await move);
        Assert.False(ReadGate.IsClosed(world.Keyspace.Store.Gate.Enter()));
    }

    [Fact]
    public async Task Waiters_are_served_in_the_order_they_came_inline_or_through_the_inbox()
    {
        using var world = new EngineWorld();
        var pops = new List<Task<Taken?>> { world.Door.PopAsync("a", ForEver).AsTask() };
        using (world.Hold())
        {
            for (var i = 0; i < 3; i++) pops.Add(world.Door.PopAsync("a", TimeSpan.FromSeconds(i + 1)).AsTask());
        }

        pops.Add(world.Door.PopAsync(["b", "a"], ForEver).AsTask());
        await world.Door.PushAsync("a", 0, 1, 2);
        await world.Door.PushAsync("a", 3);
        await world.Door.PushAsync("a", 4, 5);

        Assert.Equal([0, 1, 2, 3, 4], (await Task.WhenAll(pops)).Select(static taken => taken!.Value.Item));
        Assert.Equal([5], await world.Door.ItemsAsync("a"));
    }

    [Fact]
    public async Task Several_keys_are_tried_in_the_order_given()
    {
        using var world = new EngineWorld();
        await world.Door.PushAsync("b", 1);
        await world.Door.PushAsync("c", 2);
        Assert.Equal(new Taken("b", 1), await world.Door.PopAsync(["a", "b", "c"], ForEver));
        Assert.Equal(new Taken("c", 2), await world.Door.PopAsync(["a", "b", "c"], ForEver));

        // One commit brings items to all of them.
        var pop = world.Door.PopAsync(["a", "b", "c"], ForEver).AsTask();
        await world.Keyspace.TransactAsync(async transaction =>
        {
            foreach (var key in (string[])["c", "b", "a"]) await DoorOf(transaction).PushAsync(key, 3);
        });
        Assert.Equal(new Taken("a", 3), await pop);
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task A_commit_of_a_transaction_serves_once_it_is_over_and_only_what_it_left()
    {
        using var world = new EngineWorld();
        var pop = world.Door.PopAsync("a", ForEver).AsTask();
        await world.Keyspace.TransactAsync(async transaction =>
        {
            var door = DoorOf(transaction);
            await door.PushAsync("a", 1, 2);
            Assert.False(pop.IsCompleted);
            Assert.Equal(new Taken("a", 1), await door.PopAsync("a"));
        });
        Assert.Equal(new Taken("a", 2), await pop);

        var next = world.Door.PopAsync("a", ForEver).AsTask();
        await world.FailAsync(async door => await door.PushAsync("a", 3));
        Assert.False(next.IsCompleted);
        await world.Door.PushAsync("a", 4);
        Assert.Equal(new Taken("a", 4), await next);
    }

    [Fact]
    public async Task Serving_one_waiter_may_serve_the_next()
    {
        using var world = new EngineWorld();
        var second = world.Door.MoveAsync("b", "c", ForEver).AsTask();
        var last = world.Door.PopAsync("c", ForEver).AsTask();
        var first = world.Door.MoveAsync("a", "b", ForEver).AsTask();

        await world.Door.PushAsync("a", 9);

        Assert.Equal(((byte)9, (byte)9), (await first, await second));
        Assert.Equal(new Taken("c", 9), await last);
        Assert.Equal((0, 0), (world.Waiting, world.Turn.Table.Count));
    }

    [Fact]
    public async Task A_waiting_time_ends_at_its_moment_and_not_before()
    {
        using var world = new EngineWorld();
        var pop = world.Door.PopAsync("a", TimeSpan.FromSeconds(10)).AsTask();
        world.Time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Assert.False(pop.IsCompleted);

        world.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await pop);
        await world.Door.PushAsync("a", 1);
        Assert.Equal([1], await world.Door.ItemsAsync("a"));
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public void Waiting_times_end_in_the_order_of_their_moments()
    {
        var scheduler = new HoldingScheduler();
        using var world = new EngineWorld(scheduler: scheduler);
        var ended = new List<int>();
        foreach (var i in (int[])[7, 3, 9, 1, 5])
        {
            var pop = world.Door.PopAsync("a", TimeSpan.FromSeconds(i)).ConfigureAwait(false).GetAwaiter();
            pop.UnsafeOnCompleted(() => ended.Add(i));
        }

        world.Time.Advance(TimeSpan.FromSeconds(6));
        scheduler.RunAll();
        Assert.Equal([1, 3, 5], ended);
        world.Time.Advance(TimeSpan.FromSeconds(6));
        scheduler.RunAll();
        Assert.Equal([1, 3, 5, 7, 9], ended);
    }

    [Fact]
    public async Task No_waiting_time_is_not_waiting_and_for_ever_is_for_ever()
    {
        using var world = new EngineWorld();
        Assert.Null(world.Door.PopAsync("a", TimeSpan.Zero).Answer());
        Task<Taken?> queued, endless;
        using (world.Hold())
        {
            queued = world.Door.PopAsync("a", TimeSpan.Zero).AsTask();
            endless = world.Door.PopAsync("a", ForEver).AsTask();
        }

        Assert.Null(await queued);
        world.Time.Advance(TimeSpan.FromDays(36_500));
        Assert.False(endless.IsCompleted);
        Assert.Equal(1, world.Waiting);
        await world.Door.PushAsync("a", 1);
        Assert.NotNull(await endless);
    }

    [Fact]
    public async Task One_waiter_more_than_may_be_parked_is_refused_and_an_inbox_full_of_commands_too()
    {
        using var world = new EngineWorld(options => (options.WaitersMax, options.InboxCapacity) = (2, 1));
        _ = world.Door.PopAsync("a", ForEver).AsTask();
        var second = world.Door.PopAsync("b", ForEver).AsTask();

        var inline = await Assert.ThrowsAsync<KeyspaceOverloadedException>(() => world.Door.PopAsync("c", ForEver).AsTask());
        Task<Taken?> queued;
        using (world.Hold())
        {
            queued = world.Door.PopAsync("c", ForEver).AsTask();
            await Assert.ThrowsAsync<KeyspaceOverloadedException>(() => world.Door.PopAsync("c", ForEver).AsTask());
        }

        await Assert.ThrowsAsync<KeyspaceOverloadedException>(() => queued);
        Assert.Equal(
            "2 callers are parked in blocking operations, which is the limit. " +
            "Await commands before sending more, or raise KeyspaceOptions.WaitersMax.",
            inline.Message);
        Assert.Equal(2, inline.Limit);

        await world.Door.PushAsync("b", 1);
        Assert.NotNull(await second);
        _ = world.Door.PopAsync("c", ForEver).AsTask();
        Assert.Equal(2, world.Waiting);
    }

    [Fact]
    public async Task A_key_that_expires_while_it_is_being_served_serves_nobody()
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        var pop = world.Door.PopAsync("b", ForEver).AsTask();
        await world.Door.PushAsync("a", 1);
        await world.Door.ExpireAsync("a", TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await world.Door.PopAsync(["a"], TimeSpan.Zero));
        Assert.False(pop.IsCompleted);
        Assert.Equal(0, world.Turn.Table.Count);
    }

    [Fact]
    public async Task Who_was_served_waits_no_longer_when_its_caller_goes_on()
    {
        var scheduler = new LookingScheduler();
        using var world = new EngineWorld(scheduler: scheduler);
        scheduler.Look = () => world.Waiting;
        var pop = world.Door.PopAsync(["a", "b"], TimeSpan.FromSeconds(1)).AsTask();

        await world.Door.PushAsync("b", 1);

        Assert.Equal(new Taken("b", 1), await pop);
        Assert.Equal(0, scheduler.Seen);
    }

    /// <summary>Looks at something in the moment when a continuation is scheduled.</summary>
    private sealed class LookingScheduler : CommandScheduler
    {
        public Func<int>? Look { get; set; }

        public int? Seen { get; private set; }

        public override void Schedule(IThreadPoolWorkItem item)
        {
            Seen ??= Look?.Invoke();
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }
    }
}
