using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace KvEmbedded.Engine;

/// <summary>Text to UTF-8 for keys, which are short and nearly always ASCII: eight characters at a time, without a call.</summary>
internal static class Utf8Text
{
    private const int Lanes = 8;

    /// <summary>Encodes <paramref name="text"/>; <paramref name="destination"/> has at least three bytes for each character.</summary>
    /// <returns>The number of bytes written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Encode(string text, Span<byte> destination) =>
        text.Length >= Lanes && TryEncodeAscii(text, ref MemoryMarshal.GetReference(destination))
            ? text.Length
            : Encoding.UTF8.GetBytes(text, destination);

    /// <summary>False if a character is not ASCII; then what was written means nothing.</summary>
    private static bool TryEncodeAscii(string text, ref byte destination)
    {
        ref var start = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.AsSpan()));
        var last = text.Length - Lanes;
        var seen = Vector128<ushort>.Zero;
        for (var at = 0; ; at += Lanes)
        {
            // The last eight overlap those before them, where the length is no multiple of eight.
            if (at > last) at = last;
            var characters = Vector128.LoadUnsafe(ref start, (nuint)at);
            seen |= characters;
            Vector128.Narrow(characters, characters).GetLower().StoreUnsafe(ref destination, (nuint)at);
            if (at == last) return (seen & Vector128.Create((ushort)0xFF80)) == Vector128<ushort>.Zero;
        }
    }
}
