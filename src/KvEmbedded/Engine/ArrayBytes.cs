using System.Runtime.CompilerServices;

namespace KvEmbedded.Engine;

/// <summary>What an array takes on the heap: header, type and length (24 bytes on a 64-bit runtime), and its data in whole words.</summary>
internal static class ArrayBytes
{
    public static long Of<T>(T[]? array) => array is null ? 0 : Of<T>(array.Length);

    public static long Of<T>(int length) => WithData((long)length * Unsafe.SizeOf<T>());

    /// <summary>An array of so many bytes of elements.</summary>
    public static long WithData(long bytes) => ((3 * IntPtr.Size) + bytes + IntPtr.Size - 1) & -IntPtr.Size;
}
