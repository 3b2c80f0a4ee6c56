using System.Runtime.CompilerServices;

namespace KvEmbedded.Keys;

/// <summary>
/// Redis's glob over bytes: <c>*</c> any bytes, <c>?</c> any one, <c>[abc]</c> <c>[^a-z]</c> one of a class or not of it,
/// <c>\</c> takes the next byte as it is. Read once into parts, then matched against many texts.
/// </summary>
/// <remarks>
/// A part other than a star takes exactly one byte. So after a mismatch only the last star need be given one byte more:
/// an earlier one would only lead to the same parts later in the text. Matching is O(parts x text) at worst.
/// </remarks>
internal sealed partial class GlobPattern
{
    private readonly Part[] parts;

    /// <param name="pattern">Any bytes: nothing is a malformed pattern.</param>
    public GlobPattern(ReadOnlySpan<byte> pattern)
    {
        parts = Read(pattern);
        MatchesAnything = pattern is [(byte)'*'];
    }

    /// <summary>The pattern that a scan's members must match; null if they need not.</summary>
    public static GlobPattern? OfScan(MemberScan options)
    {
        if (options.Pattern is not { } text) return null;
        var pattern = new GlobPattern(text.ToMemory().Span);
        return pattern.MatchesAnything ? null : pattern;
    }

    /// <summary>
    /// True for <c>*</c> alone. Where keys are chosen it stands for every key; in <see cref="Matches(ReadOnlySpan{byte})"/>
    /// it does not match the empty text, as in Redis.
    /// </summary>
    public bool MatchesAnything { get; }

    /// <summary>A pattern that exactly this text fits.</summary>
    public static byte[] Escape(ReadOnlySpan<byte> text)
    {
        var escaped = new List<byte>(text.Length);
        foreach (var value in text)
        {
            if ("*?[\\"u8.Contains(value)) escaped.Add((byte)'\\');
            escaped.Add(value);
        }

        return [.. escaped];
    }

    /// <summary>True if the whole <paramref name="text"/> fits.</summary>
    public bool Matches(ReadOnlySpan<byte> text) => Matches(text, out _);

    /// <summary>As the other, and counts the looks at a part.</summary>
    internal bool Matches(ReadOnlySpan<byte> text, out int steps)
    {
        var (part, at) = (0, 0);
        var (afterStar, starEnd) = (-1, 0);
        steps = 0;

        // The server's loop does not begin on an empty text, so no star matches it.
        if (text.IsEmpty) return parts.Length == 0;

        while (at < text.Length)
        {
            steps++;
            if (part < parts.Length && parts[part].IsStar)
            {
                (afterStar, starEnd) = (++part, at);
                if (part == parts.Length) return true;
            }
            else if (part < parts.Length && parts[part].Takes(text[at]))
            {
                part++;
                at++;
            }
            else
            {
                if (afterStar < 0) return false;
                (part, at) = (afterStar, ++starEnd);
            }
        }

        return part == parts.Length || (part == parts.Length - 1 && parts[part].IsStar);
    }

    /// <summary>One element of the pattern: a star, or what one byte must be.</summary>
    private readonly struct Part
    {
        private readonly PartKind kind;
        private readonly byte literal;
        private readonly ByteClass? bytes;

        private Part(PartKind kind, byte literal, ByteClass? bytes) => (this.kind, this.literal, this.bytes) = (kind, literal, bytes);

        public static Part Star => new(PartKind.Star, 0, null);

        public static Part Any => new(PartKind.Any, 0, null);

        public bool IsStar => kind == PartKind.Star;

        public static Part Literal(byte value) => new(PartKind.Literal, value, null);

        public static Part OneOf(ByteClass bytes) => new(PartKind.OneOf, 0, bytes);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Takes(byte value) => kind switch
        {
            PartKind.Literal => value == literal,
            PartKind.Any => true,
            _ => bytes!.Contains(value),
        };
    }

    private enum PartKind : byte
    {
        Literal,
        Any,
        OneOf,
        Star,
    }
}
