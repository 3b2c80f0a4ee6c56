using KvEmbedded.SortedSets;
using KvEmbedded.Tests.Engine;
using KvEmbedded.Tests.Simulation;

namespace KvEmbedded.Tests.SortedSets;

/// <summary>Ranges that are too long for one turn are read in several, and are of one moment all the same.</summary>
public sealed class SortedSetSliceTests
{
    private const int Count = (4 * SortedSetHandle.SliceLength) + 100;

    [Theory]
    [InlineData(Order.Ascending)]
    [InlineData(Order.Descending)]
    public async Task A_long_range_takes_several_turns_and_is_whole(Order order)
    {
        using var world = new EngineWorld();
        var board = await FilledAsync(world);
        var before = world.Turn.Commands;

        var entries = await board.GetRangeAsync(1..^1, order);

        Assert.Equal(6, world.Turn.Commands - before);
        var scores = Enumerable.Range(1, Count - 2).Select(static i => (double)i);
        Assert.Equal(order == Order.Ascending ? scores : scores.Reverse(), entries.Select(static entry => entry.Score));
        Assert.All(entries, static entry => Assert.Equal(Member((int)entry.Score), entry.Member));
    }

    [Fact]
    public async Task A_range_of_two_slices_takes_one_turn()
    {
        using var world = new EngineWorld();
        var board = await FilledAsync(world);
        var before = world.Turn.Commands;

        Assert.Equal(2 * SortedSetHandle.SliceLength, (await board.GetRangeAsync(..(2 * SortedSetHandle.SliceLength))).Length);
        Assert.Equal(1, world.Turn.Commands - before);
    }

    [Fact]
    public async Task In_a_transaction_a_long_range_is_one_step()
    {
        using var world = new EngineWorld();
        await FilledAsync(world);

        await world.Keyspace.TransactAsync(async tx =>
        {
            var range = tx.SortedSet("board").GetRangeAsync(ScoreRange.All);
            Assert.True(range.IsCompletedSuccessfully);
            Assert.Equal(Count, (await range).Length);
        });
    }

    [Fact]
    public async Task A_change_in_between_begins_the_reading_again()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        var board = await FilledAsync(world);
        var changes = 0;

        var entries = Read(world, scheduler, board, step =>
        {
            // Behind what has been read already, and before what comes.
            if (step != 4) return;
            Assert.True(board.AddAsync("first", -1) is { IsCompletedSuccessfully: true, Result: true });
            Assert.True(board.RemoveAsync(Member(Count - 1)) is { IsCompletedSuccessfully: true, Result: true });
            changes++;
        });

        Assert.Equal(1, changes);
        Assert.Equal(Enumerable.Range(-1, Count).Select(static i => (double)i), entries.Select(static entry => entry.Score));
    }

    [Fact]
    public async Task A_reading_that_is_disturbed_again_and_again_ends_with_one_long_turn()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        var board = await FilledAsync(world);
        var added = 0;

        var entries = Read(world, scheduler, board, _ =>
        {
            Assert.True(board.AddAsync(Member(Count + added), Count + added) is { IsCompletedSuccessfully: true, Result: true });
            added++;
        });

        // Three times a start and a slice that finds a change, then the long turn: of one moment too.
        Assert.InRange(added, 6, 12);
        Assert.InRange(entries.Length, Count + 4, Count + added);
        Assert.Equal(Enumerable.Range(0, entries.Length).Select(static i => (double)i), entries.Select(static entry => entry.Score));
    }

    [Fact]
    public async Task Another_set_that_has_come_to_stand_at_the_key_is_noticed()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        var board = await FilledAsync(world);

        var entries = Read(world, scheduler, board, step =>
        {
            if (step != 2) return;
            Assert.True(board.DeleteAsync() is { IsCompletedSuccessfully: true, Result: true });
            Assert.True(board.AddAsync("alone", 1) is { IsCompletedSuccessfully: true, Result: true });
        });

        Assert.Equal([new SortedSetEntry("alone", 1)], entries);
    }

    [Fact]
    public async Task A_set_that_has_gone_in_between_is_empty_and_one_of_another_type_an_error()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        var board = await FilledAsync(world);
        Assert.Empty(Read(world, scheduler, board, step =>
        {
            if (step == 2) Assert.True(board.DeleteAsync() is { IsCompletedSuccessfully: true, Result: true });
        }));

        await FilledAsync(world);
        Assert.Throws<WrongTypeException>(() => Read(world, scheduler, board, step =>
        {
            if (step == 2) Assert.True(world.Keyspace.Strings.SetAsync("board", "text").IsCompletedSuccessfully);
        }));
    }

    private static KvValue Member(int number) => $"member {number}";

    private static async Task<ISortedSet> FilledAsync(EngineWorld world)
    {
        var board = world.Keyspace.SortedSet("board");
        await board.AddAsync([.. Enumerable.Range(0, Count).Select(static i => new SortedSetEntry(Member(i), i))]);
        return board;
    }

    /// <summary>Reads all while the loop is busy at each of the reader's steps, and does something between any two of them.</summary>
    private static SortedSetEntry[] Read(EngineWorld world, SeededScheduler scheduler, ISortedSet board, Action<int> between)
    {
        Task<SortedSetEntry[]> read;
        using (world.Hold()) read = board.GetRangeAsync(Range.All).AsTask();
        for (var step = 1; !read.IsCompleted; step++)
        {
            between(step);

            // What is scheduled is the reader: it goes on, and its next turn has to queue until the loop is let go.
            using (world.Hold()) Assert.True(scheduler.RunOne());
        }

        return read.GetAwaiter().GetResult();
    }
}
