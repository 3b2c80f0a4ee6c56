namespace KvEmbedded.Conformance;

/// <summary>What is inside of a list: by index, by range, by what an element is.</summary>
public abstract partial class ListContract<TBackend>
{
    private static ValueTask<IKvList> MakeLettersAsync(IKeyspace keyspace) => MakeAsync(keyspace, "a", "b", "c", "b", "d", "b");

    [Fact]
    public Task An_element_is_read_by_its_index_from_either_end() => RunAsync(async keyspace =>
    {
        var list = await MakeLettersAsync(keyspace);

        Assert.Equal("a", await list.GetAsync(0));
        Assert.Equal("c", await list.GetAsync(2));
        Assert.Equal("b", await list.GetAsync(^1));
        Assert.Equal("a", await list.GetAsync(^6));
        Assert.Null(await list.GetAsync(6));
        Assert.Null(await list.GetAsync(^0));
        Assert.Null(await list.GetAsync(^7));
        Assert.Null(await keyspace.List("missing").GetAsync(0));
        Assert.Equal(0, await keyspace.List("missing").CountAsync());
    });

    [Fact]
    public Task A_range_is_half_open_and_its_ends_may_be_outside() => RunAsync(async keyspace =>
    {
        var list = await MakeLettersAsync(keyspace);

        Assert.Equal("a b", Text(await list.GetRangeAsync(..2)));
        Assert.Equal("d b", Text(await list.GetRangeAsync(^2..)));
        Assert.Equal("b c b d", Text(await list.GetRangeAsync(1..^1)));
        Assert.Equal("a b c b d b", Text(await list.GetRangeAsync(^100..100)));
        Assert.Empty(await list.GetRangeAsync(3..3));
        Assert.Empty(await list.GetRangeAsync(4..2));
        Assert.Empty(await list.GetRangeAsync(6..));
        Assert.Empty(await list.GetRangeAsync(..0));
        Assert.Empty(await keyspace.List("missing").GetRangeAsync(..));
    });

    [Fact]
    public Task An_element_is_replaced_by_its_index() => RunAsync(async keyspace =>
    {
        var list = await MakeLettersAsync(keyspace);

        Assert.True(await list.SetAsync(0, "first"));
        Assert.True(await list.SetAsync(^1, ""));
        Assert.True(await list.SetAsync(2, "C"));
        Assert.Equal("first b C b d ", await AllAsync(list));
        Assert.False(await list.SetAsync(6, "x"));
        Assert.False(await list.SetAsync(^7, "x"));
        Assert.False(await list.SetAsync(^0, "x"));
        Assert.False(await keyspace.List("missing").SetAsync(0, "x"));
        Assert.False(await keyspace.Keys.ExistsAsync("missing"));
        Assert.Equal("first b C b d ", await AllAsync(list));
    });

    [Fact]
    public Task An_element_is_inserted_beside_the_first_that_is_equal() => RunAsync(async keyspace =>
    {
        var list = await MakeLettersAsync(keyspace);

        Assert.Equal(7, await list.InsertAsync("x", ListSide.Before, "b"));
        Assert.Equal(8, await list.InsertAsync("y", ListSide.After, "b"));
        Assert.Equal("a x b y c b d b", await AllAsync(list));
        Assert.Equal(9, await list.InsertAsync("0", ListSide.Before, "a"));
        Assert.Equal(10, await list.InsertAsync("e", ListSide.After, "d"));
        Assert.Null(await list.InsertAsync("x", ListSide.Before, "missing"));
        Assert.Null(await keyspace.List("missing").InsertAsync("x", ListSide.Before, "a"));
        Assert.False(await keyspace.Keys.ExistsAsync("missing"));
        Assert.Equal("0 a x b y c b d e b", await AllAsync(list));
    });

    [Fact]
    public Task Elements_are_removed_by_what_they_are_from_either_end() => RunAsync(async keyspace =>
    {
        var list = await MakeLettersAsync(keyspace);

        Assert.Equal(1, await list.RemoveAsync("b", 1));
        Assert.Equal("a c b d b", await AllAsync(list));
        Assert.Equal(1, await list.RemoveAsync("b", 1, ListEnd.Tail));
        Assert.Equal("a c b d", await AllAsync(list));
        Assert.Equal(0, await list.RemoveAsync("missing"));
        await list.PushAsync(["b", "b"]);
        Assert.Equal(3, await list.RemoveAsync("b"));
        Assert.Equal(3, await list.RemoveAsync("a") + await list.RemoveAsync("c", 5) + await list.RemoveAsync("d", 5, ListEnd.Tail));
        Assert.False(await list.ExistsAsync());
        Assert.Equal(0, await list.RemoveAsync("a"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.RemoveAsync("a", 0));
    });

    [Fact]
    public Task What_is_outside_of_a_range_is_trimmed() => RunAsync(async keyspace =>
    {
        var list = await MakeLettersAsync(keyspace);

        Assert.Equal(0, await list.TrimAsync(..));
        Assert.Equal(2, await list.TrimAsync(1..^1));
        Assert.Equal("b c b d", await AllAsync(list));
        Assert.Equal(1, await list.TrimAsync(^3..));
        Assert.Equal(1, await list.TrimAsync(..2));
        Assert.Equal("c b", await AllAsync(list));
        Assert.Equal(2, await list.TrimAsync(5..9));
        Assert.False(await list.ExistsAsync());
        Assert.Equal(0, await list.TrimAsync(..1));
    });

    [Fact]
    public Task An_element_is_found_from_either_end() => RunAsync(async keyspace =>
    {
        var list = await MakeLettersAsync(keyspace);

        Assert.Equal(1, await list.IndexOfAsync("b"));
        Assert.Equal(5, await list.IndexOfAsync("b", new ListSearch { From = ListEnd.Tail }));
        Assert.Equal(3, await list.IndexOfAsync("b", new ListSearch { Skip = 1 }));
        Assert.Equal(1, await list.IndexOfAsync("b", new ListSearch { From = ListEnd.Tail, Skip = 2 }));
        Assert.Null(await list.IndexOfAsync("b", new ListSearch { Skip = 3 }));
        Assert.Null(await list.IndexOfAsync("c", new ListSearch { ComparisonsMax = 2 }));
        Assert.Equal(2, await list.IndexOfAsync("c", new ListSearch { ComparisonsMax = 3 }));
        Assert.Null(await list.IndexOfAsync("missing"));
        Assert.Null(await keyspace.List("missing").IndexOfAsync("a"));
    });

    [Fact]
    public Task All_that_are_equal_are_found() => RunAsync(async keyspace =>
    {
        var list = await MakeLettersAsync(keyspace);

        Assert.Equal("1 3 5", string.Join(' ', await list.IndexesOfAsync("b")));
        Assert.Equal("1 3", string.Join(' ', await list.IndexesOfAsync("b", 2)));
        Assert.Equal("3 1", string.Join(' ', await list.IndexesOfAsync("b", 2, new ListSearch { From = ListEnd.Tail, Skip = 1 })));
        Assert.Equal("5 3", string.Join(' ', await list.IndexesOfAsync("b", search: new ListSearch { From = ListEnd.Tail, ComparisonsMax = 3 })));
        Assert.Empty(await list.IndexesOfAsync("missing"));
        Assert.Empty(await keyspace.List("missing").IndexesOfAsync("a"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.IndexesOfAsync("b", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListSearch { Skip = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListSearch { ComparisonsMax = 0 });
    });

    [Fact]
    public Task A_long_list_is_read_changed_and_searched_everywhere() => RunAsync(async keyspace =>
    {
        var list = keyspace.List("a");
        await list.PushAsync([.. Enumerable.Range(0, 20_000).Select(static i => (KvValue)i)]);

        Assert.Equal(20_000, (await list.GetRangeAsync(..)).Length);
        Assert.Equal(12_345, await list.GetAsync(12_345));
        Assert.Equal(19_999, await list.IndexOfAsync(19_999));
        Assert.True(await list.SetAsync(10_000, "middle"));
        Assert.Equal(20_001, await list.InsertAsync("x", ListSide.After, "middle"));
        Assert.Equal(1, await list.RemoveAsync(9_999));
        Assert.Equal("9998 middle x 10001", Text(await list.GetRangeAsync(9_998..10_002)));
        Assert.Equal(19_995, await list.TrimAsync(9_997..10_002));
        Assert.Equal("9997 9998 middle x 10001", await AllAsync(list));
    });
}
