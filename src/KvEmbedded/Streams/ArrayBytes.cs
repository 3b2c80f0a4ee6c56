using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KvEmbedded.Streams;

/// <summary>What an array weighs on a 64-bit runtime: header, type and length (24 bytes), and its data in steps of 8.</summary>
internal static class ArrayBytes
{
    public static long Of<T>(T[]? array) => array is null ? 0 : Of<T>(array.Length);

    public static long Of<T>(int length) => (24 + ((long)length * Unsafe.SizeOf<T>()) + 7) & ~7L;
}

/// <summary>Says which invariant of a structure is broken; for CheckInvariants methods alone.</summary>
internal static class Invariant
{
    public static void Holds([DoesNotReturnIf(false)] bool condition, string statement)
    {
        if (!condition) throw new InvalidOperationException("Broken invariant: " + statement + ".");
    }
}
