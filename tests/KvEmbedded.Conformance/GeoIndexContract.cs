namespace KvEmbedded.Conformance;

/// <summary><see cref="IGeoIndex"/>.</summary>
public abstract class GeoIndexContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly GeoPoint Palermo = new(13.361389, 38.115556);
    private static readonly GeoPoint Catania = new(15.087269, 37.502669);
    private static readonly GeoPoint Rome = new(12.496366, 41.902782);

    /// <summary>Palermo and Catania, 166 km apart, and Rome, 426 km from Palermo.</summary>
    private static async ValueTask<IGeoIndex> MakeAsync(IKeyspace keyspace)
    {
        var index = keyspace.GeoIndex("a");
        await index.AddAsync([new("palermo", Palermo), new("catania", Catania), new("rome", Rome)]);
        return index;
    }

    private static string Names(GeoMatch[] matches) => string.Join(' ', matches.Select(match => match.Member.ToString()));

    private static string Sorted(GeoMatch[] matches) => string.Join(' ', matches.Select(match => match.Member.ToString()).Order(StringComparer.Ordinal));

    [Fact]
    public Task Adding_a_member_again_moves_it() => RunAsync(async keyspace =>
    {
        var index = keyspace.GeoIndex("a");

        Assert.True(await index.AddAsync("x", Rome));
        Assert.False(await index.AddAsync("x", Palermo));
        Assert.False(await index.AddAsync("x", Rome, SetWhen.Missing));
        Assert.False(await index.AddAsync("y", Rome, SetWhen.Present));

        Assert.Equal(1, await index.CountAsync());
        Assert.Equal("x", Names(await index.SearchAsync(Palermo, GeoArea.Circle(1))));
    });

    [Fact]
    public Task Adding_several_counts_the_new_ones_or_also_the_moved_ones() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);

        Assert.Equal(1, await index.AddAsync([new("rome", Palermo), new("palermo", Palermo), new("new", Rome)]));
        Assert.Equal(2, await index.AddAsync([new("rome", Rome), new("palermo", Palermo), new("newer", Rome)], count: AddCount.Changed));
        Assert.Equal(1, await index.AddAsync([new("rome", Palermo), new("newest", Rome)], SetWhen.Present, AddCount.Changed));
        Assert.Equal(5, await index.CountAsync());
        Assert.True(await index.RemoveAsync("new"));
        Assert.False(await index.RemoveAsync("new"));
        Assert.Equal(2, await index.RemoveAsync(["newer", "new", "rome"]));
    });

    [Fact]
    public Task A_place_is_kept_to_half_a_metre_and_what_is_missing_has_none() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);

        var position = (await index.GetPositionAsync("palermo"))!.Value;
        Assert.Equal((13.36138933897018433, 38.11555639549629859), (position.Longitude, position.Latitude));
        Assert.Equal([position, null], await index.GetPositionsAsync(["palermo", "x"]));
        Assert.Null(await index.GetPositionAsync("x"));
        Assert.Null(await keyspace.GeoIndex("missing").GetPositionAsync("x"));
    });

    [Fact]
    public Task Geohashes_are_the_public_ones() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);

        Assert.Equal("sqc8b49rny0", await index.GetHashAsync("palermo"));
        Assert.Equal(["sqdtr74hyu0", null], await index.GetHashesAsync(["catania", "x"]));
        Assert.Null(await index.GetHashAsync("x"));
    });

    [Fact]
    public Task Distances_come_in_any_unit() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);

        Assert.Equal(166274.1516, (await index.GetDistanceAsync("palermo", "catania"))!.Value, 4);
        Assert.Equal(166.2742, (await index.GetDistanceAsync("palermo", "catania", GeoUnit.Kilometers))!.Value, 4);
        Assert.Equal(103.3182, (await index.GetDistanceAsync("palermo", "catania", GeoUnit.Miles))!.Value, 4);
        Assert.Equal(545518.8700, (await index.GetDistanceAsync("palermo", "catania", GeoUnit.Feet))!.Value, 4);
        Assert.Equal(0, await index.GetDistanceAsync("palermo", "palermo"));
        Assert.Null(await index.GetDistanceAsync("palermo", "x"));
        Assert.Null(await index.GetDistanceAsync("x", "palermo"));
    });

    [Fact]
    public Task A_search_looks_around_a_place_or_a_member() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);
        var nearest = new GeoSearchOptions { Order = GeoOrder.Nearest };

        Assert.Equal("catania palermo", Sorted(await index.SearchAsync(new GeoPoint(15, 37), GeoArea.Circle(200, GeoUnit.Kilometers))));
        Assert.Equal("catania palermo", Names(await index.SearchAsync(new GeoPoint(15, 37), GeoArea.Circle(200, GeoUnit.Kilometers), nearest)));
        Assert.Equal("palermo catania", Names(await index.SearchAsync("palermo", GeoArea.Circle(200, GeoUnit.Kilometers), nearest)));
        Assert.Equal(
            "rome catania palermo",
            Names(await index.SearchAsync("palermo", GeoArea.Circle(1000, GeoUnit.Miles), new GeoSearchOptions { Order = GeoOrder.Farthest })));
        Assert.Empty(await index.SearchAsync("x", GeoArea.Circle(1000)));
        Assert.Empty(await keyspace.GeoIndex("missing").SearchAsync("x", GeoArea.Circle(1000)));
        Assert.Empty(await keyspace.GeoIndex("missing").SearchAsync(Rome, GeoArea.Circle(1000)));
    });

    [Fact]
    public Task A_box_is_as_wide_and_as_high_as_it_says() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);

        Assert.Equal("catania palermo", Sorted(await index.SearchAsync(new GeoPoint(15, 37), GeoArea.Box(400, 400, GeoUnit.Kilometers))));
        Assert.Equal("catania", Sorted(await index.SearchAsync(new GeoPoint(15, 37), GeoArea.Box(200, 400, GeoUnit.Kilometers))));
        Assert.Equal("catania", Sorted(await index.SearchAsync(new GeoPoint(15, 37), GeoArea.Box(400, 200, GeoUnit.Kilometers))));
    });

    [Fact]
    public Task A_match_tells_distance_place_and_hash() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);

        var match = Assert.Single(await index.SearchAsync(new GeoPoint(15, 37), GeoArea.Circle(100, GeoUnit.Kilometers)));
        Assert.Equal("catania", match.Member);
        Assert.Equal(56.4413, match.Distance, 4);
        Assert.Equal(await index.GetPositionAsync("catania"), match.Position);
        Assert.Equal(await keyspace.SortedSet("a").GetScoreAsync("catania"), match.Hash);
        Assert.Equal(3479447370796909, match.Hash);
    });

    [Fact]
    public Task A_search_may_be_for_the_first_few_or_for_any_few() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);
        var world = GeoArea.Circle(20_000, GeoUnit.Kilometers);

        Assert.Equal("palermo catania", Names(await index.SearchAsync("palermo", world, new GeoSearchOptions { CountMax = 2 })));
        Assert.Equal("rome", Names(await index.SearchAsync("palermo", world, new GeoSearchOptions { CountMax = 1, Order = GeoOrder.Farthest })));
        Assert.Equal(2, (await index.SearchAsync("palermo", world, new GeoSearchOptions { CountMax = 2, AnyWillDo = true })).Length);
    });

    [Fact]
    public Task Any_will_do_only_if_it_is_said_how_many() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);
        var (around, any) = (GeoArea.Circle(200, GeoUnit.Kilometers), new GeoSearchOptions { AnyWillDo = true });
        await keyspace.Strings.SetAsync("b", "v");

        await Assert.ThrowsAsync<ArgumentException>("options", async () => await index.SearchAsync(Rome, around, any));
        await Assert.ThrowsAsync<ArgumentException>("options", async () => await index.SearchAsync("palermo", around, any));
        await Assert.ThrowsAsync<ArgumentException>("options", async () => await index.StoreSearchAsync("b", Rome, around, any));
        await Assert.ThrowsAsync<ArgumentException>("options", async () => await index.StoreSearchAsync("b", "palermo", around, any));
        Assert.Equal("v", (await keyspace.Strings.GetAsync("b")).ToString());
    });

    [Fact]
    public Task A_result_can_be_stored_with_hashes_or_distances() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);
        var around = GeoArea.Circle(200, GeoUnit.Kilometers);

        Assert.Equal(2, await index.StoreSearchAsync("b", new GeoPoint(15, 37), around));
        Assert.Equal(await index.GetPositionAsync("palermo"), await keyspace.GeoIndex("b").GetPositionAsync("palermo"));
        Assert.Equal(1, await index.StoreSearchAsync("b", "palermo", around, new GeoSearchOptions { CountMax = 1, Order = GeoOrder.Farthest, StoresDistances = true }));
        Assert.Equal(166.2742, (await keyspace.SortedSet("b").GetScoreAsync("catania"))!.Value, 4);
        Assert.Null(await index.StoreSearchAsync("b", "x", around));
        Assert.Equal(1, await keyspace.SortedSet("b").CountAsync());
        Assert.Equal(0, await index.StoreSearchAsync("b", new GeoPoint(0, 0), around));
        Assert.False(await keyspace.SortedSet("b").ExistsAsync());

        await keyspace.Strings.SetAsync("b", "v");
        Assert.Equal(0, await keyspace.GeoIndex("missing").StoreSearchAsync("b", "palermo", around));
        Assert.False(await keyspace.SortedSet("b").ExistsAsync());
    });

    [Fact]
    public Task It_is_a_sorted_set() => RunAsync(async keyspace =>
    {
        var index = await MakeAsync(keyspace);

        Assert.Equal(KeyType.SortedSet, await keyspace.Keys.GetTypeAsync("a"));
        Assert.Equal(3479099956230698, await keyspace.SortedSet("a").GetScoreAsync("palermo"));
        await keyspace.Strings.SetAsync("s", "v");
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.GeoIndex("s").AddAsync("x", Rome));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.GeoIndex("s").SearchAsync(Rome, GeoArea.Circle(1)));
        await index.RemoveAsync(["palermo", "catania", "rome"]);
        Assert.False(await index.ExistsAsync());
    });
}
