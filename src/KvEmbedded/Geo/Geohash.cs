namespace KvEmbedded.Geo;

/// <summary>
/// Places as numbers: longitude and latitude, each halved 26 times, their bits in turns (G. M. Morton, "A Computer Oriented
/// Geodetic Data Base", 1966), so that near places mostly have near numbers. The text form is that of geohash.org
/// (G. Niemeyer, 2008).
/// </summary>
/// <remarks>
/// As in Redis the number spans the latitudes of the Mercator projection, the text all of them. The eastern and northern
/// limits themselves have one bit more than all the rest, in Redis too: such numbers lie beyond <see cref="End"/>.
/// </remarks>
internal static class Geohash
{
    /// <summary>Halvings of each coordinate.</summary>
    public const int Bits = 26;

    /// <summary>Cells in each direction.</summary>
    public const double Cells = 1 << Bits;

    /// <summary>Above all numbers but those of the limits.</summary>
    public const ulong End = 1UL << (2 * Bits);

    private const string Alphabet = "0123456789bcdefghjkmnpqrstuvwxyz";
    private const int TextLength = 11;

    public static ulong Encode(GeoPoint point) => Encode(point, GeoPoint.LatitudeMax);

    /// <summary>The middle of a number's cell.</summary>
    public static GeoPoint Decode(ulong hash) => new(
        Middle(Gathered(hash >> 1), GeoPoint.LongitudeMax), Middle(Gathered(hash), GeoPoint.LatitudeMax));

    /// <summary>The number that a score stands for; any score stands for one.</summary>
    public static ulong OfScore(double score) => score >= 0 ? (ulong)score : unchecked((ulong)(long)score);

    /// <summary>The public text of a number's place. 52 bits are ten characters and two bits; the eleventh is always 0.</summary>
    public static string Text(ulong hash)
    {
        var full = Encode(Decode(hash), latitudeMax: 90);
        return string.Create(TextLength, full, static (text, full) =>
        {
            for (var i = 0; i < TextLength - 1; i++) text[i] = Alphabet[(int)(full >> ((2 * Bits) - (5 * (i + 1)))) & 31];
            text[^1] = Alphabet[0];
        });
    }

    /// <summary>The number of the cell in a column and a row, of any size of cells.</summary>
    public static ulong OfCell(uint column, uint row) => Spread(row) | (Spread(column) << 1);

    /// <summary>How far along a coordinate is, in cells.</summary>
    public static double InCells(double degrees, double max) => (degrees + max) / (max + max) * Cells;

    private static ulong Encode(GeoPoint point, double latitudeMax) =>
        OfCell((uint)InCells(point.Longitude, GeoPoint.LongitudeMax), (uint)InCells(point.Latitude, latitudeMax));

    private static double Middle(uint cell, double max)
    {
        var low = -max + (cell / Cells * (max + max));
        var high = -max + ((cell + 1.0) / Cells * (max + max));
        return Math.Clamp((low + high) / 2, -max, max);
    }

    /// <summary>Bit n goes to bit 2n.</summary>
    private static ulong Spread(uint bits)
    {
        ulong spread = bits;
        spread = (spread | (spread << 16)) & 0x0000_FFFF_0000_FFFF;
        spread = (spread | (spread << 8)) & 0x00FF_00FF_00FF_00FF;
        spread = (spread | (spread << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
        spread = (spread | (spread << 2)) & 0x3333_3333_3333_3333;
        return (spread | (spread << 1)) & 0x5555_5555_5555_5555;
    }

    /// <summary>Bit 2n goes to bit n; the others are left out.</summary>
    private static uint Gathered(ulong bits)
    {
        bits &= 0x5555_5555_5555_5555;
        bits = (bits | (bits >> 1)) & 0x3333_3333_3333_3333;
        bits = (bits | (bits >> 2)) & 0x0F0F_0F0F_0F0F_0F0F;
        bits = (bits | (bits >> 4)) & 0x00FF_00FF_00FF_00FF;
        bits = (bits | (bits >> 8)) & 0x0000_FFFF_0000_FFFF;
        return (uint)(bits | (bits >> 16));
    }
}
