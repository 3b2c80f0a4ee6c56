using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KvEmbedded.Records;

namespace KvEmbedded.Sets;

/// <summary>
/// The record of a member of a set: one byte with the length above the lowest bit, which says that it is dead (127 stands for
/// a length in the 4 bytes behind), then the member.
/// </summary>
internal readonly struct PlainMember : IRecord
{
    private const int UnitBytes = 4;
    private const int LongLength = 127;

    /// <summary>Bytes that a record of a member of this length takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BytesOf(int memberLength) =>
        ((memberLength < LongLength ? 1 : 5) + memberLength + UnitBytes - 1) & -UnitBytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bytes(ref byte record) => BytesOf(Name(ref record).Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Name(ref byte record)
    {
        var length = record >> 1;
        return length < LongLength
            ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref record, 1), length)
            : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref record, 5), Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref record, 1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDead(ref byte record) => (record & 1) != 0;

    public static void Kill(ref byte record) => record |= 1;

    public static void Write(Span<byte> record, ReadOnlySpan<byte> member)
    {
        if (member.Length < LongLength)
        {
            record[0] = (byte)(member.Length << 1);
            member.CopyTo(record[1..]);
        }
        else
        {
            record[0] = LongLength << 1;
            MemoryMarshal.Write(record[1..], member.Length);
            member.CopyTo(record[5..]);
        }
    }
}
