using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace KvEmbedded.Keys;

/// <summary>
/// Turns the position of a scan, which is a piece of a secret hash, into a number that may be shown to anybody, and back:
/// a keyed permutation of 48-bit numbers, by a secret drawn once per process. 0 stays 0, both the start and the end.
/// </summary>
/// <remarks>
/// A balanced Feistel network (M. Luby and C. Rackoff, 1988) of eight rounds over two halves of 24 bits; its round function is
/// SipHash-2-4 (J.-P. Aumasson and D. J. Bernstein, 2012) of one word. 48 bits hold a position and 16 zeros, by which all but
/// one of 65,536 invented cursors are known as such, and fit into clients that keep a cursor as a double or a signed number.
/// </remarks>
internal static class ScanCursor
{
    private const int HalfBits = 24;
    private const uint HalfMask = (1u << HalfBits) - 1;
    private const int Rounds = 8;

    private static readonly ulong Secret0, Secret1;

    static ScanCursor()
    {
        Span<byte> secret = stackalloc byte[16];
        RandomNumberGenerator.Fill(secret);
        Secret0 = BitConverter.ToUInt64(secret);
        Secret1 = BitConverter.ToUInt64(secret[8..]);
    }

    /// <summary>The cursor that shows a position.</summary>
    public static ulong Seal(uint position)
    {
        if (position == 0) return 0;

        // The one number whose image is 0 takes the image of 0, which no other has.
        var image = Permute(position);
        return image != 0 ? image : Permute(0);
    }

    /// <summary>The position that a cursor shows. False if no position has this cursor.</summary>
    public static bool TryOpen(ulong cursor, out uint position)
    {
        position = 0;
        if (cursor == 0) return true;
        if (cursor >> (2 * HalfBits) != 0) return false;

        var original = Restore(cursor);
        if (original == 0) original = Restore(0);
        position = (uint)original;
        return original is not 0 and <= uint.MaxValue;
    }

    /// <summary>The position that a cursor shows, as an argument of a command.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No position has this cursor.</exception>
    public static uint Open(ulong cursor) => TryOpen(cursor, out var position)
        ? position
        : throw new ArgumentOutOfRangeException(
            nameof(cursor), cursor, "No scan of this process gave out this cursor. Begin at 0, and pass on what each page returns.");

    private static ulong Permute(ulong number)
    {
        var (left, right) = ((uint)(number >> HalfBits), (uint)number & HalfMask);
        for (uint round = 0; round < Rounds; round++) (left, right) = (right, left ^ Mix(round, right));
        return ((ulong)left << HalfBits) | right;
    }

    private static ulong Restore(ulong number)
    {
        var (left, right) = ((uint)(number >> HalfBits), (uint)number & HalfMask);
        for (var round = Rounds; round-- > 0;) (left, right) = (right ^ Mix((uint)round, left), left);
        return ((ulong)left << HalfBits) | right;
    }

    /// <summary>24 bits of SipHash-2-4 of the round and the half.</summary>
    private static uint Mix(uint round, uint half)
    {
        var v0 = Secret0 ^ 0x736F6D6570736575;
        var v1 = Secret1 ^ 0x646F72616E646F6D;
        var v2 = Secret0 ^ 0x6C7967656E657261;
        var v3 = Secret1 ^ 0x7465646279746573;
        var word = ((ulong)round << 32) | half;
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;

        // The last word is the length, in its highest byte.
        const ulong Length = 8UL << 56;
        v3 ^= Length;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= Length;

        v2 ^= 0xFF;
        for (var i = 0; i < 4; i++) Round(ref v0, ref v1, ref v2, ref v3);
        return (uint)(v0 ^ v1 ^ v2 ^ v3) & HalfMask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
