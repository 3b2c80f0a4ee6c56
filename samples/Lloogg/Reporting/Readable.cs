using System.Globalization;
using System.Text;

namespace Lloogg;

/// <summary>Makes figures and foreign texts fit for a terminal.</summary>
internal static class Readable
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB"];

    /// <summary><c>1.44 MB</c>: three digits and a unit of 1000 bytes each.</summary>
    public static string Bytes(long count)
    {
        var size = (double)count;
        var unit = 0;
        while (size >= 999.5 && unit < Units.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        var digits = unit == 0 || size >= 99.95 ? "0" : size >= 9.995 ? "0.0" : "0.00";
        return size.ToString(digits, CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary><c>1,234,567</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 line</c>, <c>1,234 lines</c>.</summary>
    public static string Count(long count, string thing) => $"{Count(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary><c>37 %</c>; of nothing, nothing. Below one half of a percent, but not nothing: <c>&lt;1 %</c>.</summary>
    public static string Share(long part, long whole)
    {
        if (part == 0 || whole == 0) return "0 %";
        var percent = 100.0 * part / whole;
        return percent < 0.5 ? "<1 %" : percent.ToString("0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary><c>7 s</c>, <c>3:05</c> or <c>1:02:09</c>.</summary>
    public static string Duration(TimeSpan time) => time.TotalMinutes < 1
        ? $"{time.TotalSeconds:0.0} s"
        : time.TotalHours < 1 ? $"{time.Minutes}:{time.Seconds:00}" : $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}";

    /// <summary>
    /// The text with everything that could move a cursor, change a colour or turn the direction of writing replaced by a
    /// dot: names in a log are chosen by whoever sent the request.
    /// </summary>
    public static string Harmless(string text)
    {
        var needed = false;
        foreach (var rune in text.EnumerateRunes()) needed |= IsHarmful(rune);
        if (!needed) return text;

        var harmless = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) harmless.Append(IsHarmful(rune) ? "." : rune.ToString());
        return harmless.ToString();
    }

    /// <summary>The text, or its beginning and an ellipsis, in at most <paramref name="width"/> characters.</summary>
    public static string Fit(string text, int width)
    {
        if (text.Length <= width) return text;
        if (width <= 1) return width <= 0 ? "" : "…";
        var cut = width - 1;
        if (char.IsHighSurrogate(text[cut - 1])) cut--;
        return string.Concat(text.AsSpan(0, cut), "…");
    }

    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
