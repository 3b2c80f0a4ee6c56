using FsCheck.Xunit;

namespace KvEmbedded.Tests.Keys;

public sealed class KeyTransactionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Property(MaxTest = 300)]
    public void A_failing_transaction_leaves_everything_as_it_was(KeyStep[] before, KeyStep[] steps, KeyStep[] after, byte flushes)
    {
        using var world = new KeysWorld();
        var model = new KeyModel();
        Run(before, world, model);
        var (look, values, timers) = (KeyStep.Look(world.Keyspace), world.ValueBytes, world.Turn.TimerCount);

        Assert.Throws<InvalidOperationException>(() => world.Keyspace.Transact(tx =>
        {
            for (var i = 0; i < steps.Length; i++)
            {
                if (!steps[i].IsAdvance) steps[i].RunOn(tx, world.Clock);

                // In a third of the runs everything goes at some point, and the steps after it start afresh.
                if (flushes % 3 == 0 && i == flushes % steps.Length) Assert.True(tx.Keys.FlushAsync().IsCompletedSuccessfully);
            }

            throw new InvalidOperationException();
        }));

        Assert.Equal(look, KeyStep.Look(world.Keyspace));
        Assert.Equal(values, world.ValueBytes);
        Assert.Equal(timers, world.Turn.TimerCount);
        world.Turn.Table.CheckInvariants();

        // And the timers that were armed anew do their work: life goes on as if nothing had been.
        Run(after, world, model);
    }

    [Fact]
    public async Task A_failing_transaction_takes_a_flush_back_with_times_to_live()
    {
        await using var world = new KeysWorld();
        for (var i = 0; i < 2_000; i++) await world.SetAsync(i, i, Second);
        await world.AddAsync("numbers", 1);
        await world.AddAsync("others", 1);
        var (values, timers) = (world.ValueBytes, world.Turn.TimerCount);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.Keys.ExpireAsync("numbers", 5 * Second);
            await tx.Keys.ExpireAsync(7, 7 * Second);
            await tx.Keys.FlushAsync();
            await KeysWorld.AddAsync(tx, "others", 2);
            await tx.Strings.SetAsync(8, "new", 9 * Second);
            throw new InvalidOperationException();
        }));

        Assert.Equal(values, world.ValueBytes);
        Assert.Equal(timers, world.Turn.TimerCount);
        Assert.Equal(2_002, await world.Keys.CountAsync());
        Assert.Equal(Second, await world.Keys.GetTimeToLiveAsync(7));
        Assert.Equal(Second, await world.Keys.GetTimeToLiveAsync(8));
        Assert.True(await world.NumbersAsync("others") is [1]);

        world.Advance(Second);
        Assert.Equal(["numbers", "others"], await world.ScanAsync());
        Assert.Equal(0, world.Turn.TimerCount);
    }

    [Fact]
    public async Task A_failing_transaction_takes_renames_in_a_ring_back()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1", Second);
        await world.AddAsync("b", 2);
        await world.SetAsync("c", new string('x', 20_000), 3 * Second);
        var look = await LookAsync(world);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.Keys.RenameAsync("a", "tmp");
            await tx.Keys.RenameAsync("b", "a");
            await KeysWorld.AddAsync(tx, "a", 3);
            await tx.Keys.RenameAsync("c", "b");
            await tx.Keys.RenameAsync("tmp", "c");
            await tx.Keys.ExpireAsync("c", TimeSpan.Zero);
            throw new InvalidOperationException();
        }));

        Assert.Equal(look, await LookAsync(world));
        Assert.True(await world.NumbersAsync("b") is [2]);
    }

    [Fact]
    public async Task Keys_that_end_in_a_failing_transaction_end_again_after_it()
    {
        // The clockwork waits for the loop meanwhile; the count removes the expired keys itself, and that is taken back.
        await using var world = new KeysWorld(options => (options.ExpiredKeysPerTurnMax, options.CommandsPerHoldMax) = (1, 1));
        for (var i = 0; i < 300; i++) await world.SetAsync(i, i, Second);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            // Before the transaction's first look, which sets its one moment.
            world.Clock.Advance(Second);
            Assert.Equal(0, await tx.Keys.CountAsync());
            Assert.Equal(0, world.Turn.Table.Count);
            throw new InvalidOperationException();
        }));

        Assert.Equal(0, await world.Keys.CountAsync());
        Assert.Equal(0, world.Turn.TimerCount);
        Assert.Equal(0, world.Turn.Table.Count);
    }

    private static async Task<string> LookAsync(KeysWorld world)
    {
        var text = new List<string>();
        foreach (var key in await world.ScanAsync()) text.Add($"{key} {await world.Keys.GetInfoAsync(key)}");
        return string.Join('\n', text);
    }

    private static void Run(KeyStep[] steps, KeysWorld world, KeyModel model)
    {
        foreach (var step in steps)
        {
            if (step.IsAdvance)
            {
                world.Advance(step.Advance);
                model.Advance(step.Advance);
            }
            else
            {
                Assert.Equal(step.RunOn(model), step.RunOn(world.Keyspace, world.Clock));
            }

            Assert.Equal(model.Look(), KeyStep.Look(world.Keyspace));
        }
    }
}
