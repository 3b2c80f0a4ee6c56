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
}
