namespace KvEmbedded.Tests.SortedSets;

public sealed class SortedSetRandomTests
{
    [Fact]
    public async Task Distinct_picks_are_different_entries_and_all_if_there_are_not_more()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 3, 4, 5);
        var all = await board.GetRangeAsync(Range.All);

        for (var count = 0; count < 8; count++)
        {
            var picks = await board.GetRandomAsync(count);
            Assert.Equal(Math.Min(count, 5), picks.Distinct().Count());
            Assert.Equal(Math.Min(count, 5), picks.Length);
            Assert.Subset(all.ToHashSet(), picks.ToHashSet());
        }

        Assert.Equal(5, await board.CountAsync());
    }

    [Fact]
    public async Task Repeated_picks_are_exactly_as_many_as_asked_for()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2);

        var picks = await board.GetRandomAsync(50, RandomPick.Repeated);

        Assert.Equal(50, picks.Length);
        Assert.Equal((await board.GetRangeAsync(Range.All)).ToHashSet(), picks.ToHashSet());
    }

    [Fact]
    public async Task Every_entry_is_about_as_likely_as_any_other()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        var (one, repeated, distinct) = (new int[10], new int[10], new int[10]);

        for (var i = 0; i < 2_000; i++)
        {
            one[(int)(await board.GetRandomAsync())!.Value.Score]++;
            foreach (var pick in await board.GetRandomAsync(3, RandomPick.Repeated)) repeated[(int)pick.Score]++;
            foreach (var pick in await board.GetRandomAsync(3)) distinct[(int)pick.Score]++;
        }

        // Six standard deviations around the mean, with a seed that does not change.
        Assert.All(one, static count => Assert.InRange(count, 120, 280));
        Assert.All(repeated, static count => Assert.InRange(count, 460, 740));
        Assert.All(distinct, static count => Assert.InRange(count, 477, 723));
    }

    [Fact]
    public async Task Of_a_missing_key_nothing_is_picked()
    {
        await using var world = new BoardWorld();

        Assert.Null(await world["missing"].GetRandomAsync());
        Assert.Empty(await world["missing"].GetRandomAsync(3));
        Assert.Empty(await world["missing"].GetRandomAsync(3, RandomPick.Repeated));
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = world["missing"].GetRandomAsync(-1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = world["missing"].GetRandomAsync(1, (RandomPick)2); });
    }
}
