using System.Globalization;

namespace KvEmbedded.Engine;

/// <summary>Adding decimal numbers as text. Texts that people write (0.1, 19.99) add up exactly; no exponent is written.</summary>
internal static class DecimalText
{
    /// <summary>The longest number: sign, 309 digits, point, 17 digits; a little more, for what others wrote.</summary>
    public const int LengthMax = 400;

    /// <summary>Digits after the point that are kept.</summary>
    private const int Decimals = 17;

    /// <summary>Two decimals below this never overflow when added.</summary>
    private const decimal DecimalMax = 39_000_000_000_000_000_000_000_000_000m;

    /// <summary>Writes the sum of <paramref name="number"/>, which <paramref name="text"/> spells, and <paramref name="by"/>.</summary>
    /// <returns>The length of the sum's text; 0 if the sum is not finite.</returns>
    public static int Add(ReadOnlySpan<byte> text, double number, double by, Span<byte> sum)
    {
        Span<byte> byText = stackalloc byte[Payload.NumberLengthMax];
        byText = byText[..NumberText.Write(by, byText)];

        int length;
        if (TryParse(text, out var left) && TryParse(byText, out var right))
        {
            decimal.Round(left + right, Decimals).TryFormat(sum, out length, "F17", CultureInfo.InvariantCulture);
        }
        else
        {
            if (!double.IsFinite(number + by)) return 0;
            (number + by).TryFormat(sum, out length, "F17", CultureInfo.InvariantCulture);
        }

        return Trim(sum[..length]);
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out decimal exact) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out exact) && Math.Abs(exact) < DecimalMax;

    /// <summary>The length without zeros at the end of the fraction; minus zero becomes zero.</summary>
    private static int Trim(Span<byte> number)
    {
        var trimmed = number.TrimEnd((byte)'0').TrimEnd((byte)'.');
        if (!trimmed.SequenceEqual("-0"u8)) return trimmed.Length;
        number[0] = (byte)'0';
        return 1;
    }
}
