using System.Numerics;

namespace KvEmbedded.Lists;

/// <summary>
/// How an element lies in a chunk: its length, its bytes, and its length once more with the bytes of the number mirrored, so
/// that a reader can come from either side. Up to 127 bytes the length takes one byte on each side.
/// </summary>
internal static class ElementCode
{
    private const int Continued = 0x80;

    /// <summary>What an element of so many bytes takes in a chunk.</summary>
    public static int Size(int length) => length + (2 * LengthBytes(length));

    /// <summary>Writes an element; the place is exactly its size.</summary>
    public static void Write(Span<byte> place, ReadOnlySpan<byte> element)
    {
        var lengthBytes = (place.Length - element.Length) / 2;
        element.CopyTo(place[lengthBytes..]);
        var rest = element.Length;
        for (var i = 0; i < lengthBytes; i++)
        {
            var part = (byte)(i == lengthBytes - 1 ? rest : rest | Continued);
            place[i] = part;
            place[^(i + 1)] = part;
            rest >>= 7;
        }
    }

    /// <summary>The element that begins at a place.</summary>
    public static ReadOnlySpan<byte> Read(byte[] bytes, int at)
    {
        var length = (int)bytes[at];
        if (length >= Continued) length = ReadLength(bytes, at, 1);
        return bytes.AsSpan(at + LengthBytes(length), length);
    }

    /// <summary>Where the element ends that begins at a place.</summary>
    public static int After(byte[] bytes, int at)
    {
        var length = (int)bytes[at];
        return length < Continued ? at + length + 2 : at + Size(ReadLength(bytes, at, 1));
    }

    /// <summary>Where the element begins that ends before a place.</summary>
    public static int Before(byte[] bytes, int end)
    {
        var length = (int)bytes[end - 1];
        return length < Continued ? end - length - 2 : end - Size(ReadLength(bytes, end - 1, -1));
    }

    private static int LengthBytes(int length) => length < Continued ? 1 : (BitOperations.Log2((uint)length) / 7) + 1;

    /// <summary>A length whose lowest seven bits are at a place and whose others follow in a direction.</summary>
    private static int ReadLength(byte[] bytes, int at, int direction)
    {
        var length = 0;
        for (var shift = 0; ; shift += 7, at += direction)
        {
            length |= (bytes[at] & ~Continued) << shift;
            if (bytes[at] < Continued) return length;
        }
    }
}
