using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace KvEmbedded.Tests.Strings;

public sealed class StringModelTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Property(MaxTest = 1_000)]
    public Property Every_answer_is_that_of_a_plain_dictionary() =>
        Prop.ForAll(StringCommand.Sequences(), commands => PlainAsync(commands).GetAwaiter().GetResult());

    [Property(MaxTest = 500)]
    public Property A_transaction_that_fails_has_changed_nothing_and_one_that_succeeds_everything() =>
        Prop.ForAll(
            StringCommand.Sequences(), StringCommand.Sequences(), Arb.From(Gen.Elements(true, false)),
            (before, inside, fails) => TransactionAsync(before, inside, fails).GetAwaiter().GetResult());

    private static async Task<bool> PlainAsync(StringCommand[] commands)
    {
        await using var world = new StringWorld();
        var model = new StringModel();
        foreach (var command in commands)
        {
            // The model first: both must see the same moment, also of a command that lets time pass.
            var expected = command.Run(model, world.Time);
            Assert.Equal(expected, await command.RunAsync(world.Keyspace, world.Time));
        }

        await SameAsync(world, model);
        return true;
    }

    private static async Task<bool> TransactionAsync(StringCommand[] before, StringCommand[] inside, bool fails)
    {
        await using var world = new StringWorld();
        var model = new StringModel();
        foreach (var command in before)
        {
            command.Run(model, world.Time);
            await command.RunAsync(world.Keyspace, world.Time);
        }

        var kept = model.Copy();
        await SameAsync(world, model);
        var memory = world.Keyspace.Store.Dispatcher.Turn.MemoryBytes;
        try
        {
            await world.Keyspace.TransactAsync(async tx =>
            {
                foreach (var command in inside.Where(command => command.Verb != StringVerb.Wait))
                    Assert.Equal(command.Run(model, world.Time), await command.RunAsync(tx, world.Time));
                if (fails) throw new InvalidOperationException("taken back");
            });
        }
        catch (InvalidOperationException) when (fails)
        {
            model = kept;
        }

        await SameAsync(world, model);

        // What a rolled-back write made a blob grow by stays with it as room.
        if (fails) Assert.InRange(world.Keyspace.Store.Dispatcher.Turn.MemoryBytes, memory - 1, memory + 400_000);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await SameAsync(world, model);
        world.Time.Advance(TimeSpan.FromSeconds(10));
        await SameAsync(world, model);
        return true;
    }

    private static async Task SameAsync(StringWorld world, StringModel model)
    {
        var now = world.Time.GetUtcNow();
        foreach (var name in Names)
        {
            var expected = model.Get(name, now);
            Assert.Equal(expected, (await world[name].GetAsync())?.ToArray());
            Assert.Equal(expected is null ? null : model.EndOf(name) - now, await world.GetTimeToLiveAsync(name));
        }

        world.Keyspace.Store.Table.CheckInvariants();
    }
}
