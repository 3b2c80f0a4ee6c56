namespace KvEmbedded.Conformance;

/// <summary><see cref="ISortedSet"/>, but waiting pops.</summary>
public abstract partial class SortedSetContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    /// <summary>Entries, as they print best.</summary>
    private static string Text(IEnumerable<SortedSetEntry> entries) =>
        string.Join(' ', entries.Select(entry => $"{entry.Member}={entry.Score}"));

    private static async ValueTask<string> AllAsync(ISortedSet set) => Text(await set.GetRangeAsync(..));

    private static async ValueTask<ISortedSet> MakeAsync(IKeyspace keyspace, params SortedSetEntry[] entries)
    {
        var set = keyspace.SortedSet("a");
        await set.AddAsync(entries);
        return set;
    }

    /// <summary>a=1 b=2 c=2 d=4 e=8.</summary>
    private static ValueTask<ISortedSet> MakeFiveAsync(IKeyspace keyspace) =>
        MakeAsync(keyspace, new("d", 4), new("b", 2), new("a", 1), new("e", 8), new("c", 2));

    /// <summary>a, b, c, d and e, all with a score of 0.</summary>
    private static ValueTask<ISortedSet> MakeEqualAsync(IKeyspace keyspace) =>
        MakeAsync(keyspace, new("c", 0), new("a", 0), new("e", 0), new("b", 0), new("d", 0));

    [Fact]
    public Task Adding_a_member_again_updates_its_score() => RunAsync(async keyspace =>
    {
        var set = keyspace.SortedSet("a");

        Assert.True(await set.AddAsync("x", 1));
        Assert.False(await set.AddAsync("x", 2));
        Assert.Equal(2, await set.GetScoreAsync("x"));
        Assert.Equal(1, await set.CountAsync());
        Assert.Null(await set.GetScoreAsync("y"));
    });

    [Fact]
    public Task Entries_are_ordered_by_score_then_by_the_bytes_of_the_member() => RunAsync(async keyspace =>
    {
        var set = await MakeAsync(
            keyspace, new("b", 0), new("a", 0), new("B", 0), new("", 0), new("x", double.NegativeInfinity),
            new("y", double.PositiveInfinity), new("n", -1.5));

        Assert.Equal("x=-∞ n=-1.5 =0 B=0 a=0 b=0 y=∞", (await AllAsync(set)).Replace("Infinity", "∞", StringComparison.Ordinal));
    });

    [Theory]
    [InlineData(AddWhen.Always, "low=5 high=5 new=5")]
    [InlineData(AddWhen.Missing, "low=1 new=5 high=9")]
    [InlineData(AddWhen.Present, "low=5 high=5")]
    [InlineData(AddWhen.Greater, "low=5 new=5 high=9")]
    [InlineData(AddWhen.Less, "low=1 new=5 high=5")]
    [InlineData(AddWhen.PresentAndGreater, "low=5 high=9")]
    [InlineData(AddWhen.PresentAndLess, "low=1 high=5")]
    public Task Adding_may_touch_some_members_only(AddWhen when, string expected) => RunAsync(async keyspace =>
    {
        var wanted = expected.Split(' ').Order().ToArray();
        foreach (var atOnce in new[] { false, true })
        {
            await keyspace.Keys.DeleteAsync("a");
            var set = await MakeAsync(keyspace, new("low", 1), new("high", 9));
            if (atOnce)
            {
                await set.AddAsync([new("low", 5), new("high", 5), new("new", 5)], when);
            }
            else
            {
                foreach (var member in (string[])["low", "high", "new"]) await set.AddAsync(member, 5, when);
            }

            Assert.Equal(wanted, (await AllAsync(set)).Split(' ').Order());
        }
    });

    [Fact]
    public Task Adding_several_counts_the_new_ones_or_also_the_changed_ones() => RunAsync(async keyspace =>
    {
        var set = await MakeAsync(keyspace, new("x", 1), new("y", 1));

        Assert.Equal(1, await set.AddAsync([new("x", 2), new("y", 1), new("z", 1)]));
        Assert.Equal(2, await set.AddAsync([new("x", 3), new("y", 1), new("w", 1)], count: AddCount.Changed));
    });

    [Fact]
    public Task Of_a_member_named_twice_the_last_score_stays() => RunAsync(async keyspace =>
    {
        var set = await MakeAsync(keyspace, new("x", 1), new("x", 2));

        Assert.Equal("x=2", await AllAsync(set));
    });

    [Fact]
    public Task NaN_is_refused_and_nothing_changes() => RunAsync(async keyspace =>
    {
        var set = keyspace.SortedSet("a");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await set.AddAsync("x", double.NaN));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await set.AddAsync([new("x", 1), new("y", double.NaN)]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await set.IncrementAsync("x", double.NaN));
        await Assert.ThrowsAsync<ArgumentException>(async () => await set.AddAsync(Array.Empty<SortedSetEntry>()));
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
    });

    [Fact]
    public Task A_score_is_raised_and_lowered() => RunAsync(async keyspace =>
    {
        var set = keyspace.SortedSet("a");

        Assert.Equal(1, await set.IncrementAsync("x"));
        Assert.Equal(3.5, await set.IncrementAsync("x", 2.5));
        Assert.Equal(-6.5, await set.IncrementAsync("x", -10));
        Assert.Equal(double.PositiveInfinity, await set.IncrementAsync("x", double.PositiveInfinity));
        await Assert.ThrowsAsync<NumberOverflowException>(async () => await set.IncrementAsync("x", double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, await set.GetScoreAsync("x"));
    });

    [Fact]
    public Task A_score_is_raised_only_where_it_may_be() => RunAsync(async keyspace =>
    {
        var set = keyspace.SortedSet("a");

        Assert.Null(await set.TryIncrementAsync("x", 1, AddWhen.Present));
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
        Assert.Equal(1, await set.TryIncrementAsync("x", 1, AddWhen.Missing));
        Assert.Null(await set.TryIncrementAsync("x", 1, AddWhen.Missing));
        Assert.Null(await set.TryIncrementAsync("x", -1, AddWhen.Greater));
        Assert.Equal(0, await set.TryIncrementAsync("x", -1, AddWhen.Less));
    });

    [Fact]
    public Task A_set_that_has_become_empty_is_gone() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);

        Assert.True(await set.RemoveAsync("a"));
        Assert.False(await set.RemoveAsync("a"));
        Assert.Equal(2, await set.RemoveAsync(["b", "c", "c", "missing"]));
        Assert.Equal(2, await set.RemoveAsync(["d", "e"]));
        Assert.False(await set.ExistsAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await set.RemoveAsync(Array.Empty<KvValue>()));
    });

    [Fact]
    public Task Entries_are_removed_by_rank() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);

        Assert.Equal(1, await set.RemoveRangeAsync(..1));
        Assert.Equal(1, await set.RemoveRangeAsync(^1..));
        Assert.Equal("b=2 c=2 d=4", await AllAsync(set));
        Assert.Equal(0, await set.RemoveRangeAsync(5..9));
        Assert.Equal(3, await set.RemoveRangeAsync(..100));
        Assert.False(await set.ExistsAsync());
    });

    [Fact]
    public Task Entries_are_removed_by_score() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);

        Assert.Equal(2, await set.RemoveRangeAsync(ScoreRange.Above(1).AndBelow(4)));
        Assert.Equal("a=1 d=4 e=8", await AllAsync(set));
        Assert.Equal(0, await set.RemoveRangeAsync(ScoreRange.Between(5, 3)));
    });

    [Fact]
    public Task Entries_are_removed_by_member() => RunAsync(async keyspace =>
    {
        var set = await MakeEqualAsync(keyspace);

        Assert.Equal(2, await set.RemoveRangeAsync(MemberRange.Above("a").AndAtMost("c")));
        Assert.Equal("a=0 d=0 e=0", await AllAsync(set));
    });

    [Fact]
    public Task Members_are_counted() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);
        Assert.Equal(0, await keyspace.SortedSet("missing").CountAsync());
        Assert.Equal(5, await set.CountAsync());
        Assert.Equal(3, await set.CountAsync(ScoreRange.AtMost(2)));
        Assert.Equal(2, await set.CountAsync(ScoreRange.Above(2)));
        Assert.Equal(2, await set.CountAsync(ScoreRange.Exactly(2)));

        await keyspace.Keys.DeleteAsync("a");
        set = await MakeEqualAsync(keyspace);
        Assert.Equal(3, await set.CountAsync(MemberRange.AtLeast("c")));
        Assert.Equal(1, await set.CountAsync(MemberRange.StartingWith("c")));
    });

    [Fact]
    public Task Scores_of_several_members_come_in_their_order() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);

        Assert.Equal([8, null, 1, 8], await set.GetScoresAsync(["e", "missing", "a", "e"]));
        Assert.Equal([null], await keyspace.SortedSet("missing").GetScoresAsync(["a"]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await set.GetScoresAsync([]));
    });

    [Fact]
    public Task A_rank_is_how_many_come_before() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);

        Assert.Equal(0, await set.GetRankAsync("a"));
        Assert.Equal(2, await set.GetRankAsync("c"));
        Assert.Equal(4, await set.GetRankAsync("a", Order.Descending));
        Assert.Null(await set.GetRankAsync("missing"));
        Assert.Equal(new SortedSetRank(3, 4), await set.GetRankAndScoreAsync("d"));
        Assert.Equal(new SortedSetRank(1, 4), await set.GetRankAndScoreAsync("d", Order.Descending));
        Assert.Null(await set.GetRankAndScoreAsync("missing"));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error_and_stays_as_it_is() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");
        var set = keyspace.SortedSet("a");

        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await set.AddAsync("x", 1));
        Assert.Equal((KeyType.String, KeyType.SortedSet), (error.Actual, error.Expected));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.IncrementAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.RemoveAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.CountAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.GetScoreAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.GetRankAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.GetRangeAsync(..));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.StoreRangeAsync("b", ..));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.PopAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.GetRandomAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.ScanPageAsync(0));
        Assert.Equal("x", await TextAsync(keyspace, "a"));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error_also_to_those_who_ask_it_for_nothing() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.SortedSet("a").GetRandomAsync(0));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.SortedSet("a").GetRangeAsync(ScoreRange.Between(2, 1)));
    });
}
