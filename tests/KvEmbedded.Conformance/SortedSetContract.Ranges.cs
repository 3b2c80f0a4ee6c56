namespace KvEmbedded.Conformance;

public abstract partial class SortedSetContract<TBackend>
{
    [Fact]
    public Task A_range_of_ranks_counts_from_either_end() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);

        Assert.Equal("a=1 b=2", Text(await set.GetRangeAsync(..2)));
        Assert.Equal("d=4 e=8", Text(await set.GetRangeAsync(^2..)));
        Assert.Equal("e=8 d=4", Text(await set.GetRangeAsync(..2, Order.Descending)));
        Assert.Equal("b=2 c=2 d=4", Text(await set.GetRangeAsync(1..^1)));
        Assert.Equal("e=8", Text(await set.GetRangeAsync(4..100)));
        Assert.Empty(await set.GetRangeAsync(3..2));
        Assert.Empty(await keyspace.SortedSet("missing").GetRangeAsync(..));
    });

    [Fact]
    public Task A_range_of_scores_comes_in_either_order_and_in_parts() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);

        Assert.Equal("b=2 c=2 d=4", Text(await set.GetRangeAsync(ScoreRange.Between(2, 4))));
        Assert.Equal("d=4 c=2 b=2", Text(await set.GetRangeAsync(ScoreRange.Between(2, 4), Order.Descending)));
        Assert.Equal("c=2", Text(await set.GetRangeAsync(ScoreRange.AtLeast(2), skip: 1, take: 1)));
        Assert.Equal("d=4 c=2", Text(await set.GetRangeAsync(ScoreRange.All, Order.Descending, 1, 2)));
        Assert.Empty(await set.GetRangeAsync(ScoreRange.All, skip: 5));
        Assert.Empty(await set.GetRangeAsync(ScoreRange.All, take: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await set.GetRangeAsync(ScoreRange.All, skip: -1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await set.GetRangeAsync(ScoreRange.All, take: -1));
    });

    [Fact]
    public Task A_range_of_members_comes_in_either_order_and_in_parts() => RunAsync(async keyspace =>
    {
        var set = await MakeEqualAsync(keyspace);

        Assert.Equal("b=0 c=0", Text(await set.GetRangeAsync(MemberRange.AtLeast("b").AndBelow("d"))));
        Assert.Equal("e=0 d=0", Text(await set.GetRangeAsync(MemberRange.Above("c"), Order.Descending)));
        Assert.Equal("c=0", Text(await set.GetRangeAsync(MemberRange.Between("b", "d"), skip: 1, take: 1)));
        Assert.Equal("b=0", Text(await set.GetRangeAsync(MemberRange.AtMost("c"), Order.Descending, 1, 1)));
    });

    [Fact]
    public Task A_range_of_ranks_is_stored() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);
        await keyspace.Strings.SetAsync("b", "whatever", TimeSpan.FromHours(1));

        Assert.Equal(2, await set.StoreRangeAsync("b", ..2, Order.Descending));
        Assert.Equal("d=4 e=8", await AllAsync(keyspace.SortedSet("b")));
        Assert.Null(await keyspace.Keys.GetTimeToLiveAsync("b"));
        Assert.Equal(0, await set.StoreRangeAsync("b", 9..));
        Assert.False(await keyspace.Keys.ExistsAsync("b"));
        Assert.Equal(1, await set.StoreRangeAsync("a", ..1));
        Assert.Equal("a=1", await AllAsync(set));
    });

    [Fact]
    public Task A_range_of_scores_is_stored() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);

        Assert.Equal(4, await set.StoreRangeAsync("b", ScoreRange.AtLeast(2)));
        Assert.Equal(2, await set.StoreRangeAsync("b", ScoreRange.All, new RangePart { Order = Order.Descending, Skip = 1, Take = 2 }));
        Assert.Equal("c=2 d=4", await AllAsync(keyspace.SortedSet("b")));
    });

    [Fact]
    public Task A_range_of_members_is_stored() => RunAsync(async keyspace =>
    {
        var set = await MakeEqualAsync(keyspace);

        Assert.Equal(3, await set.StoreRangeAsync("b", MemberRange.AtLeast("c")));
        Assert.Equal(1, await set.StoreRangeAsync("b", MemberRange.All, new RangePart { Order = Order.Descending, Take = 1 }));
        Assert.Equal("e=0", await AllAsync(keyspace.SortedSet("b")));
    });

    [Fact]
    public Task Entries_are_popped_off_either_end() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);

        Assert.Equal(new SortedSetEntry("a", 1), await set.PopAsync());
        Assert.Equal(new SortedSetEntry("e", 8), await set.PopAsync(SortedSetEnd.Highest));
        Assert.Equal("d=4 c=2", Text(await set.PopAsync(2, SortedSetEnd.Highest)));
        Assert.Empty(await set.PopAsync(0));
        Assert.Equal("b=2", Text(await set.PopAsync(10)));
        Assert.Null(await set.PopAsync());
        Assert.Empty(await set.PopAsync(10));
        Assert.False(await set.ExistsAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await set.PopAsync(-1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await set.PopAsync(waitingTime: TimeSpan.FromSeconds(-5)));
    });

    [Fact]
    public Task Random_picks_are_entries_and_remove_nothing() => RunAsync(async keyspace =>
    {
        var set = await MakeFiveAsync(keyspace);
        var all = await set.GetRangeAsync(..);

        Assert.Contains((await set.GetRandomAsync())!.Value, all);
        Assert.Equal(3, (await set.GetRandomAsync(3)).Distinct().Intersect(all).Count());
        Assert.Equal(5, (await set.GetRandomAsync(100)).Distinct().Intersect(all).Count());
        Assert.Equal(100, (await set.GetRandomAsync(100, RandomPick.Repeated)).Count(all.Contains));
        Assert.Empty(await set.GetRandomAsync(0));
        Assert.Equal(5, await set.CountAsync());
        Assert.Null(await keyspace.SortedSet("missing").GetRandomAsync());
        Assert.Empty(await keyspace.SortedSet("missing").GetRandomAsync(5, RandomPick.Repeated));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await set.GetRandomAsync(-1));
    });

    [Fact]
    public Task A_scan_returns_every_entry_once() => RunAsync(async keyspace =>
    {
        var set = await MakeAsync(keyspace, [.. Enumerable.Range(0, 1_000).Select(i => new SortedSetEntry($"m{i}", i))]);

        var seen = new List<SortedSetEntry>();
        await foreach (var entry in set.ScanAsync(new MemberScan { PageSize = 50 })) seen.Add(entry);
        Assert.Equal(await set.GetRangeAsync(..), seen.OrderBy(entry => entry.Score));

        var (matching, cursor) = (new HashSet<KvValue>(), 0ul);
        do
        {
            var page = await set.ScanPageAsync(cursor, new MemberScan { Pattern = "m?7", PageSize = 100 });
            matching.UnionWith(page.Entries.Select(entry => entry.Member));
            cursor = page.NextCursor;
        }
        while (cursor != 0);
        Assert.Equal(9, matching.Count);
    });
}
