using KvEmbedded.Engine;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>A transaction whose body fails has changed nothing: content, times to live, accounting, order of the scan.</summary>
public sealed class TransactionUndoTests
{
    [Fact]
    public async Task A_flush_is_taken_back_with_its_accounting_and_its_timers()
    {
        using var world = new EngineWorld();
        await world.Door.PushAsync("a", 1, 2, 3);
        await world.Door.ExpireAsync("a", TimeSpan.FromHours(1));
        await world.Keyspace.Strings.SetAsync("s", "text", TimeSpan.FromHours(2));
        var before = world.Turn.MemoryBytes;

        await world.FailAsync(async door =>
        {
            await door.PushAsync("a", 4);
            await door.ExpireAsync("a", TimeSpan.FromHours(3));
            await door.FlushAsync();
            await door.PushAsync("a", 5);
            await door.ExpireAsync("a", TimeSpan.FromHours(4));
        });

        Assert.Equal([1, 2, 3], await world.Door.ItemsAsync("a"));
        Assert.Equal(before, world.Turn.MemoryBytes);
        world.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(1, world.Turn.Table.Count);
        world.Time.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(0, world.Turn.Table.Count);
        Assert.Equal(2, world.Turn.ExpiredKeys);
        Assert.Equal(new EngineWorld().Turn.MemoryBytes, world.Turn.MemoryBytes);
    }

    [Fact]
    public async Task A_key_found_expired_inside_is_counted_once()
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        await world.Keyspace.Strings.SetAsync("k", "v", TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(2));

        await world.FailAsync(async door => await door.ItemsAsync("k"));
        Assert.Equal(0, world.Turn.ExpiredKeys);
        Assert.Null(await world.Keyspace.Strings.GetAsync("k"));
        time.Fire();

        Assert.Equal(0, world.Turn.Table.Count);
        Assert.Equal(1, world.Turn.ExpiredKeys);
    }
}
