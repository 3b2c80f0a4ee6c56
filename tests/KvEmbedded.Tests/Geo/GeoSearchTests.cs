using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using KvEmbedded.Geo;

namespace KvEmbedded.Tests.Geo;

/// <summary>A search finds exactly what looking at every member finds.</summary>
public sealed class GeoSearchTests
{
    private const double Half = Math.PI * Sphere.RadiusMeters;

    private static readonly double[] Longitudes = [-180, -179.9999999, -179.99, -90, -1, -0.0000001, 0, 0.0000001, 1, 45, 90, 135, 179.99, 179.9999999, 180];
    private static readonly double[] Latitudes = [-85.05112878, -85.05, -80, -60, -30, -0.0000001, 0, 0.0000001, 30, 60, 66.6, 80, 85.05, 85.0511287, 85.05112878];
    private static readonly double[] Sizes = [0, 0.1, 1, 1_000, 100_000, 600_000, 3_000_000, 9_000_000, Half / 2, 15_000_000, Half - 1, Half, 30_000_000, 1e12];

    // Every centre and size of the edges of the world, over members on all of them.
    [Fact]
    public async Task At_the_edges_of_the_world_nothing_is_missed()
    {
        await using var keyspace = new Keyspace();
        var index = keyspace.GeoIndex("a");
        var members = Longitudes.SelectMany(longitude => Latitudes.Select(latitude => new GeoPoint(longitude, latitude)))
            .Select((position, i) => new GeoEntry(i, position)).ToArray();
        await index.AddAsync(members);

        foreach (var center in members.Select(member => member.Position))
        {
            foreach (var size in Sizes)
            {
                await CompareAsync(index, members, center, GeoArea.Circle(size));
                await CompareAsync(index, members, center, GeoArea.Box(size * 2, size * 2));
                await CompareAsync(index, members, center, GeoArea.Box(size, 2e7));
                await CompareAsync(index, members, center, GeoArea.Box(4e7, size));
            }
        }
    }

    // Members and centres from a swarm, a world or a strip; sizes over ten orders of magnitude.
    [Property(MaxTest = 300)]
    public Property A_search_is_a_look_at_every_member() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var (middle, spread) = (At(random, 1), Math.Pow(10, random.Next(-5, 1)));
            using var keyspace = new Keyspace();
            var index = keyspace.GeoIndex("a");
            var members = Enumerable.Range(0, random.Next(1, 600)).Select(i => new GeoEntry(i, Near(random, middle, spread))).ToArray();
            _ = index.AddAsync(members);
            for (var i = 0; i < 10; i++)
            {
                var center = Near(random, middle, spread);
                var size = Half * spread * Math.Pow(10, -3 * random.NextDouble()) * 2;
                var area = random.Next(2) == 0 ? GeoArea.Circle(size) : GeoArea.Box(size, size * random.NextDouble() * 3);
                CompareAsync(index, members, center, area).GetAwaiter().GetResult();
            }
        });

    [Property(MaxTest = 100)]
    public void A_cover_is_in_order_and_apart_and_not_too_long(int longitude, int latitude, byte size)
    {
        var cover = GeoCover.Of(new GeoPoint(longitude % 180, latitude % 85), GeoArea.Circle(Math.Pow(10, size % 9)));

        Assert.InRange(cover.Count, 1, 130);
        Assert.All(cover, interval => Assert.True(interval.Start < interval.End));
        Assert.All(cover.Zip(cover.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
    }

    [Theory]
    [InlineData(GeoOrder.None)]
    [InlineData(GeoOrder.Nearest)]
    [InlineData(GeoOrder.Farthest)]
    public async Task The_first_few_are_the_first_of_all(GeoOrder order)
    {
        await using var keyspace = new Keyspace();
        var (index, random) = (keyspace.GeoIndex("a"), new Random(1));
        await index.AddAsync(Enumerable.Range(0, 20_000).Select(i => new GeoEntry(i, At(random, 0.1))).ToArray());
        var (center, area) = (new GeoPoint(1, 1), GeoArea.Circle(2_000, GeoUnit.Kilometers));
        var all = await index.SearchAsync(center, area, new GeoSearchOptions { Order = order == GeoOrder.None ? GeoOrder.Nearest : order });
        Assert.InRange(all.Length, 5_000, 20_000);

        foreach (var count in new[] { 1, 7, 100, 5_000, 100_000 })
        {
            var options = new GeoSearchOptions { Order = order, CountMax = count };
            Assert.Equal(all.Take(count), await index.SearchAsync(center, area, options));
            var any = await index.SearchAsync(center, area, options with { AnyWillDo = true });
            Assert.Equal(Math.Min(count, all.Length), any.Length);
            Assert.Empty(any.Except(all));
        }
    }

    [Fact]
    public async Task Who_is_equally_far_comes_in_the_order_of_the_set()
    {
        await using var keyspace = new Keyspace();
        var index = keyspace.GeoIndex("a");
        await index.AddAsync(new[] { "c", "a", "b" }.Select(name => new GeoEntry(name, new GeoPoint(1, 1))).ToArray());

        foreach (var order in Enum.GetValues<GeoOrder>())
        {
            var matches = await index.SearchAsync("a", GeoArea.Circle(0), new GeoSearchOptions { Order = order });
            Assert.Equal(["a", "b", "c"], matches.Select(match => match.Member.ToString()));
        }
    }

    [Fact]
    public async Task A_long_search_begins_again_when_the_index_changes_and_shows_one_moment()
    {
        const int Members = 30_000;
        await using var keyspace = new Keyspace();
        var (index, random) = (keyspace.GeoIndex("a"), new Random(1));
        await index.AddAsync(Enumerable.Range(0, Members).Select(i => new GeoEntry(i, At(random, 0.01))).ToArray());
        using var stop = new CancellationTokenSource();

        // Two members change places in one step: at any moment one of them is far away.
        var (here, there) = (new GeoPoint(0, 0), new GeoPoint(100, 50));
        await index.AddAsync([new("x", here), new("y", there)]);
        var mover = Task.Run(async () =>
        {
            for (var turn = 0; !stop.IsCancellationRequested; turn++)
                await index.AddAsync(turn % 2 == 0 ? [new("x", there), new("y", here)] : [new("x", here), new("y", there)]);
        });

        for (var i = 0; i < 30; i++)
        {
            var matches = await index.SearchAsync(here, GeoArea.Circle(1_000, GeoUnit.Kilometers));
            Assert.Equal(Members + 1, matches.Length);
            Assert.Single(matches, match => match.Member == "x" || match.Member == "y");
        }

        await stop.CancelAsync();
        await mover;
    }

    private static async Task CompareAsync(IGeoIndex index, GeoEntry[] members, GeoPoint center, GeoArea area)
    {
        var expected = members.Where(member => IsIn(Kept(member.Position), center, area))
            .Select(member => (long)member.Member).Order();
        var found = (await index.SearchAsync(center, area)).Select(match => (long)match.Member).Order().ToArray();
        if (!expected.SequenceEqual(found))
            Assert.Fail($"Around {center}, {area}: missing {string.Join(' ', expected.Except(found))}, too much {string.Join(' ', found.Except(expected))}");
    }

    /// <summary>Where a place is kept: on the limits a score has not all of a geohash's bits.</summary>
    private static GeoPoint Kept(GeoPoint place) => Geohash.Decode(Geohash.OfScore(Geohash.Encode(place)));

    private static bool IsIn(GeoPoint place, GeoPoint center, GeoArea area) => area.IsBox
        ? Sphere.AlongMeridian(place.Latitude, center.Latitude) <= area.Height / 2
            && Sphere.Distance(place.Longitude, place.Latitude, center.Longitude, place.Latitude) <= area.Width / 2
        : Sphere.Distance(center, place) <= area.Width / 2;

    private static GeoPoint At(Random random, double spread) =>
        new(((random.NextDouble() * 360) - 180) * spread, ((random.NextDouble() * 170) - 85) * spread);

    private static GeoPoint Near(Random random, GeoPoint middle, double spread)
    {
        var longitude = middle.Longitude + ((random.NextDouble() - 0.5) * 360 * spread);
        var latitude = middle.Latitude + ((random.NextDouble() - 0.5) * 180 * spread);
        return new GeoPoint(longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude, Math.Clamp(latitude, -85, 85));
    }
}
