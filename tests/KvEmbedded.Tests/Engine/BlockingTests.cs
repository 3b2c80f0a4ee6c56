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
    public async Task A_server_of_two_keys_leaves_the_gate_open_for_readers()
    {
        using var world = new EngineWorld();
        var move = world.Door.MoveAsync("from", "to", ForEver).AsTask();

        await world.Door.PushAsync("from", 1);

        Assert.Equal((byte)1, await move);
        Assert.False(ReadGate.IsClosed(world.Keyspace.Store.Gate.Enter()));
    }
}
