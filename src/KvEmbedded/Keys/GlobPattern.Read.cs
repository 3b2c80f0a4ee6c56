namespace KvEmbedded.Keys;

// How a pattern is read; every oddity is the real server's (7.0.15, x86-64).
internal sealed partial class GlobPattern
{
    private static Part[] Read(ReadOnlySpan<byte> pattern)
    {
        var read = new List<Part>(pattern.Length);
        while (!pattern.IsEmpty)
        {
            var first = pattern[0];
            pattern = pattern[1..];
            switch (first)
            {
                case (byte)'*':
                    if (read.Count == 0 || !read[^1].IsStar) read.Add(Part.Star);
                    break;
                case (byte)'?':
                    read.Add(Part.Any);
                    break;
                case (byte)'[':
                    read.Add(Part.OneOf(ReadClass(ref pattern)));
                    break;
                case (byte)'\\' when !pattern.IsEmpty:
                    read.Add(Part.Literal(pattern[0]));
                    pattern = pattern[1..];
                    break;
                default:
                    read.Add(Part.Literal(first));
                    break;
            }
        }

        return [.. read];
    }

    /// <summary>
    /// What stands behind an opening bracket. The first <c>]</c> closes, also as the first byte; an unclosed class ends with
    /// the pattern; a range takes whatever stands on its right, a bracket or a backslash too.
    /// </summary>
    private static ByteClass ReadClass(ref ReadOnlySpan<byte> pattern)
    {
        var bytes = new ByteClass();
        var isNegated = pattern is [(byte)'^', ..];
        if (isNegated) pattern = pattern[1..];
        while (!pattern.IsEmpty)
        {
            switch (pattern)
            {
                case [(byte)'\\', var escaped, ..]:
                    bytes.Add(escaped);
                    pattern = pattern[2..];
                    break;
                case [(byte)']', ..]:
                    pattern = pattern[1..];
                    return isNegated ? bytes.Inverted() : bytes;
                case [var from, (byte)'-', var to, ..]:
                    bytes.AddRange(from, to);
                    pattern = pattern[3..];
                    break;
                default:
                    bytes.Add(pattern[0]);
                    pattern = pattern[1..];
                    break;
            }
        }

        return isNegated ? bytes.Inverted() : bytes;
    }

    /// <summary>A set of bytes, one bit each.</summary>
    private sealed class ByteClass
    {
        private readonly ulong[] bits = new ulong[4];

        public bool Contains(byte value) => (bits[value >> 6] >> (value & 63) & 1) != 0;

        public void Add(byte value) => bits[value >> 6] |= 1UL << (value & 63);

        /// <summary>A range in either direction. Bounds are signed, as the server's are: 0x80 comes before 0x7F.</summary>
        public void AddRange(byte from, byte to)
        {
            var (low, high) = ((sbyte)from, (sbyte)to);
            if (low > high) (low, high) = (high, low);
            for (int value = low; value <= high; value++) Add((byte)value);
        }

        public ByteClass Inverted()
        {
            for (var i = 0; i < bits.Length; i++) bits[i] = ~bits[i];
            return this;
        }
    }
}
