using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KvEmbedded.Bitmaps;

/// <summary>Counts the bits that are set.</summary>
/// <remarks>
/// Where there are vectors of 256 bits: carry-save adders over 16 of them, so that bits are counted in one of 16, by a look-up of
/// each half byte (Muła, Kurz, Lemire: Faster Population Counts Using AVX2 Instructions, 2016; the tree of adders is Harley
/// and Seal's). Elsewhere, word by word.
/// </remarks>
internal static class BitCounting
{
    private const int VectorBytes = 32;
    private const int BlockVectors = 16;

    /// <summary>The bits of these that are set, of bit <paramref name="start"/> up to, and without, <paramref name="end"/>.</summary>
    public static long Count(ReadOnlySpan<byte> bytes, long start, long end)
    {
        if (start >= end) return 0;
        var (first, last) = ((int)(start >> 3), (int)((end - 1) >> 3));
        var firstMask = 0xFF >> (int)(start & 7);
        var lastMask = 0xFF << (7 - (int)((end - 1) & 7));
        if (first == last) return BitOperations.PopCount((uint)(bytes[first] & firstMask & lastMask));

        return Count(bytes[(first + 1)..last])
            + BitOperations.PopCount((uint)(bytes[first] & firstMask)) + BitOperations.PopCount((uint)(bytes[last] & lastMask & 0xFF));
    }

    /// <summary>The bits of all these bytes that are set.</summary>
    public static long Count(ReadOnlySpan<byte> bytes)
    {
        var count = 0L;
        if (Avx2.IsSupported && bytes.Length >= BlockVectors * VectorBytes)
        {
            var blocks = bytes.Length / (BlockVectors * VectorBytes);
            count = CountBlocks(ref MemoryMarshal.GetReference(bytes), blocks);
            bytes = bytes[(blocks * BlockVectors * VectorBytes)..];
        }

        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) count += BitOperations.PopCount(word);
        foreach (var value in bytes[(words.Length * sizeof(ulong))..]) count += BitOperations.PopCount(value);
        return count;
    }

    private static long CountBlocks(ref byte bytes, int blocks)
    {
        Vector256<ulong> ones = default, twos = default, fours = default, eights = default, total = default;
        for (nuint at = 0, end = (nuint)blocks * BlockVectors * VectorBytes; at < end; at += BlockVectors * VectorBytes)
        {
            ref var block = ref Unsafe.Add(ref bytes, at);
            var lowEights = AddEight(ref block, ref ones, ref twos, ref fours);
            var highEights = AddEight(ref Unsafe.Add(ref block, 8 * VectorBytes), ref ones, ref twos, ref fours);
            total += CountEach(Add(ref eights, lowEights, highEights));
        }

        total = (total << 4) + (CountEach(eights) << 3) + (CountEach(fours) << 2) + (CountEach(twos) << 1) + CountEach(ones);
        return (long)Vector256.Sum(total);
    }

    /// <summary>Adds eight vectors bit by bit; the answer is the carry into the eights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> AddEight(ref byte bytes, ref Vector256<ulong> ones, ref Vector256<ulong> twos, ref Vector256<ulong> fours) =>
        Add(ref fours, AddFour(ref bytes, ref ones, ref twos), AddFour(ref Unsafe.Add(ref bytes, 4 * VectorBytes), ref ones, ref twos));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> AddFour(ref byte bytes, ref Vector256<ulong> ones, ref Vector256<ulong> twos) =>
        Add(ref twos, Add(ref ones, Load(ref bytes, 0), Load(ref bytes, 1)), Add(ref ones, Load(ref bytes, 2), Load(ref bytes, 3)));

    /// <summary>A full adder for each bit: the sum replaces <paramref name="sum"/>, the carry is the answer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Add(ref Vector256<ulong> sum, Vector256<ulong> left, Vector256<ulong> right)
    {
        var either = sum ^ left;
        var carry = (sum & left) | (either & right);
        sum = either ^ right;
        return carry;
    }

    /// <summary>The bits of each word that are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> CountEach(Vector256<ulong> words)
    {
        var counts = Vector256.Create(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, (byte)4);
        var half = Vector256.Create((byte)0x0F);
        var low = Avx2.Shuffle(counts, words.AsByte() & half);
        var high = Avx2.Shuffle(counts, (words >>> 4).AsByte() & half);
        return Avx2.SumAbsoluteDifferences(low + high, Vector256<byte>.Zero).AsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Load(ref byte bytes, int vector) =>
        Unsafe.ReadUnaligned<Vector256<ulong>>(ref Unsafe.Add(ref bytes, vector * VectorBytes));
}
