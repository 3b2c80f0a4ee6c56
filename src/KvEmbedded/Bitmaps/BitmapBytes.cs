using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.Bitmaps;

/// <summary>The bytes of a bitmap, in a turn, whichever form the string has.</summary>
internal static class BitmapBytes
{
    /// <summary>Copies bytes from <paramref name="start"/> on; those behind the end are zero.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static void Read(EncodedKey key, KeyLocation location, int start, Span<byte> destination)
    {
        var count = Math.Clamp(StringReads.LengthAt(key, location) - start, 0, destination.Length);
        destination[count..].Clear();
        if (count == 0) return;
        if (location.IsString) location.CopyString(start, destination[..count]);
        else StringReads.Blob(key, location).Span.Slice(start, count).CopyTo(destination);
    }

    /// <summary>A byte; zero behind the end.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static byte Read(EncodedKey key, KeyLocation location, int at)
    {
        Span<byte> one = stackalloc byte[1];
        Read(key, location, at, one);
        return one[0];
    }
}
