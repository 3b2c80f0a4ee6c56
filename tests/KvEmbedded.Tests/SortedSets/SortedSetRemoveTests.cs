namespace KvEmbedded.Tests.SortedSets;

public sealed class SortedSetRemoveTests
{
    [Fact]
    public async Task A_member_is_removed_once()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2);

        Assert.True(await board.RemoveAsync("a"));
        Assert.False(await board.RemoveAsync("a"));
        Assert.False(await world["missing"].RemoveAsync("a"));
        Assert.Equal("b=2", await world.TextAsync("board"));
    }

    [Fact]
    public async Task Of_several_members_those_that_were_there_are_counted()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 3);

        Assert.Equal(2, await board.RemoveAsync(["a", "x", "c", "a"]));
        Assert.Equal(0, await world["missing"].RemoveAsync(["a"]));
        Assert.Equal("b=2", await world.TextAsync("board"));
        Assert.StartsWith(
            "At least one member is needed.",
            Assert.Throws<ArgumentException>(() => { _ = board.RemoveAsync([]); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_goes_with_its_last_member()
    {
        await using var world = new BoardWorld();
        await (await world.FilledAsync("a", 1)).RemoveAsync("a");
        await (await world.FilledAsync("b", 1)).RemoveAsync(["a"]);
        await (await world.FilledAsync("c", 1)).RemoveRangeAsync(Range.All);
        await (await world.FilledAsync("d", 1)).PopAsync();
        await (await world.FilledAsync("e", 1)).PopAsync(5);

        Assert.Equal(0, world.Turn.Table.Count);
        Assert.Equal(0, await world.Keyspace.Keys.CountAsync());
    }

    [Fact]
    public async Task A_range_of_ranks_is_removed_from_either_end()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 3, 4, 5, 6);

        Assert.Equal(2, await board.RemoveRangeAsync(..2));
        Assert.Equal("c=3 d=4 e=5 f=6", await world.TextAsync("board"));
        Assert.Equal(1, await board.RemoveRangeAsync(^1..));
        Assert.Equal(0, await board.RemoveRangeAsync(7..9));
        Assert.Equal(0, await board.RemoveRangeAsync(2..1));
        Assert.Equal(1, await board.RemoveRangeAsync(^2..^1));
        Assert.Equal("c=3 e=5", await world.TextAsync("board"));
        Assert.Equal(2, await board.RemoveRangeAsync(^99..99));
        Assert.Equal(0, await board.RemoveRangeAsync(Range.All));
    }

    [Fact]
    public async Task A_range_of_scores_or_of_members_is_removed()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 2, 3);
        Assert.Equal(2, await board.RemoveRangeAsync(ScoreRange.Exactly(2)));
        Assert.Equal("a=1 d=3", await world.TextAsync("board"));
        Assert.Equal(0, await board.RemoveRangeAsync(ScoreRange.AtLeast(3).AndBelow(2)));

        var names = await world.FilledAsync("names", 0, 0, 0, 0);
        Assert.Equal(2, await names.RemoveRangeAsync(MemberRange.Above("a").AndAtMost("c")));
        Assert.Equal("a=0 d=0", await world.TextAsync("names"));
    }
}
