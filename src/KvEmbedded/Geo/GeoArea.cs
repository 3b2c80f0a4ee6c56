using KvEmbedded.Geo;

namespace KvEmbedded;

/// <summary>The shape and size of the area around a centre that a search looks at.</summary>
public readonly record struct GeoArea
{
    private GeoArea(bool isBox, double width, double height, GeoUnit unit)
    {
        IsBox = isBox;
        Width = width;
        Height = height;
        Unit = Require.Named(unit);
    }

    /// <summary>True for a box, false for a circle.</summary>
    public bool IsBox { get; }

    /// <summary>From west to east, in <see cref="Unit"/>; of a circle, the diameter.</summary>
    public double Width { get; }

    /// <summary>From south to north, in <see cref="Unit"/>; of a circle, the diameter.</summary>
    public double Height { get; }

    /// <summary>The unit of the sizes, and of the distances that the search tells.</summary>
    public GeoUnit Unit { get; }

    /// <summary>The radius of a circle in metres.</summary>
    internal double RadiusMeters => Width / 2 * Sphere.MetersIn(Unit);

    /// <summary>All that is at most <paramref name="radius"/> away, along the surface of the earth.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The radius is negative, infinite or NaN.</exception>
    public static GeoArea Circle(double radius, GeoUnit unit = GeoUnit.Meters)
    {
        Size(radius, nameof(radius));
        return new GeoArea(false, radius * 2, radius * 2, unit);
    }

    /// <summary>
    /// All that is at most half the height away along the meridian, and then at most half the width away along its own
    /// parallel's great circle: a box as it looks on the ground, narrower in degrees where meridians are wide apart.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is negative, infinite or NaN.</exception>
    public static GeoArea Box(double width, double height, GeoUnit unit = GeoUnit.Meters) =>
        new(true, Size(width, nameof(width)), Size(height, nameof(height)), unit);

    private static double Size(double size, string name) => size >= 0 && double.IsFinite(size * 2)
        ? size
        : throw new ArgumentOutOfRangeException(name, size, $"A {name} is a number from 0 up, and not infinite.");
}
