namespace KvEmbedded.Geo;

/// <summary>
/// Distances on a sphere by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984),
/// in the order of operations and with the radius of Redis, so that answers are the same.
/// </summary>
internal static class Sphere
{
    public const double RadiusMeters = 6372797.560856;

    private const double RadiansPerDegree = Math.PI / 180.0;

    public static double Radians(double degrees) => degrees * RadiansPerDegree;

    public static double Degrees(double radians) => radians / RadiansPerDegree;

    public static double MetersIn(GeoUnit unit) => unit switch
    {
        GeoUnit.Kilometers => 1000,
        GeoUnit.Miles => 1609.34,
        GeoUnit.Feet => 0.3048,
        _ => 1,
    };

    /// <summary>Along the surface, in metres.</summary>
    public static double Distance(GeoPoint from, GeoPoint to) => Distance(from.Longitude, from.Latitude, to.Longitude, to.Latitude);

    /// <inheritdoc cref="Distance(GeoPoint, GeoPoint)"/>
    public static double Distance(double longitude1, double latitude1, double longitude2, double latitude2)
    {
        var v = Math.Sin((Radians(longitude2) - Radians(longitude1)) / 2);
        if (v == 0) return AlongMeridian(latitude1, latitude2);

        var (from, to) = (Radians(latitude1), Radians(latitude2));
        var u = Math.Sin((to - from) / 2);
        var a = (u * u) + (Math.Cos(from) * Math.Cos(to) * v * v);
        return 2.0 * RadiusMeters * Math.Asin(Math.Sqrt(Math.Min(a, 1)));
    }

    /// <summary>Between two parallels, in metres.</summary>
    public static double AlongMeridian(double latitude1, double latitude2) =>
        RadiusMeters * Math.Abs(Radians(latitude2) - Radians(latitude1));
}
