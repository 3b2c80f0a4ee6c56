namespace KvEmbedded.Tests.SortedSets;

/// <summary>Counts, scores and ranks.</summary>
public sealed class SortedSetLookUpTests
{
    [Fact]
    public async Task Counts_are_of_all_of_scores_or_of_members()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 2, 3);

        Assert.Equal(4, await board.CountAsync());
        Assert.Equal(2, await board.CountAsync(ScoreRange.Exactly(2)));
        Assert.Equal(1, await board.CountAsync(ScoreRange.Above(2)));
        Assert.Equal(0, await board.CountAsync(ScoreRange.AtLeast(3).AndBelow(3)));
        Assert.Equal(4, await board.CountAsync(ScoreRange.All));

        var names = await world.FilledAsync("names", 0, 0, 0);
        Assert.Equal(3, await names.CountAsync(MemberRange.All));
        Assert.Equal(1, await names.CountAsync(MemberRange.Above("a").AndBelow("c")));
        Assert.Equal(0, await names.CountAsync(MemberRange.Between("c", "a")));

        Assert.Equal(0, await world["missing"].CountAsync());
        Assert.Equal(0, await world["missing"].CountAsync(ScoreRange.All));
        Assert.Equal(0, await world["missing"].CountAsync(MemberRange.All));
    }

    [Fact]
    public async Task The_ends_of_all_scores_are_the_infinities()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", double.NegativeInfinity, 0, double.PositiveInfinity);

        Assert.Equal(3, await board.CountAsync(ScoreRange.All));
        Assert.Equal(2, await board.CountAsync(ScoreRange.Above(double.NegativeInfinity)));
        Assert.Equal(2, await board.CountAsync(ScoreRange.Below(double.PositiveInfinity)));
        Assert.Equal(1, await board.CountAsync(ScoreRange.Exactly(-0.0)));
    }

    [Fact]
    public async Task Scores_come_in_the_order_of_the_members_asked_for()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2);

        Assert.Equal(2, await board.GetScoreAsync("b"));
        Assert.Null(await board.GetScoreAsync("x"));
        Assert.Null(await world["missing"].GetScoreAsync("a"));
        Assert.Equal([2, null, 1, 2], await board.GetScoresAsync(["b", "x", "a", "b"]));
        Assert.Equal([null], await world["missing"].GetScoresAsync(["a"]));
        Assert.Throws<ArgumentException>(() => { _ = board.GetScoresAsync([]); });
    }

    [Fact]
    public async Task A_rank_is_counted_from_the_end_that_is_asked_for()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 3, 1, 1);

        Assert.Equal(0, await board.GetRankAsync("b"));
        Assert.Equal(1, await board.GetRankAsync("c"));
        Assert.Equal(2, await board.GetRankAsync("b", Order.Descending));
        Assert.Equal(new SortedSetRank(0, 3), await board.GetRankAndScoreAsync("a", Order.Descending));
        Assert.Equal(new SortedSetRank(2, 3), await board.GetRankAndScoreAsync("a"));
        Assert.Null(await board.GetRankAsync("x"));
        Assert.Null(await board.GetRankAndScoreAsync("x"));
        Assert.Null(await world["missing"].GetRankAsync("a"));
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.GetRankAsync("a", (Order)2); });
    }

    [Fact]
    public async Task A_view_puts_its_prefix_before_the_key()
    {
        await using var world = new BoardWorld();
        var view = world.Keyspace.WithPrefix("game:");

        await view.SortedSet("board").AddAsync("a", 1);
        await view.SortedSet("board").StoreRangeAsync("copy", Range.All);

        Assert.Equal("a=1", await world.TextAsync("game:board"));
        Assert.Equal("a=1", await world.TextAsync("game:copy"));
    }

    [Fact]
    public async Task A_cancelled_command_does_nothing()
    {
        await using var world = new BoardWorld();
        var board = world["board"];
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAsync<TaskCanceledException>(async () => await board.AddAsync("a", 1, cancellationToken: cancelled));
        await Assert.ThrowsAsync<TaskCanceledException>(async () => await board.GetRangeAsync(Range.All, cancellationToken: cancelled));
        Assert.False(await board.ExistsAsync());
    }

    [Fact]
    public async Task After_disposal_commands_say_so()
    {
        var keyspace = new Keyspace();
        var board = keyspace.SortedSet("board");
        await keyspace.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await board.AddAsync("a", 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await board.GetRangeAsync(Range.All));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await board.PopAsync());
    }

    [Fact]
    public async Task The_synchronous_keyspace_has_completed_when_a_call_returns()
    {
        await using var world = new BoardWorld();
        var board = world.Keyspace.Synchronous.SortedSet("board");

        Assert.True(board.AddAsync("a", 1) is { IsCompletedSuccessfully: true, Result: true });
        Assert.True(board.GetRangeAsync(Range.All) is { IsCompletedSuccessfully: true, Result.Length: 1 });
        Assert.True(board.PopAsync(waitingTime: TimeSpan.FromSeconds(1)) is { IsCompletedSuccessfully: true, Result: { Score: 1 } });
    }
}
