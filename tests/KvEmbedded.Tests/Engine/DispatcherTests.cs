using KvEmbedded.Engine;
using KvEmbedded.Tests.Simulation;

namespace KvEmbedded.Tests.Engine;

/// <summary>One loop, run by whoever finds it idle: inline, in order, handed over and never let go in between.</summary>
public sealed class DispatcherTests
{
    [Fact]
    public void An_idle_loop_runs_a_command_inline_and_allocates_nothing()
    {
        using var world = new EngineWorld();
        var key = world.Door.Encode("k");
        var bytes = AllocatedBy(() => Assert.False(Ask(world.Door, key).Result));
        var waiting = AllocatedBy(() => Assert.False(Ask(world.SynchronousDoor, key).Result));

        Assert.Equal((0, 0), (bytes, waiting));
    }

    [Fact]
    public void A_command_that_waits_in_the_inbox_allocates_nothing_once_the_pool_is_warm()
    {
        using var world = new EngineWorld();
        var key = world.Door.Encode("k");
        var bytes = AllocatedBy(() =>
        {
            Assert.True(world.Dispatcher.TryTakeInline());
            var first = Ask(world.Door, key);
            var second = Ask(world.Door, key);
            Assert.False(first.IsCompleted);
            world.Dispatcher.Release();
            Assert.False(first.Result | second.Result);
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void A_command_on_an_idle_loop_has_ended_when_the_call_returns_with_its_result_or_its_error()
    {
        using var world = new EngineWorld();
        Assert.Equal(1, world.Door.PushAsync("a", 1).Answer());

        var refused = world.Keyspace.String("a").GetAsync();
        Assert.True(refused.IsFaulted);
        Assert.Throws<WrongTypeException>(() => refused.Answer());
        Assert.Equal(2, world.Door.PushAsync("a", 2).Answer());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(128)]
    public void Commands_of_one_flow_keep_their_order_awaited_or_not(int budget)
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = budget, scheduler);
        byte item = 0;
        for (var round = 0; round < 20; round++)
        {
            // Some find the loop busy, some handed over, some idle.
            using (world.Hold())
            {
                for (var i = 0; i < 5; i++) _ = world.Door.PushAsync("a", item++).AsTask();
            }

            for (var i = 0; i < 3; i++) _ = world.Door.PushAsync("a", item++).AsTask();
            scheduler.RunOne();
            _ = world.Door.PushAsync("a", item++).AsTask();
            scheduler.RunAll();
            Assert.Equal(item + 1, world.Door.PushAsync("a", item++).Answer());
        }

        Assert.Equal(Enumerable.Range(0, item).Select(static i => (byte)i), world.Door.ItemsAsync("a").Answer());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(128)]
    public void A_holder_runs_its_budget_for_others_then_hands_the_loop_on_without_letting_go(int budget)
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = budget, scheduler);
        var count = 3 * budget;
        ValueTask<int>[] commands;
        using (world.Hold())
            commands = Enumerable.Range(0, count).Select(_ => world.Door.PushAsync("a", 1)).ToArray();

        for (var ended = budget; ended < count; ended += budget)
        {
            Assert.Equal(ended, commands.Count(static command => command.IsCompleted));
            Assert.Equal(count - ended, world.Dispatcher.WaitingCallers);
            Assert.False(world.Dispatcher.TryTakeInline(), "The loop was let go while commands wait.");
            Assert.Equal(1, scheduler.Count);
            scheduler.RunOne();
        }

        Assert.Equal(Enumerable.Range(1, count), commands.Select(static command => command.Answer()));
        Assert.Equal(0, scheduler.Count);
        Assert.True(world.Dispatcher.TryTakeInline());
        world.Dispatcher.Release();
    }

    [Fact]
    public void Whoever_comes_while_the_loop_is_handed_over_stands_behind_those_who_wait()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = 1, scheduler);
        using (world.Hold())
        {
            _ = world.Door.PushAsync("a", 1).AsTask();
            _ = world.Door.PushAsync("a", 2).AsTask();
        }

        var late = world.Door.PushAsync("a", 3);
        Assert.False(late.IsCompleted);
        scheduler.RunAll();

        Assert.Equal(3, late.Answer());
        Assert.Equal([1, 2, 3], world.Door.ItemsAsync("a").Answer());
    }

    [Fact]
    public async Task One_command_more_than_the_inbox_holds_is_refused()
    {
        using var world = new EngineWorld(options => options.InboxCapacity = 2);
        Task<int> first, second;
        using (world.Hold())
        {
            first = world.Door.PushAsync("a", 1).AsTask();
            second = world.Door.PushAsync("a", 2).AsTask();

            var error = await Assert.ThrowsAsync<KeyspaceOverloadedException>(() => world.Door.PushAsync("a", 3).AsTask());
            Assert.Equal(2, error.Limit);
            Assert.Equal(
                "2 commands wait for the loop, which is the limit. " +
                "Await commands before sending more, or raise KeyspaceOptions.InboxCapacity.",
                error.Message);
        }

        Assert.Equal((1, 2), (await first, await second));
        Assert.Equal([1, 2], await world.Door.ItemsAsync("a"));
        Assert.Equal(0, world.Dispatcher.WaitingCallers);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 128)]
    [InlineData(64, 2)]
    [InlineData(64, 128)]
    public void Flows_on_real_threads_lose_nothing_and_nobody_starves(int flows, int budget)
    {
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = budget);
        var wanted = 20_000 / flows;
        var served = new int[flows];
        var behind = flows;

        // A flow goes on until each of them has been served: that ends only if nobody starves.
        var tasks = Enumerable.Range(0, flows).Select(flow => Task.Run(async () =>
        {
            while (Volatile.Read(ref behind) > 0)
            {
                var before = served[flow];
                var answer = await world.Door.RunAsync(
                    new EncodedKey("count"u8.ToArray()), (served, flow),
                    static (_, _, a) => ++a.served[a.flow], CancellationToken.None);
                Assert.Equal(before + 1, answer);
                if (answer == wanted) Interlocked.Decrement(ref behind);
            }
        })).ToArray();
        Task.WaitAll(tasks, TestContext.Current.CancellationToken);

        Assert.All(served, count => Assert.True(count >= wanted));
        Assert.Equal(0, world.Dispatcher.WaitingCallers);
        Assert.True(world.Dispatcher.TryTakeInline());
        world.Dispatcher.Release();
    }

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public async Task Flows_that_do_not_await_keep_each_its_own_order(int flows)
    {
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = 3);
        await Task.WhenAll(Enumerable.Range(0, flows).Select(flow => Task.Run(async () =>
        {
            var sent = Enumerable.Range(0, 250).Select(i => world.Door.PushAsync($"flow {flow}", (byte)i).AsTask()).ToArray();
            Assert.Equal(Enumerable.Range(1, 250), await Task.WhenAll(sent));
        })));

        for (var flow = 0; flow < flows; flow++)
        {
            var items = await world.Door.ItemsAsync($"flow {flow}");
            Assert.Equal(Enumerable.Range(0, 250).Select(static i => (byte)i), items);
        }
    }

    private static ValueTask<bool> Ask(Door door, EncodedKey key) =>
        door.RunAsync(key, 0, static (turn, key, _) => turn.Exists(key), CancellationToken.None);

    private static long AllocatedBy(Action action)
    {
        for (var i = 0; i < 300; i++) action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 300; i++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void A_command_that_comes_at_the_moment_of_letting_go_is_not_left_behind()
    {
        // Nobody else comes who would find it: a wake-up that is lost here is lost for ever.
        const int Rounds = 5_000;
        using var world = new EngineWorld(scheduler: new HoldingScheduler());
        var (begun, ended) = (0, 0);
        Threads.Run(2, thread =>
        {
            var random = new Random(thread);
            for (var round = 1; round <= Rounds; round++)
            {
                if (thread == 0)
                {
                    var holds = world.Dispatcher.TryTakeInline();
                    Assert.True(holds);
                    var own = round % 2 == 0 ? world.Door.PushAsync("a", 1) : default;
                    Volatile.Write(ref begun, round);
                    Thread.SpinWait(random.Next(20));
                    world.Dispatcher.Release();
                    Threads.SpinUntil(() => Volatile.Read(ref ended) == round && own.IsCompleted);
                    own.Answer();
                }
                else
                {
                    Threads.SpinUntil(() => Volatile.Read(ref begun) == round);
                    Thread.SpinWait(random.Next(40));
                    var task = world.Door.PopAsync("a");
                    Threads.SpinUntil(() => task.IsCompleted);
                    task.Answer();

                    // The other thread may still be on its way out of the loop.
                    Threads.SpinUntil(world.Dispatcher.TryTakeInline);
                    world.Dispatcher.Release();
                    Volatile.Write(ref ended, round);
                }
            }
        });
    }
}
