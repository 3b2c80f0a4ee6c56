using KvEmbedded.Engine;
using KvEmbedded.Tests.Engine;

namespace KvEmbedded.Tests.Simulation;

/// <summary>Small programs in thousands of orders: no lost wake-up, no deadlock, nothing lost; and each can be had again.</summary>
public sealed class SimulationTests
{
    [Fact]
    public void The_same_seed_gives_the_same_trace()
    {
        var traces = new HashSet<string>();
        for (var seed = 0; seed < 200; seed++)
        {
            var trace = SimulatedKeyspace.Run(seed);
            Assert.Equal(trace, SimulatedKeyspace.Run(seed));
            traces.Add(string.Join('\n', trace));
        }

        Assert.True(traces.Count > 190, "Seeds make hardly any difference.");
    }

    [Fact]
    public void Small_programs_end_whatever_the_order()
    {
        for (var seed = 1_000; seed < 6_000; seed++)
        {
            try
            {
                SimulatedKeyspace.Run(seed);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}.", exception);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Small_programs_of_real_threads_end_and_lose_nothing(int budget)
    {
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = budget);
        const int Rounds = 2_000;
        var popped = 0;
        Threads.Run(4, thread =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                switch ((thread + i) % 4)
                {
                    case 0:
                        world.SynchronousDoor.PushAsync("a", 1).Answer();
                        break;
                    case 1:
                        world.Door.PushAsync("a", 1).AsTask().GetAwaiter().GetResult();
                        break;
                    case 2:
                        if (world.SynchronousDoor.PopAsync("a", EngineWorld.ForEver).Answer() is not null) Interlocked.Increment(ref popped);
                        break;
                    default:
                        if (world.Keyspace.Transact(static transaction => EngineWorld.DoorOf(transaction).PopAsync("a").Answer()) is not null)
                            Interlocked.Increment(ref popped);
                        break;
                }

                // Whoever waits for an item of its own flow's future would wait for ever: one is put back for each pop.
                if ((thread + i) % 4 == 1) world.Door.PushAsync("a", 1).AsTask().GetAwaiter().GetResult();
            }
        });

        Assert.Equal(Rounds * 3, popped + world.SynchronousDoor.ItemsAsync("a").Answer().Length);
        Assert.Equal((0, 0), (world.Waiting, world.Dispatcher.WaitingCallers));
        Assert.True(world.Dispatcher.TryTakeInline());
        world.Dispatcher.Release();
    }
}
