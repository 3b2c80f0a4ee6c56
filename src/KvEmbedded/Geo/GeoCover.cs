namespace KvEmbedded.Geo;

/// <summary>
/// Intervals of geohashes that hold every member of an area, and little else: the area's bounds in degrees, cut into at most
/// 64 cells on either side of the date line, whose numbers are joined where they follow each other.
/// </summary>
/// <remarks>
/// Bounds: a circle of angle d around latitude p reaches asin(sin d / cos p) to east and west, and everywhere once it holds a
/// pole (I. N. Bronstein et al., "Handbook of Mathematics", spherical right triangles). A box is widest where its parallel is
/// shortest. They are widened by more than all rounding of distances, and by a cell; the distance itself decides later.
/// </remarks>
internal static class GeoCover
{
    private const int CellsMax = 64;

    // About 0.6 m: more than the formula loses near the antipode, where the arc sine is steep.
    private const double Slack = 1e-7;

    /// <summary>The intervals, each from its first number up to the second, not included; lowest first, none touching another.</summary>
    public static List<(ulong Start, ulong End)> Of(GeoPoint center, GeoArea area)
    {
        var (south, north, reach) = Bounds(center, area);
        var (low, high) = (Row(south) - 1, Row(north) + 1);
        var cells = new List<(ulong, ulong)>();
        var (west, east) = (center.Longitude - reach, center.Longitude + reach);
        if (reach >= 180)
        {
            AddCells(cells, (-1, Geohash.Cells), (low, high));
        }
        else
        {
            AddCells(cells, (Column(west) - 1, Column(east) + 1), (low, high));
            if (west < -180) AddCells(cells, (Column(west + 360) - 1, Geohash.Cells), (low, high));
            if (east > 180) AddCells(cells, (-1, Column(east - 360) + 1), (low, high));
        }

        // The limits' own numbers, which follow no cell.
        cells.Add((Geohash.End, ulong.MaxValue));
        return Joined(cells);
    }

    /// <summary>The lowest and the highest latitude, and how far to east and west, in degrees.</summary>
    private static (double South, double North, double Reach) Bounds(GeoPoint center, GeoArea area)
    {
        var unit = Sphere.MetersIn(area.Unit);
        var up = (area.Height / 2 * unit / Sphere.RadiusMeters * (1 + 1e-9)) + Slack;
        var latitude = Sphere.Radians(center.Latitude);
        var farthest = Math.Abs(latitude) + up;
        var sine = area.IsBox
            ? Math.Sin(Math.Min((area.Width / 4 * unit / Sphere.RadiusMeters) + Slack, Math.PI / 2)) / Math.Cos(Math.Min(farthest, Edge))
            : farthest < Math.PI / 2 ? Math.Sin(up) / Math.Cos(latitude) : 1;
        var reach = sine >= 1 ? Math.PI : (area.IsBox ? 2 : 1) * Math.Asin(sine);
        return (center.Latitude - Sphere.Degrees(up), center.Latitude + Sphere.Degrees(up), Sphere.Degrees(reach + Slack));
    }

    /// <summary>Above the highest latitude of an index, in radians.</summary>
    private static double Edge => Sphere.Radians(GeoPoint.LatitudeMax + 0.001);

    private static void AddCells(List<(ulong, ulong)> cells, (double First, double Last) columns, (double First, double Last) rows)
    {
        var (left, right) = (Clamped(columns.First), Clamped(columns.Last));
        var (bottom, top) = (Clamped(rows.First), Clamped(rows.Last));
        var shift = 0;
        while ((long)((right >> shift) - (left >> shift) + 1) * ((top >> shift) - (bottom >> shift) + 1) > CellsMax) shift++;
        for (var column = left >> shift; column <= right >> shift; column++)
        {
            for (var row = bottom >> shift; row <= top >> shift; row++)
            {
                var number = Geohash.OfCell(column, row);
                cells.Add((number << (2 * shift), (number + 1) << (2 * shift)));
            }
        }
    }

    private static uint Clamped(double cell) => (uint)Math.Clamp(cell, 0, Geohash.Cells - 1);

    private static double Column(double longitude) => Math.Floor(Geohash.InCells(longitude, GeoPoint.LongitudeMax));

    private static double Row(double latitude) => Math.Floor(Geohash.InCells(latitude, GeoPoint.LatitudeMax));

    private static List<(ulong, ulong)> Joined(List<(ulong Start, ulong End)> cells)
    {
        cells.Sort();
        var joined = new List<(ulong Start, ulong End)>();
        foreach (var cell in cells)
        {
            if (joined.Count > 0 && joined[^1].End >= cell.Start) joined[^1] = (joined[^1].Start, Math.Max(joined[^1].End, cell.End));
            else joined.Add(cell);
        }

        return joined;
    }
}
