using System.Numerics;

namespace KvEmbedded.Bitmaps;

/// <summary>Finds the first bit of a kind.</summary>
internal static class BitSearch
{
    /// <summary>The first such bit from <paramref name="start"/> up to, and without, <paramref name="end"/>; null if there is none.</summary>
    public static long? First(ReadOnlySpan<byte> bytes, bool bit, long start, long end)
    {
        if (start >= end) return null;

        // Of the first byte the bits before the range are taken for the other kind; those behind the range are found, and refused.
        var (first, other) = ((int)(start >> 3), bit ? (byte)0 : (byte)0xFF);
        var before = 0xFF >> (int)(start & 7);
        var head = (byte)(bit ? bytes[first] & before : bytes[first] | ~before);
        var found = head != other ? PlaceIn(head, bit, first) : PlaceBehind(bytes, bit, first + 1, (int)((end + 7) >> 3));
        return found < end ? found : null;
    }

    private static long PlaceBehind(ReadOnlySpan<byte> bytes, bool bit, int from, int to)
    {
        var at = from >= to ? -1 : bytes[from..to].IndexOfAnyExcept(bit ? (byte)0 : (byte)0xFF);
        return at < 0 ? long.MaxValue : PlaceIn(bytes[from + at], bit, from + at);
    }

    private static long PlaceIn(byte value, bool bit, int at) =>
        (8L * at) + BitOperations.LeadingZeroCount((uint)(byte)(bit ? value : ~value)) - 24;
}
