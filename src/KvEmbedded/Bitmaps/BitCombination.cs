using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KvEmbedded.Bitmaps;

/// <summary>Combines strings bit by bit, a block at a time, so that what is combined stays in the caches.</summary>
internal static class BitCombination
{
    private const int BlockLength = 32 * 1024;

    /// <summary>Fills <paramref name="target"/> with the combination; shorter sources have zeros behind their end.</summary>
    public static void Combine(BitOperation operation, ReadOnlyMemory<byte>[] sources, Span<byte> target)
    {
        var scratch = operation == BitOperation.ExactlyOne ? new byte[Math.Min(BlockLength, target.Length)] : [];
        for (var at = 0; at < target.Length; at += BlockLength)
            CombineBlock(operation, sources, at, target.Slice(at, Math.Min(BlockLength, target.Length - at)), scratch);
    }

    private static void CombineBlock(BitOperation operation, ReadOnlyMemory<byte>[] sources, int at, Span<byte> target, Span<byte> scratch)
    {
        var first = Part(sources[0], at, target.Length);
        switch (operation)
        {
            case BitOperation.And:
                FillAndApplyOthers<Both>(target, first, sources, at);
                ClearBehindShortest(target, sources, at);
                break;
            case BitOperation.Not:
                Apply<Inverted>(target, first);
                break;
            case BitOperation.Xor:
                FillAndApplyOthers<EitherButNotBoth>(target, first, sources, at);
                break;
            case BitOperation.Difference:
                FillAndApplyOthers<Without>(target, first, sources, at);
                break;
            case BitOperation.OthersWithoutFirst:
                target.Clear();
                ApplyOthers<Either>(target, sources, at);
                Apply<Without>(target, first);
                break;
            case BitOperation.FirstAndAnyOther:
                target.Clear();
                ApplyOthers<Either>(target, sources, at);
                Apply<Both>(target, first);
                target[first.Length..].Clear();
                break;
            case BitOperation.ExactlyOne:
                CombineToOne(sources, at, target, scratch[..target.Length]);
                break;
            default:
                FillAndApplyOthers<Either>(target, first, sources, at);
                break;
        }
    }

    private static void CombineToOne(ReadOnlyMemory<byte>[] sources, int at, Span<byte> target, Span<byte> seenAgain)
    {
        Fill(target, Part(sources[0], at, target.Length));
        seenAgain.Clear();
        for (var i = 1; i < sources.Length; i++)
        {
            var source = Part(sources[i], at, target.Length);
            AddCommon(seenAgain, target, source);
            Apply<Either>(target, source);
        }

        Apply<Without>(target, seenAgain);
    }

    /// <summary>Sets the bits that a target and a source, which is not longer, have both.</summary>
    private static void AddCommon(Span<byte> common, ReadOnlySpan<byte> target, ReadOnlySpan<byte> source)
    {
        ref var to = ref MemoryMarshal.GetReference(common);
        ref var left = ref MemoryMarshal.GetReference(target);
        ref var right = ref MemoryMarshal.GetReference(source);
        var at = 0;
        for (; at <= source.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var both = Vector256.LoadUnsafe(ref left, (nuint)at) & Vector256.LoadUnsafe(ref right, (nuint)at);
            (Vector256.LoadUnsafe(ref to, (nuint)at) | both).StoreUnsafe(ref to, (nuint)at);
        }

        for (; at < source.Length; at++) common[at] |= (byte)(target[at] & source[at]);
    }

    private static void ClearBehindShortest(Span<byte> target, ReadOnlyMemory<byte>[] sources, int at)
    {
        foreach (var source in sources) target[Part(source, at, target.Length).Length..].Clear();
    }

    /// <summary>The first two at once: their result is written where nothing was read.</summary>
    private static void FillAndApplyOthers<TOperator>(Span<byte> target, ReadOnlySpan<byte> first, ReadOnlyMemory<byte>[] sources, int at)
        where TOperator : IOperator
    {
        var second = sources.Length > 1 ? Part(sources[1], at, target.Length) : default;
        var both = Math.Min(first.Length, second.Length) & -Vector256<byte>.Count;
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var left = ref MemoryMarshal.GetReference(first);
        ref var right = ref MemoryMarshal.GetReference(second);
        for (var i = 0; i < both; i += Vector256<byte>.Count)
            TOperator.Of(Vector256.LoadUnsafe(ref left, (nuint)i), Vector256.LoadUnsafe(ref right, (nuint)i)).StoreUnsafe(ref to, (nuint)i);

        Fill(target[both..], first[both..]);
        Apply<TOperator>(target[both..], second[both..]);
        ApplyOthers<TOperator>(target, sources, at, from: 2);
    }

    private static void Fill(Span<byte> target, ReadOnlySpan<byte> source)
    {
        source.CopyTo(target);
        target[source.Length..].Clear();
    }

    private static void ApplyOthers<TOperator>(Span<byte> target, ReadOnlyMemory<byte>[] sources, int at, int from = 1)
        where TOperator : IOperator
    {
        for (var i = from; i < sources.Length; i++) Apply<TOperator>(target, Part(sources[i], at, target.Length));
    }

    /// <summary>Changes the first bytes of a target by a source that is not longer.</summary>
    private static void Apply<TOperator>(Span<byte> target, ReadOnlySpan<byte> source) where TOperator : IOperator
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source);
        var at = 0;
        for (; at <= source.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
            TOperator.Of(Vector256.LoadUnsafe(ref to, (nuint)at), Vector256.LoadUnsafe(ref from, (nuint)at)).StoreUnsafe(ref to, (nuint)at);
        for (; at < source.Length; at++)
            target[at] = TOperator.Of(Vector256.CreateScalar(target[at]), Vector256.CreateScalar(source[at])).ToScalar();
    }

    private static ReadOnlySpan<byte> Part(ReadOnlyMemory<byte> source, int at, int count) =>
        at >= source.Length ? default : source.Span.Slice(at, Math.Min(count, source.Length - at));

    private interface IOperator
    {
        static abstract Vector256<byte> Of(Vector256<byte> target, Vector256<byte> source);
    }

    private readonly struct Both : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Of(Vector256<byte> target, Vector256<byte> source) => target & source;
    }

    private readonly struct Either : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Of(Vector256<byte> target, Vector256<byte> source) => target | source;
    }

    private readonly struct EitherButNotBoth : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Of(Vector256<byte> target, Vector256<byte> source) => target ^ source;
    }

    private readonly struct Without : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Of(Vector256<byte> target, Vector256<byte> source) => target & ~source;
    }

    private readonly struct Inverted : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Of(Vector256<byte> target, Vector256<byte> source) => ~source;
    }
}
