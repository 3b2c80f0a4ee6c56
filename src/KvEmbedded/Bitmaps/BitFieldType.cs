using System.Globalization;

namespace KvEmbedded;

/// <summary>How the bits of a field are read as a number: how many there are, and whether the first is a sign.</summary>
/// <remarks>The highest bit comes first. The default is one unsigned bit.</remarks>
public readonly record struct BitFieldType
{
    // One less than the width, so that the default is a type too.
    private readonly byte further;

    private BitFieldType(int width, bool isSigned)
    {
        further = (byte)(width - 1);
        IsSigned = isSigned;
    }

    /// <summary>Number of bits.</summary>
    public int Width => further + 1;

    /// <summary>True if the numbers are in two's complement.</summary>
    public bool IsSigned { get; }

    /// <summary>Numbers from 0 to 2^<paramref name="width"/> - 1.</summary>
    /// <param name="width">Number of bits. Range 1 to 63.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is outside of its range.</exception>
    public static BitFieldType Unsigned(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 63);
        return new BitFieldType(width, isSigned: false);
    }

    /// <summary>Numbers from -2^(<paramref name="width"/> - 1) to 2^(<paramref name="width"/> - 1) - 1.</summary>
    /// <param name="width">Number of bits. Range 1 to 64.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is outside of its range.</exception>
    public static BitFieldType Signed(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 64);
        return new BitFieldType(width, isSigned: true);
    }

    /// <summary>The field of this type that starts at a bit.</summary>
    /// <param name="offset">Its first bit. Range 0 to 4,294,967,295.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is outside of its range.</exception>
    public BitField At(long offset) => new(this, offset);

    /// <summary>The field of a number in a row of fields of this type: the first starts at bit 0.</summary>
    /// <param name="index">Which. Range 0 to 4,294,967,295 divided by the width.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is outside of its range.</exception>
    /// <remarks>Redis: an offset with <c>#</c> before it.</remarks>
    public BitField Nth(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, BitField.OffsetMax / Width);
        return new BitField(this, index * Width);
    }

    /// <summary>As Redis writes it: <c>u8</c>, <c>i64</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsSigned ? 'i' : 'u')}{Width}");
}
