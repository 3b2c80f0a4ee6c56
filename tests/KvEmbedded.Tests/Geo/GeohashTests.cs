using FsCheck.Xunit;
using KvEmbedded.Geo;

namespace KvEmbedded.Tests.Geo;

public sealed class GeohashTests
{
    // What GEOADD and ZSCORE, GEOPOS, GEOHASH of Redis 7.0 answer.
    [Theory]
    [InlineData(13.361389, 38.115556, 3479099956230698, "sqc8b49rny0")]
    [InlineData(0, 0, 3377699720527872, "s0000000000")]
    [InlineData(-180, -85.05112878, 0, "00bh0hbj200")]
    [InlineData(180, 85.05112878, 13510798882111488, "bp05b5048p0")]
    [InlineData(180, 0, 10133099161583616, "80000000000")]
    public void Numbers_and_texts_are_those_of_Redis(double longitude, double latitude, long hash, string text)
    {
        Assert.Equal(hash, (long)Geohash.Encode(new GeoPoint(longitude, latitude)));
        Assert.Equal(text, Geohash.Text((ulong)hash));
    }

    [Theory]
    [InlineData(57.64911, 10.40744, "u4pruydqqvj")]
    [InlineData(-25.382708, -49.265506, "6gkzwgjzn82")]
    public void Texts_are_those_of_the_public_form_but_for_the_last_character(double latitude, double longitude, string text) =>
        Assert.Equal(text[..10], Geohash.Text(Geohash.Encode(new GeoPoint(longitude, latitude)))[..10]);

    // Bits in turns: the naive way, bit by bit.
    [Property]
    public void A_cell_is_its_column_and_row_bit_by_bit(uint column, uint row)
    {
        ulong expected = 0;
        for (var bit = 0; bit < 32; bit++)
            expected |= ((ulong)((column >> bit) & 1) << ((2 * bit) + 1)) | ((ulong)((row >> bit) & 1) << (2 * bit));

        Assert.Equal(expected, Geohash.OfCell(column, row));
    }

    [Property]
    public void A_place_comes_back_to_half_a_cell_and_its_cell_to_itself(uint column, uint row)
    {
        var point = new GeoPoint((column / 4294967295.0 * 360) - 180, Math.Clamp((row / 4294967295.0 * 170.10225756) - 85.05112878, -85.05112878, 85.05112878));
        var hash = Geohash.Encode(point);
        var middle = Geohash.Decode(hash);

        Assert.InRange(Math.Abs(middle.Longitude - point.Longitude), 0, 180.000001 / Geohash.Cells);
        Assert.InRange(Math.Abs(middle.Latitude - point.Latitude), 0, 85.0512 / Geohash.Cells);
        if (hash < Geohash.End) Assert.Equal(hash, Geohash.Encode(middle));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    [InlineData(18446744073709551615.0)]
    public void Any_score_stands_for_some_place(double score) =>
        Assert.InRange(Math.Abs(Geohash.Decode(Geohash.OfScore(score)).Longitude), 0, 180);

    // A quarter of a great circle, half of one, and the radius of the sphere.
    [Fact]
    public void Distances_on_the_sphere_are_what_geometry_says()
    {
        var quarter = Math.PI / 2 * Sphere.RadiusMeters;
        Assert.Equal(quarter, Sphere.Distance(0, 0, 90, 0), 3);
        Assert.Equal(2 * quarter, Sphere.Distance(-90, 0, 90, 0), 3);
        Assert.Equal(2 * quarter, Sphere.Distance(-180, 60, 0, -60), 3);
        Assert.Equal(quarter, Sphere.Distance(7, -45, 7, 45), 3);
        Assert.Equal(0, Sphere.Distance(180, 10, -180, 10), 6);
        Assert.Equal(Sphere.Distance(1, 2, 3, 4), Sphere.Distance(3, 4, 1, 2), 6);
    }
}
