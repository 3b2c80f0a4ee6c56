using KvEmbedded.Engine;
using KvEmbedded.Tests.Simulation;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>Callers that wait on their own thread need no pool thread to make progress.</summary>
public sealed class SynchronousLaneTests
{
    [Fact]
    public void A_thread_that_is_interrupted_while_it_waits_runs_its_transaction_and_is_interrupted_after()
    {
        using var world = new EngineWorld();
        var ran = false;
        var wasInterrupted = false;
        var hold = world.Hold();
        var thread = new Thread(() =>
        {
            world.Keyspace.Transact(_ => ran = true);
            try
            {
                using var never = new SemaphoreSlim(0);
                never.Wait(TimeSpan.FromMinutes(1));
            }
            catch (ThreadInterruptedException)
            {
                wasInterrupted = true;
            }
        });
        thread.Start();
        Threads.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        thread.Interrupt();
        hold.Dispose();
        thread.Join();

        Assert.True(ran);
        Assert.True(wasInterrupted);
        Assert.True(world.Door.PushAsync("a", 1).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_starved_pool_is_asked_once_however_often_the_loop_is_handed_over()
    {
        var pool = new HoldingScheduler();
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = 1, pool);
        Threads.Run(4, _ =>
        {
            for (var i = 0; i < 1_000; i++) world.SynchronousDoor.PushAsync("a", 1);
        });

        Assert.InRange(pool.Count, 0, 1);
        Assert.Equal(4_000, world.SynchronousDoor.ItemsAsync("a").Answer().Length);
        pool.RunAll();
        Assert.True(world.Door.PushAsync("a", 1).IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(128)]
    public void Synchronous_callers_need_no_pool(int budget)
    {
        var pool = new HoldingScheduler();
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = budget, pool);
        Threads.Run(6, thread =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                // What the caller does not wait for is run by those who do.
                if (i % 3 == 0) _ = world.Door.PushAsync($"flow {thread}", (byte)i).AsTask();
                else world.SynchronousDoor.PushAsync($"flow {thread}", (byte)i).Answer();
            }
        });

        for (var thread = 0; thread < 6; thread++)
        {
            var items = world.SynchronousDoor.ItemsAsync($"flow {thread}").Answer();
            Assert.Equal(Enumerable.Range(0, 1_000).Select(static i => (byte)i), items);
        }

        pool.RunAll();
        Assert.Equal(0, world.Dispatcher.WaitingCallers);
    }

    [Fact]
    public void Synchronous_callers_wait_for_each_others_pushes_without_a_pool()
    {
        var pool = new HoldingScheduler();
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = 1, pool);
        var popped = new int[2];
        Threads.Run(4, thread =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                if (thread < 2) world.SynchronousDoor.PushAsync("a", 1).Answer();
                else if (world.SynchronousDoor.PopAsync("a", ForEver).Answer() is not null) popped[thread - 2]++;
            }
        });

        Assert.Equal([2_000, 2_000], popped);
        Assert.Equal((0, 0), (world.Waiting, world.Turn.Table.Count));
    }

    [Fact]
    public void Several_wait_and_the_loop_is_handed_over_and_none_is_left_behind()
    {
        var pool = new HoldingScheduler();
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = 1, pool);
        for (var round = 0; round < 200; round++)
        {
            var hold = world.Hold();
            Threads.Run(5, thread =>
            {
                if (thread == 0)
                {
                    Threads.SpinUntil(() => world.Dispatcher.WaitingCallers == 4);
                    _ = world.Door.PushAsync("b", 1).AsTask();
                    hold.Dispose();
                }
                else
                {
                    world.SynchronousDoor.PushAsync("a", 1).Answer();
                }
            });
            world.SynchronousDoor.PopAsync("b").Answer();
        }

        Assert.Equal(800, world.SynchronousDoor.ItemsAsync("a").Answer().Length);
    }

    [Fact]
    public async Task Synchronous_and_asynchronous_callers_share_the_loop()
    {
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = 2);
        var flows = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++) await world.Door.PushAsync("a", 1);
        })).ToArray();
        Threads.Run(4, _ =>
        {
            for (var i = 0; i < 500; i++)
            {
                world.SynchronousDoor.PushAsync("a", 1).Answer();
                world.Keyspace.Transact(static transaction => DoorOf(transaction).PushAsync("a", 1).Answer());
            }
        });
        await Task.WhenAll(flows);

        Assert.Equal(10_000, (await world.Door.ItemsAsync("a")).Length);
    }

    [Fact]
    public void A_synchronous_body_runs_on_its_callers_thread_however_busy_the_loop_is()
    {
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = 1);
        Threads.Run(4, _ =>
        {
            for (var i = 0; i < 500; i++)
            {
                var here = Environment.CurrentManagedThreadId;
                Assert.Equal(here, world.Keyspace.Transact(static _ => Environment.CurrentManagedThreadId));
            }
        });
    }

    [Fact]
    public void A_synchronous_wait_ends_by_time_by_its_token_and_by_the_end_of_the_keyspace()
    {
        using var world = new EngineWorld();
        using var source = new CancellationTokenSource();
        Exception? cancelled = null, ended = null;
        var timedOut = false;
        Threads.Run(4, thread =>
        {
            switch (thread)
            {
                case 0:
                    timedOut = world.SynchronousDoor.PopAsync("a", TimeSpan.FromSeconds(1)).Answer() is null;
                    break;
                case 1:
                    cancelled = Record.Exception(() => world.SynchronousDoor.PopAsync("a", ForEver, source.Token).Answer());
                    break;
                case 2:
                    ended = Record.Exception(() => world.SynchronousDoor.PopAsync("a", ForEver).Answer());
                    break;
                default:
                    Threads.SpinUntil(() => world.Waiting == 3);
                    world.Time.Advance(TimeSpan.FromSeconds(1));
                    source.Cancel();
                    Threads.SpinUntil(() => world.Waiting == 1);
                    world.Keyspace.Dispose();
                    break;
            }
        });

        Assert.True(timedOut);
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(cancelled).CancellationToken);
        Assert.IsType<ObjectDisposedException>(ended);
    }
}
