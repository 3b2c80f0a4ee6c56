using FsCheck.Xunit;
using static KvEmbedded.Tests.Hashes.HashWorld;

namespace KvEmbedded.Tests.Hashes;

/// <summary>Random commands, and time, beside a plain model.</summary>
public sealed class HashCommandTests
{
    private static readonly string[] Names = ["x", "y"];

    [Property(MaxTest = 500, EndSize = 300)]
    public async Task Every_answer_is_that_of_the_plain_model_while_time_passes(HashStep[] steps)
    {
        await using var world = new HashWorld();
        var model = new HashModel();
        foreach (var step in steps)
        {
            if (step.Key % 5 == 0) await PassAsync(world, model, step.Time % 16);
            Assert.Equal(step.Run(model), await step.RunAsync(world.Keyspace));
        }

        await SameAsync(world, model);
        await PassAsync(world, model, 100);
        await SameAsync(world, model);
        Assert.Equal(0, world.Turn.TimerCount);
    }

    [Property(MaxTest = 400, EndSize = 200)]
    public async Task A_transaction_that_fails_has_changed_nothing_now_or_later(
        HashStep[] before, HashStep[] inside, HashStep[] after, bool fails, bool flushes)
    {
        await using var world = new HashWorld();
        var model = new HashModel();
        foreach (var step in before)
        {
            step.Run(model);
            await step.RunAsync(world.Keyspace);
        }

        var kept = model.Copy();
        var (bytes, timers) = (world.Turn.MemoryBytes, world.Turn.TimerCount);
        try
        {
            await world.Keyspace.TransactAsync(async tx =>
            {
                foreach (var step in inside) Assert.Equal(step.Run(model), await step.RunAsync(tx));
                if (fails && flushes)
                {
                    await tx.Keys.FlushAsync();
                    await tx.Hash("x").SetAsync([new("f", "v")], Second);
                }

                if (fails) throw new InvalidOperationException("taken back");
            });
        }
        catch (InvalidOperationException) when (fails)
        {
            model = kept;
            Assert.Equal(timers, world.Turn.TimerCount);
        }

        await SameAsync(world, model);
        if (inside.Length == 0) Assert.Equal(bytes, world.Turn.MemoryBytes);

        // Life goes on as if nothing had been: fields end when they should.
        foreach (var step in after)
        {
            if (step.Key % 5 == 0) await PassAsync(world, model, step.Time % 16);
            Assert.Equal(step.Run(model), await step.RunAsync(world.Keyspace));
        }

        await PassAsync(world, model, 20);
        await SameAsync(world, model);
        await PassAsync(world, model, 100);
        await SameAsync(world, model);
        Assert.Equal(0, world.Turn.TimerCount);
    }

    private static async Task PassAsync(HashWorld world, HashModel model, int milliseconds)
    {
        model.Pass(milliseconds);
        world.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        foreach (var name in Names) Assert.Equal(model.At(name).Count > 0, await world[name].ExistsAsync());
    }

    private static async Task SameAsync(HashWorld world, HashModel model)
    {
        foreach (var name in Names)
        {
            Assert.Equal(model.Text(name).Split(' ').Order(StringComparer.Ordinal), (await world.TextAsync(name)).Split(' ').Order(StringComparer.Ordinal));
            Assert.Equal(model.At(name).Count > 0, await world[name].ExistsAsync());
        }

        Assert.Equal(Names.Count(name => model.At(name).Count > 0), await world.Keyspace.Keys.CountAsync());
        Assert.Equal(Names.Count(name => model.At(name).Values.Any(static entry => entry.Deadline != long.MaxValue)), world.Turn.TimerCount);
        world.CheckInvariants(Names);
    }
}
