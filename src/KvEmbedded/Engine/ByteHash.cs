using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace KvEmbedded.Engine;

/// <summary>
/// A keyed hash of byte strings: who does not know the secret cannot choose keys that collide (hash flooding).
/// The secret is drawn once per process and never leaves this class.
/// </summary>
/// <remarks>
/// With AES instructions: two or more rounds of AES over 16-byte lanes, the construction known from the hash of Go's maps.
/// Without them: folded 64 x 64 to 128 bit multiplication, as in wyhash (Wang Yi, 2019).
/// </remarks>
internal static partial class ByteHash
{
    private static readonly Vector128<byte> Key0, Key1, Key2;
    private static readonly ulong Secret0, Secret1, Secret2;

    static ByteHash()
    {
        Span<byte> secret = stackalloc byte[72];
        RandomNumberGenerator.Fill(secret);
        Key0 = Vector128.Create<byte>(secret[..16]);
        Key1 = Vector128.Create<byte>(secret[16..32]);
        Key2 = Vector128.Create<byte>(secret[32..48]);
        Secret0 = BitConverter.ToUInt64(secret[48..]) | 1;
        Secret1 = BitConverter.ToUInt64(secret[56..]) | 1;
        Secret2 = BitConverter.ToUInt64(secret[64..]) | 1;
    }

    /// <summary>All 32 bits are usable: the high ones as well as the low ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ReadOnlySpan<byte> bytes) => X86Aes.IsSupported ? WithAes(bytes) : WithMultiply(bytes);

    private static uint WithAes(ReadOnlySpan<byte> bytes)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var length = bytes.Length;
        var state = Begin(length);
        if (length > 16)
        {
            var end = length - 16;
            for (var at = 0; at < end; at += 16)
                state = X86Aes.Encrypt(state ^ Vector128.LoadUnsafe(ref start, (nuint)at), Key1);
            state = X86Aes.Encrypt(state, Key2) ^ Vector128.LoadUnsafe(ref start, (nuint)end);
        }
        else
        {
            state ^= Short(ref start, length);
        }

        return Finish(state);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Begin(int length) => Key0 ^ Vector128.CreateScalar((ulong)(uint)length).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Finish(Vector128<byte> state)
    {
        state = X86Aes.Encrypt(state, Key1);
        state = X86Aes.Encrypt(state, Key2);
        state = X86Aes.Encrypt(state, Key0);
        return state.AsUInt32().ToScalar();
    }

    /// <summary>Up to 16 bytes in one vector, without reading past their end; the length is in the state already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Short(ref byte start, int length)
    {
        var (low, high) = Ends(ref start, length);
        return Vector128.Create(low, high).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Low, ulong High) Ends(ref byte start, int length)
    {
        if (length >= 8)
            return (Read64(ref start, 0), Read64(ref start, length - 8));
        if (length >= 4)
            return (Read32(ref start, 0), Read32(ref start, length - 4));
        return length == 0
            ? (0UL, 0UL)
            : (start | ((ulong)Unsafe.Add(ref start, length >> 1) << 8) | ((ulong)Unsafe.Add(ref start, length - 1) << 16), 0UL);
    }

    private static uint WithMultiply(ReadOnlySpan<byte> bytes)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var length = bytes.Length;
        var state = Secret0 ^ (uint)length;
        var at = 0;
        for (; length - at > 16; at += 16)
            state = Fold(Read64(ref start, at) ^ Secret1, Read64(ref start, at + 8) ^ state);

        var (low, high) = length >= 16
            ? (Read64(ref start, length - 16), Read64(ref start, length - 8))
            : Ends(ref start, length);
        state = Fold(low ^ Secret1, high ^ state);
        state = Fold(state ^ Secret2, Secret1);
        return (uint)(state ^ (state >> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read64(ref byte start, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read32(ref byte start, int at) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at));
}
