using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KvEmbedded.SortedSets;

/// <summary>
/// Vector search inside one node: instead of halving, it counts. All comparisons are independent of each other, so the
/// cache lines of a node that is not in the cache arrive together.
/// </summary>
/// <remarks>
/// Runs are ascending and padded with NaN to a multiple of 4: NaN is neither below nor up to anything. Comparison is that
/// of IEEE 754, so -0 equals 0, as in Redis.
/// </remarks>
internal static class ScoreSearch
{
    private const int Lanes = 4;

    /// <summary>How many of the first <paramref name="count"/> scores are lower than the bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountBelow(ref double scores, int count, double bound)
    {
        var bounds = Vector256.Create(bound);
        var found = Vector256<long>.Zero;
        for (nint at = 0; at < count; at += Lanes)
            found -= Vector256.LessThan(Vector256.LoadUnsafe(ref scores, (nuint)at), bounds).AsInt64();
        return (int)Vector256.Sum(found);
    }

    /// <summary>How many of the first <paramref name="count"/> scores are lower than the bound or equal to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountUpTo(ref double scores, int count, double bound)
    {
        var bounds = Vector256.Create(bound);
        var found = Vector256<long>.Zero;
        for (nint at = 0; at < count; at += Lanes)
            found -= Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref scores, (nuint)at), bounds).AsInt64();
        return (int)Vector256.Sum(found);
    }

    /// <summary>The sum of the first <paramref name="count"/> sizes.</summary>
    public static int Sum(ref int sizes, int count)
    {
        var sums = Vector256<int>.Zero;
        nint at = 0;
        for (; at + Vector256<int>.Count <= count; at += Vector256<int>.Count)
            sums += Vector256.LoadUnsafe(ref sizes, (nuint)at);

        var sum = Vector256.Sum(sums);
        for (; at < count; at++) sum += Unsafe.Add(ref sizes, at);
        return sum;
    }
}
