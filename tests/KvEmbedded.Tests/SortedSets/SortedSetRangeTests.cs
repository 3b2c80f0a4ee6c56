using static KvEmbedded.Tests.SortedSets.BoardWorld;

namespace KvEmbedded.Tests.SortedSets;

public sealed class SortedSetRangeTests
{
    [Theory]
    [InlineData("0", "2", Order.Ascending, "a=1 b=2")]
    [InlineData("0", "2", Order.Descending, "e=5 d=4")]
    [InlineData("^2", "^0", Order.Ascending, "d=4 e=5")]
    [InlineData("^2", "^0", Order.Descending, "b=2 a=1")]
    [InlineData("1", "^1", Order.Descending, "d=4 c=3 b=2")]
    [InlineData("^99", "99", Order.Ascending, "a=1 b=2 c=3 d=4 e=5")]
    [InlineData("3", "2", Order.Ascending, "")]
    [InlineData("5", "9", Order.Descending, "")]
    [InlineData("0", "^9", Order.Ascending, "")]
    public async Task Ranks_are_counted_in_the_order_asked_for(string start, string end, Order order, string expected)
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 3, 4, 5);
        var ranks = new Range(Parse(start), Parse(end));

        Assert.Equal(expected, Text(await board.GetRangeAsync(ranks, order)));
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, await board.StoreRangeAsync("copy", ranks, order));
        Assert.Equal(Sorted(expected), await world.TextAsync("copy"));

        static Index Parse(string text) => text[0] == '^' ? new Index(int.Parse(text[1..]), true) : new Index(int.Parse(text));
    }

    [Theory]
    [InlineData(Order.Ascending, 0, long.MaxValue, "b=2 c=2 d=3")]
    [InlineData(Order.Descending, 0, long.MaxValue, "d=3 c=2 b=2")]
    [InlineData(Order.Ascending, 1, 1, "c=2")]
    [InlineData(Order.Descending, 1, 5, "c=2 b=2")]
    [InlineData(Order.Descending, 3, 5, "")]
    [InlineData(Order.Ascending, long.MaxValue, long.MaxValue, "")]
    [InlineData(Order.Ascending, 0, 0, "")]
    public async Task A_range_of_scores_or_members_can_be_taken_in_part(Order order, long skip, long take, string expected)
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 2, 3, 4);
        var scores = ScoreRange.Above(1).AndAtMost(3);
        var part = new RangePart { Order = order, Skip = skip, Take = take };
        Assert.Equal(expected, Text(await board.GetRangeAsync(scores, order, skip, take)));
        await board.StoreRangeAsync("copy", scores, part);
        Assert.Equal(Sorted(expected), await world.TextAsync("copy"));

        var names = await world.FilledAsync("names", 7, 7, 7, 7, 7);
        var members = MemberRange.AtLeast("b").AndBelow("e");
        expected = string.Join(' ', expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static entry => entry[..2] + "7"));
        Assert.Equal(expected, Text(await names.GetRangeAsync(members, order, skip, take)));
        await names.StoreRangeAsync("copy", members, part);
        Assert.Equal(Sorted(expected), await world.TextAsync("copy"));
    }

    [Fact]
    public async Task Of_a_missing_key_every_range_is_empty()
    {
        await using var world = new BoardWorld();

        Assert.Empty(await world["missing"].GetRangeAsync(Range.All));
        Assert.Empty(await world["missing"].GetRangeAsync(ScoreRange.All));
        Assert.Empty(await world["missing"].GetRangeAsync(MemberRange.All, Order.Descending));
    }

    [Fact]
    public async Task Members_that_begin_with_a_prefix_are_a_range()
    {
        await using var world = new BoardWorld();
        var board = world["board"];
        await board.AddAsync([new("ab", 0), new("b", 0), new("ba", 0), new("b\u00ff", 0), new("c", 0)]);

        Assert.Equal("b=0 ba=0 b\u00ff=0", Text(await board.GetRangeAsync(MemberRange.StartingWith("b"))));
    }

    [Fact]
    public async Task Numbers_below_0_and_orders_that_do_not_exist_are_refused()
    {
        await using var world = new BoardWorld();
        var board = world["board"];

        Assert.Equal("skip", Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.GetRangeAsync(ScoreRange.All, skip: -1); }).ParamName);
        Assert.Equal("take", Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.GetRangeAsync(MemberRange.All, take: -1); }).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.GetRangeAsync(Range.All, (Order)2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.StoreRangeAsync("x", ScoreRange.All, new RangePart { Order = (Order)2 }); });
    }

    [Fact]
    public async Task Members_of_all_lengths_come_out_whole()
    {
        await using var world = new BoardWorld();
        var board = world["board"];
        KvValue[] members = [.. Enumerable.Range(0, 200).Select(static i => (KvValue)(new string('m', i * i % 3_001) + i))];
        await board.AddAsync([.. members.Select(static (member, i) => new SortedSetEntry(member, i))]);

        Assert.Equal(members, (await board.GetRangeAsync(Range.All)).Select(static entry => entry.Member));
        Assert.Equal(members.Reverse(), (await board.PopAsync(500, SortedSetEnd.Highest)).Select(static entry => entry.Member));
    }

    [Fact]
    public async Task A_stored_range_replaces_whatever_is_there_and_lives_for_ever()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 3);
        await world.Keyspace.Strings.SetAsync("text", "hello", TimeSpan.FromSeconds(9));
        var other = await world.FilledAsync("other", 7, 8);
        await other.ExpireAsync(TimeSpan.FromSeconds(9));

        Assert.Equal(2, await board.StoreRangeAsync("text", ..2));
        Assert.Equal(1, await board.StoreRangeAsync("other", ScoreRange.AtLeast(3)));

        world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("a=1 b=2", await world.TextAsync("text"));
        Assert.Equal("c=3", await world.TextAsync("other"));
        Assert.Equal("a=1 b=2 c=3", await world.TextAsync("board"));
    }

    [Fact]
    public async Task A_range_can_be_stored_over_its_own_source()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 3);

        Assert.Equal(2, await board.StoreRangeAsync("board", ^2..));
        Assert.Equal("b=2 c=3", await world.TextAsync("board"));
        Assert.Equal(0, await board.StoreRangeAsync("board", 5..));
        Assert.False(await board.ExistsAsync());
    }

    [Fact]
    public async Task Storing_nothing_deletes_the_destination()
    {
        await using var world = new BoardWorld();
        await world.Keyspace.Strings.SetAsync("text", "hello");

        Assert.Equal(0, await world["missing"].StoreRangeAsync("text", Range.All));
        Assert.Equal(0, await world["missing"].StoreRangeAsync("nothing", Range.All));
        Assert.Equal(0, await world.Keyspace.Keys.CountAsync());
    }

    private static string Sorted(string entries) => string.Join(' ', entries.Split(' ').Order(StringComparer.Ordinal));
}
