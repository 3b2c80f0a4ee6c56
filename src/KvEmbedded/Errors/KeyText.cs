namespace KvEmbedded;

/// <summary>A key or a field as an error text or a log line shows it: cut when it is long, control characters escaped.</summary>
internal static class KeyText
{
    private const int LengthMax = 120;

    public static string Of(KvKey key) => Shown(key.ToString());

    public static string OfField(KvValue field) => Shown(field.ToString());

    private static string Shown(string text)
    {
        if (text.Length > LengthMax) text = string.Concat(text.AsSpan(0, LengthMax), "…");
        return text.Any(char.IsControl)
            ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()))
            : text;
    }
}
