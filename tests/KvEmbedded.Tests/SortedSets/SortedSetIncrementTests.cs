namespace KvEmbedded.Tests.SortedSets;

public sealed class SortedSetIncrementTests
{
    [Fact]
    public async Task A_missing_member_begins_at_0()
    {
        await using var world = new BoardWorld();

        Assert.Equal(1, await world["board"].IncrementAsync("a"));
        Assert.Equal(-1.5, await world["board"].IncrementAsync("a", -2.5));
        Assert.Equal("a=-1.5", await world.TextAsync("board"));
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task The_sum_of_both_infinities_is_an_error_and_nothing_has_changed(double score)
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", score);

        var error = await Assert.ThrowsAsync<NumberOverflowException>(async () => await board.IncrementAsync("a", -score));
        Assert.Equal(
            "Adding at key 'board' would give NaN, which is outside the numbers and infinities that a score can be. " +
            "Nothing was changed; add less, or reset the number first.",
            error.Message);
        await Assert.ThrowsAsync<NumberOverflowException>(async () => await board.TryIncrementAsync("a", -score, AddWhen.Greater));

        Assert.Equal(score, await board.GetScoreAsync("a"));
        Assert.Equal(score, await board.IncrementAsync("a", score));
        Assert.Null(await board.TryIncrementAsync("a", -score, AddWhen.Missing));
    }

    [Theory]
    [InlineData(AddWhen.Always, "a", 1.0, 11.0)]
    [InlineData(AddWhen.Always, "x", 1.0, 1.0)]
    [InlineData(AddWhen.Missing, "a", 1.0, null)]
    [InlineData(AddWhen.Missing, "x", 1.0, 1.0)]
    [InlineData(AddWhen.Present, "a", 1.0, 11.0)]
    [InlineData(AddWhen.Present, "x", 1.0, null)]
    [InlineData(AddWhen.Greater, "a", 1.0, 11.0)]
    [InlineData(AddWhen.Greater, "a", 0.0, null)]
    [InlineData(AddWhen.Greater, "a", -1.0, null)]
    [InlineData(AddWhen.Greater, "x", -1.0, -1.0)]
    [InlineData(AddWhen.Less, "a", 1.0, null)]
    [InlineData(AddWhen.Less, "a", -1.0, 9.0)]
    [InlineData(AddWhen.PresentAndGreater, "x", 1.0, null)]
    [InlineData(AddWhen.PresentAndLess, "a", -1.0, 9.0)]
    public async Task A_sum_is_stored_only_if_the_condition_allows_it(AddWhen when, string member, double by, double? expected)
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 10);

        Assert.Equal(expected, await board.TryIncrementAsync(member, by, when));
        Assert.Equal(expected ?? (member == "a" ? 10 : null), await board.GetScoreAsync(member));
    }

    [Fact]
    public async Task A_condition_that_forbids_makes_no_key()
    {
        await using var world = new BoardWorld();

        Assert.Null(await world["board"].TryIncrementAsync("a", 1, AddWhen.Present));
        Assert.False(await world["board"].ExistsAsync());
        Assert.Equal(0, world.Turn.Table.Count);
    }

    [Fact]
    public async Task Increments_of_many_threads_are_all_counted()
    {
        await using var keyspace = new Keyspace();
        var board = keyspace.SortedSet("board");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++) await board.IncrementAsync($"member {i % 7}");
        })));

        Assert.Equal(8_000, (await board.GetRangeAsync(Range.All)).Sum(static entry => entry.Score));
    }
}
