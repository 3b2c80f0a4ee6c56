using System.Buffers.Text;
using System.Globalization;

namespace KvEmbedded.Engine;

/// <summary>Redis's text form of numbers, both ways.</summary>
internal static class NumberText
{
    /// <summary>Whole numbers up to here are written without exponent, as Redis does.</summary>
    private const double WholeMax = 1L << 52;

    /// <summary>An optional minus, no leading zero, no plus, no blank, within 64 bits: what Redis takes as an integer.</summary>
    public static bool TryParseInt64(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > 20) return false;
        var digits = text[0] == '-' ? text[1..] : text;
        if (digits.IsEmpty || !char.IsAsciiDigit((char)digits[0])) return false;
        if (digits[0] == '0' && (digits.Length > 1 || text.Length > 1)) return false;
        return Utf8Parser.TryParse(text, out number, out var used) && used == text.Length;
    }

    /// <summary>A decimal number or an infinity; blanks, NaN and what overflows a double are none.</summary>
    public static bool TryParseDouble(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        if (text.IsEmpty) return false;
        var sign = text[0] is (byte)'-' or (byte)'+' ? text[..1] : default;
        var rest = text[sign.Length..];
        if (System.Text.Ascii.EqualsIgnoreCase(rest, "inf"u8) || System.Text.Ascii.EqualsIgnoreCase(rest, "infinity"u8))
        {
            number = sign.SequenceEqual("-"u8) ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        // Zero bytes at its end are no part of a number, as .NET would have it.
        return rest.Length > 0 && (char.IsAsciiDigit((char)rest[0]) || rest[0] == '.') && rest[^1] != 0
            && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    /// <summary>The shortest text that reads back as the same number; whole numbers without a fraction; inf, -inf, nan.</summary>
    public static int Write(double number, Span<byte> destination)
    {
        if (Math.Abs(number) < WholeMax && Math.Truncate(number) == number)
        {
            if (number == 0 && double.IsNegative(number)) return Put("-0"u8, destination);
            Utf8Formatter.TryFormat((long)number, destination, out var whole);
            return whole;
        }

        if (double.IsNaN(number)) return Put("nan"u8, destination);
        if (double.IsInfinity(number)) return Put(number > 0 ? "inf"u8 : "-inf"u8, destination);
        number.TryFormat(destination, out var written, "R", CultureInfo.InvariantCulture);
        var exponent = destination[..written].IndexOf((byte)'E');
        if (exponent >= 0) destination[exponent] = (byte)'e';
        return written;
    }

    private static int Put(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }
}
