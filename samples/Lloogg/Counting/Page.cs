namespace Lloogg;

/// <summary>What of a request's target names a page.</summary>
internal static class Page
{
    /// <summary>Longer names are cut, in bytes: the sender chooses them.</summary>
    public const int LongestName = 256;

    /// <summary>The target without query and fragment, at most <see cref="LongestName"/> bytes.</summary>
    public static ReadOnlyMemory<byte> Name(ReadOnlyMemory<byte> target)
    {
        var end = target.Span.IndexOfAny((byte)'?', (byte)'#');
        return Cut(end < 0 ? target : target[..end]);
    }

    /// <summary>True if reading this line is viewing a page: a GET that was answered with one (200 to 299, or 304).</summary>
    public static bool IsView(in AccessLogLine line, ReadOnlyMemory<byte> name) =>
        line.Status is (>= 200 and <= 299) or 304 && line.Method.Span.SequenceEqual("GET"u8) && !IsAsset(name.Span);

    /// <summary>The first <see cref="LongestName"/> bytes.</summary>
    public static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> text) => text.Length <= LongestName ? text : text[..LongestName];

    /// <summary>True for what pages are made with: styles, scripts, pictures, fonts, and what robots fetch.</summary>
    private static bool IsAsset(ReadOnlySpan<byte> name)
    {
        var dot = name.LastIndexOf((byte)'.');
        if (dot < 0 || dot < name.LastIndexOf((byte)'/')) return false;
        return name[(dot + 1)..] is var ending && (ending.SequenceEqual("css"u8) || ending.SequenceEqual("js"u8)
            || ending.SequenceEqual("mjs"u8) || ending.SequenceEqual("map"u8) || ending.SequenceEqual("ico"u8)
            || ending.SequenceEqual("png"u8) || ending.SequenceEqual("jpg"u8) || ending.SequenceEqual("jpeg"u8)
            || ending.SequenceEqual("gif"u8) || ending.SequenceEqual("svg"u8) || ending.SequenceEqual("webp"u8)
            || ending.SequenceEqual("avif"u8) || ending.SequenceEqual("woff"u8) || ending.SequenceEqual("woff2"u8)
            || ending.SequenceEqual("ttf"u8) || ending.SequenceEqual("txt"u8) || ending.SequenceEqual("xml"u8)
            || ending.SequenceEqual("json"u8) || ending.SequenceEqual("webmanifest"u8));
    }
}
