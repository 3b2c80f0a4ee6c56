using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace KvEmbedded.Engine;

internal static partial class ByteHash
{
    /// <summary>
    /// Writes the UTF-8 bytes of a text and hashes them, as <see cref="Of"/> does. For ASCII of 8 to 32 characters, which
    /// most keys are, in one go: the hash takes the bytes from the registers instead of waiting for what was just written.
    /// </summary>
    /// <remarks>The destination has room for three bytes per character.</remarks>
    /// <returns>The number of bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OfText(string text, Span<byte> destination, out uint hash)
    {
        var length = text.Length;
        if (X86Aes.IsSupported && (uint)(length - 8) <= 24 && destination.Length >= length)
        {
            var ascii = length <= 16
                ? TryShortAscii(text, ref MemoryMarshal.GetReference(destination), out hash)
                : TryLongerAscii(text, ref MemoryMarshal.GetReference(destination), out hash);
            if (ascii) return length;
        }

        var written = Utf8Text.Encode(text, destination);
        hash = Of(destination[..written]);
        return written;
    }

    /// <summary>8 to 16 characters: two halves of eight, which overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryShortAscii(string text, ref byte destination, out uint hash)
    {
        ref var start = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.AsSpan()));
        var last = text.Length - 8;
        var (left, right) = (Vector128.LoadUnsafe(ref start), Vector128.LoadUnsafe(ref start, (nuint)last));
        var bytes = Vector128.Narrow(left, right);
        Unsafe.WriteUnaligned(ref destination, bytes.AsUInt64().GetElement(0));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, last), bytes.AsUInt64().GetElement(1));
        hash = Finish(Begin(text.Length) ^ bytes);
        return IsAscii(left | right);
    }

    /// <summary>17 to 32 characters: two halves of sixteen, which overlap.</summary>
    private static bool TryLongerAscii(string text, ref byte destination, out uint hash)
    {
        ref var start = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.AsSpan()));
        var last = text.Length - 16;
        var (a, b) = (Vector128.LoadUnsafe(ref start), Vector128.LoadUnsafe(ref start, 8));
        var (c, d) = (Vector128.LoadUnsafe(ref start, (nuint)last), Vector128.LoadUnsafe(ref start, (nuint)last + 8));
        var (left, right) = (Vector128.Narrow(a, b), Vector128.Narrow(c, d));
        left.StoreUnsafe(ref destination);
        right.StoreUnsafe(ref destination, (nuint)last);
        var state = X86Aes.Encrypt(Begin(text.Length) ^ left, Key1);
        hash = Finish(X86Aes.Encrypt(state, Key2) ^ right);
        return IsAscii(a | b | c | d);
    }

    private static bool IsAscii(Vector128<ushort> characters) =>
        (characters & Vector128.Create((ushort)0xFF80)) == Vector128<ushort>.Zero;
}
