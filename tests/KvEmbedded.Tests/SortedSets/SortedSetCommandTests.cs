using FsCheck.Xunit;
using static KvEmbedded.Tests.SortedSets.BoardWorld;

namespace KvEmbedded.Tests.SortedSets;

/// <summary>Random commands beside a plain model.</summary>
public sealed class SortedSetCommandTests
{
    private static readonly string[] Names = ["x", "y"];

    [Property(MaxTest = 500, EndSize = 300)]
    public async Task Every_answer_is_that_of_the_plain_model(SortedSetStep[] steps)
    {
        await using var world = new BoardWorld();
        var model = new SortedSetsModel();
        foreach (var step in steps) Assert.Equal(step.Run(model), await step.RunAsync(world.Keyspace));
        await SameAsync(world, model);
    }

    [Property(MaxTest = 300, EndSize = 200)]
    public async Task A_transaction_that_fails_has_changed_nothing_and_one_that_succeeds_everything(
        SortedSetStep[] before, SortedSetStep[] inside, SortedSetStep[] after, bool fails)
    {
        await using var world = new BoardWorld();
        var (model, kept) = (new SortedSetsModel(), new SortedSetsModel());
        foreach (var step in before)
        {
            step.Run(model);
            step.Run(kept);
            await step.RunAsync(world.Keyspace);
        }

        try
        {
            await world.Keyspace.TransactAsync(async tx =>
            {
                foreach (var step in inside) Assert.Equal(step.Run(model), await step.RunAsync(tx));
                if (fails) throw new InvalidOperationException("taken back");
            });
        }
        catch (InvalidOperationException) when (fails)
        {
            model = kept;
        }

        await SameAsync(world, model);

        // Life goes on as if nothing had been.
        foreach (var step in after) Assert.Equal(step.Run(model), await step.RunAsync(world.Keyspace));
        await SameAsync(world, model);
    }

    [Fact]
    public async Task A_failing_transaction_brings_back_what_each_command_took_away_with_its_time_to_live()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 3, 4, 5, 6);
        await board.ExpireAsync(TimeSpan.FromMinutes(1));
        await world.FilledAsync("other", 7);
        var timers = world.Turn.TimerCount;

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            var set = tx.SortedSet("board");
            await set.PopAsync();
            await set.RemoveAsync("b");
            await set.RemoveRangeAsync(^1..);
            await set.StoreRangeAsync("other", Range.All);
            await set.StoreRangeAsync("board", ..1);
            await set.PopAsync(9);
            await set.AddAsync("new", 1);
            throw new InvalidOperationException();
        }));

        Assert.Equal("a=1 b=2 c=3 d=4 e=5 f=6", await world.TextAsync("board"));
        Assert.Equal("a=7", await world.TextAsync("other"));
        Assert.Equal(TimeSpan.FromMinutes(1), await board.GetTimeToLiveAsync());
        Assert.Equal(timers, world.Turn.TimerCount);
        world.CheckInvariants("board", "other");
    }

    private static async Task SameAsync(BoardWorld world, SortedSetsModel model)
    {
        foreach (var name in Names)
        {
            var expected = SortedSetsModel.All(model.At(name), Order.Ascending);
            Assert.Equal(Text(expected), await world.TextAsync(name));
            Assert.Equal(expected.Length > 0, await world[name].ExistsAsync());
        }

        world.CheckInvariants(Names);
    }
}
