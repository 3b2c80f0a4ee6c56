namespace KvEmbedded;

/// <summary>A place on the earth, in degrees.</summary>
/// <remarks>
/// The limits are those of the Mercator projection of web maps (EPSG:3857): the poles themselves have no place in an index.
/// </remarks>
public readonly record struct GeoPoint
{
    /// <summary>The highest latitude, north or south, in degrees.</summary>
    public const double LatitudeMax = 85.05112878;

    /// <summary>The highest longitude, east or west, in degrees.</summary>
    public const double LongitudeMax = 180;

    /// <summary>The place at a longitude and a latitude, in this order, as Redis has them.</summary>
    /// <param name="longitude">In degrees, east positive. Range -180 to 180.</param>
    /// <param name="latitude">In degrees, north positive. Range -85.05112878 to 85.05112878.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public GeoPoint(double longitude, double latitude)
    {
        Longitude = Require(longitude, LongitudeMax, nameof(longitude));
        Latitude = Require(latitude, LatitudeMax, nameof(latitude));
    }

    /// <summary>In degrees, east positive.</summary>
    public double Longitude { get; }

    /// <summary>In degrees, north positive.</summary>
    public double Latitude { get; }

    private static double Require(double degrees, double max, string name) => Math.Abs(degrees) <= max
        ? degrees
        : throw new ArgumentOutOfRangeException(
            name, degrees, FormattableString.Invariant($"A {name} is between -{max} and {max} degrees. Check that longitude comes first."));
}
