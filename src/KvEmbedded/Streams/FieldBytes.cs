using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>
/// The fields of an entry as bytes: of each its name and its value, both with their length before them. Lengths and other
/// numbers have seven bits to a byte, the lowest first.
/// </summary>
internal static class FieldBytes
{
    /// <summary>Most bytes that a number takes.</summary>
    public const int NumberMax = 10;

    /// <summary>How many bytes a number takes.</summary>
    public static int LengthOf(ulong number)
    {
        var length = 1;
        for (; number >= 0x80; number >>= 7) length++;
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> destination, ulong number)
    {
        var at = 0;
        for (; number >= 0x80; number >>= 7) destination[at++] = (byte)(number | 0x80);
        destination[at++] = (byte)number;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(ReadOnlySpan<byte> source, ref int at)
    {
        ulong first = source[at++];
        return first < 0x80 ? first : ReadOn(source, ref at, first & 0x7F);
    }

    private static ulong ReadOn(ReadOnlySpan<byte> source, ref int at, ulong number)
    {
        for (var shift = 7; ; shift += 7)
        {
            ulong next = source[at++];
            number |= (next & 0x7F) << shift;
            if (next < 0x80) return number;
        }
    }

    /// <summary>Reads bytes with their length before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> ReadText(ReadOnlySpan<byte> source, ref int at)
    {
        var length = (int)Read(source, ref at);
        var text = source.Slice(at, length);
        at += length;
        return text;
    }

    /// <summary>At most so many bytes a value takes with its length.</summary>
    public static long BoundOf(KvValue value) => (long)value.Payload.LengthMax + NumberMax;

    /// <summary>Writes a value with its length; returns how many bytes that took.</summary>
    public static int Write(Span<byte> destination, KvValue value)
    {
        // Most values are shorter than 128 bytes: their length takes one byte, which can be filled in afterwards.
        if (value.Payload.LengthMax < 0x80)
        {
            var length = value.Payload.CopyTo(destination[1..]);
            destination[0] = (byte)length;
            return length + 1;
        }

        var at = Write(destination, (ulong)value.Length);
        return at + value.Payload.CopyTo(destination[at..]);
    }

    /// <summary>The bytes of some fields.</summary>
    public static byte[] Of(IReadOnlyCollection<StreamField> fields)
    {
        var bound = 0L;
        foreach (var (name, value) in fields) bound += LengthOf((ulong)name.Length) + name.Length + LengthOf((ulong)value.Length) + value.Length;
        var bytes = new byte[checked((int)bound)];
        var at = 0;
        foreach (var (name, value) in fields)
        {
            at += WriteExactly(bytes.AsSpan(at), name);
            at += WriteExactly(bytes.AsSpan(at), value);
        }

        return bytes;
    }

    private static int WriteExactly(Span<byte> destination, KvValue value)
    {
        var at = Write(destination, (ulong)value.Length);
        return at + value.Payload.CopyTo(destination[at..]);
    }
}
