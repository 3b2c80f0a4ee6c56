using FsCheck.Xunit;
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

    [Property(MaxTest = 1_000)]
    public void A_failed_transaction_has_changed_nothing_now_or_later(StoreStep[] before, StoreStep[] inside, StoreStep[] after, byte pause)
    {
        using var world = new EngineWorld();
        using var twin = new EngineWorld();
        Run(world, before);
        Run(twin, before);
        world.Time.Advance(TimeSpan.FromMilliseconds(pause * 10));
        twin.Time.Advance(TimeSpan.FromMilliseconds(pause * 10));
        var then = StoreSnapshot.Of(world);
        Assert.Equal(StoreSnapshot.Of(twin), then);

        world.FailAsync(async door =>
        {
            foreach (var step in inside) await step.RunAsync(new Transaction(door), door);
        }).GetAwaiter().GetResult();
        Assert.Equal(then, StoreSnapshot.Of(world));

        // What comes later is the same too: timers that were moved are where they were.
        Run(world, after);
        Run(twin, after);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(StoreSnapshot.Of(twin), StoreSnapshot.Of(world));
            world.Time.Advance(TimeSpan.FromSeconds(1));
            twin.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Property(MaxTest = 500)]
    public void A_transaction_that_commits_is_its_commands_one_by_one(StoreStep[] before, StoreStep[] inside)
    {
        using var world = new EngineWorld();
        using var twin = new EngineWorld();
        Run(world, before);
        Run(twin, before);

        world.Keyspace.TransactAsync(async transaction =>
        {
            foreach (var step in inside) await step.RunAsync(transaction, DoorOf(transaction));
        }).AsTask().GetAwaiter().GetResult();
        Run(twin, inside);

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(StoreSnapshot.ContentOf(twin), StoreSnapshot.ContentOf(world));
            world.Time.Advance(TimeSpan.FromSeconds(1));
            twin.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static void Run(EngineWorld world, StoreStep[] steps)
    {
        foreach (var step in steps) step.RunAsync(world.Keyspace, world.Door).GetAwaiter().GetResult();
    }
}
