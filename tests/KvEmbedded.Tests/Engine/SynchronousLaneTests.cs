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
}
