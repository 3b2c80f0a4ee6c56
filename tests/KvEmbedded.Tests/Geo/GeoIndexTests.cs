namespace KvEmbedded.Tests.Geo;

public sealed class GeoIndexTests
{
    private readonly Keyspace keyspace = new();

    private IGeoIndex Index => keyspace.GeoIndex("a");

    [Theory]
    [InlineData(180.0000001, 0, "longitude", "A longitude is between -180 and 180 degrees. Check that longitude comes first.")]
    [InlineData(-181, 0, "longitude", "A longitude is between -180 and 180 degrees. Check that longitude comes first.")]
    [InlineData(double.NaN, 0, "longitude", "A longitude is between -180 and 180 degrees. Check that longitude comes first.")]
    [InlineData(0, 85.05112879, "latitude", "A latitude is between -85.05112878 and 85.05112878 degrees. Check that longitude comes first.")]
    [InlineData(0, -90, "latitude", "A latitude is between -85.05112878 and 85.05112878 degrees. Check that longitude comes first.")]
    public void A_place_outside_the_world_is_refused(double longitude, double latitude, string name, string text)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new GeoPoint(longitude, latitude));
        Assert.Equal(name, error.ParamName);
        Assert.StartsWith(text, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.MaxValue)]
    public void A_size_is_a_number_from_zero_up(double size)
    {
        Assert.StartsWith(
            "A radius is a number from 0 up, and not infinite.",
            Assert.Throws<ArgumentOutOfRangeException>(() => GeoArea.Circle(size)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "A width is a number from 0 up, and not infinite.",
            Assert.Throws<ArgumentOutOfRangeException>(() => GeoArea.Box(size, 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "A height is a number from 0 up, and not infinite.",
            Assert.Throws<ArgumentOutOfRangeException>(() => GeoArea.Box(1, size)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_refused_before_anything_happens()
    {
        Assert.StartsWith(
            "A search returns at least 1 member. Leave it null for all.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new GeoSearchOptions { CountMax = 0 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeoSearchOptions { Order = (GeoOrder)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => GeoArea.Circle(1, (GeoUnit)9));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Index.GetDistanceAsync("x", "y", (GeoUnit)9));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Index.AddAsync("x", default, (SetWhen)9));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Index.AddAsync([]));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Index.AddAsync(null!));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Index.GetPositionsAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Index.GetHashesAsync([]));
        Assert.Equal(0, await keyspace.Keys.CountAsync());
    }

    [Fact]
    public async Task Its_events_are_those_of_sorted_sets()
    {
        using var events = keyspace.SubscribeToEvents();
        await Index.AddAsync("x", new GeoPoint(1, 1));
        await Index.StoreSearchAsync("b", "x", GeoArea.Circle(1));
        await Index.RemoveAsync("x");

        var seen = new List<string>();
        await foreach (var change in events)
        {
            seen.Add($"{change.Key} {change.Kind}");
            if (seen.Count == 4) break;
        }

        Assert.Equal(["a SortedSetAdded", "b SortedSetStored", "a SortedSetRemoved", "a Deleted"], seen);
    }

    [Fact]
    public async Task A_failed_transaction_takes_back_what_was_added_moved_and_stored()
    {
        await Index.AddAsync("x", new GeoPoint(1, 1));
        var before = await Index.GetPositionAsync("x");

        await Assert.ThrowsAsync<InvalidOperationException>(() => keyspace.TransactAsync(async tx =>
        {
            var index = tx.GeoIndex("a");
            await index.AddAsync([new("x", new GeoPoint(2, 2)), new("y", new GeoPoint(3, 3))]);
            Assert.Equal(2, await index.StoreSearchAsync("b", "x", GeoArea.Circle(1_000, GeoUnit.Kilometers)));
            throw new InvalidOperationException();
        }).AsTask());

        Assert.Equal((before, 1, false), (await Index.GetPositionAsync("x"), await Index.CountAsync(), await keyspace.SortedSet("b").ExistsAsync()));
    }

    [Fact]
    public async Task Sizes_of_an_area_are_told()
    {
        var (circle, box) = (GeoArea.Circle(5, GeoUnit.Miles), GeoArea.Box(2, 3, GeoUnit.Feet));

        Assert.Equal((false, 10, 10, GeoUnit.Miles), (circle.IsBox, circle.Width, circle.Height, circle.Unit));
        Assert.Equal((true, 2, 3, GeoUnit.Feet), (box.IsBox, box.Width, box.Height, box.Unit));
        await Index.AddAsync(new GeoEntry[] { new("x", default) });
        Assert.Equal(
            new GeoMatch("x", 0, new GeoPoint(0.0000026822090148925781, 0.0000012673605800000001), 3377699720527872).Hash,
            Assert.Single(await Index.SearchAsync("x", box)).Hash);
    }
}
