using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

/// <summary>
/// The record of a member of a sorted set: score (8 bytes, NaN once it is dead), length (1 byte, or 255 and 4 bytes), member.
/// </summary>
internal readonly struct ScoredMember : IRecord
{
    private const int UnitBytes = 4;
    private const int ScoreBytes = sizeof(double);
    private const byte LongLength = byte.MaxValue;

    /// <summary>Bytes that a record of a member of this length takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BytesOf(int memberLength) =>
        (ScoreBytes + (memberLength < LongLength ? 1 : 5) + memberLength + UnitBytes - 1) & -UnitBytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bytes(ref byte record) => BytesOf(Name(ref record).Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Name(ref byte record)
    {
        ref var length = ref Unsafe.Add(ref record, ScoreBytes);
        return length < LongLength
            ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref length, 1), length)
            : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref length, 5),
                Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref length, 1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDead(ref byte record) => double.IsNaN(Score(ref record));

    public static void Kill(ref byte record) => SetScore(ref record, double.NaN);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Score(ref byte record) => Unsafe.ReadUnaligned<double>(ref record);

    public static void SetScore(ref byte record, double score) => Unsafe.WriteUnaligned(ref record, score);

    public static void Write(Span<byte> record, ReadOnlySpan<byte> member, double score)
    {
        MemoryMarshal.Write(record, score);
        record = record[ScoreBytes..];
        if (member.Length < LongLength)
        {
            record[0] = (byte)member.Length;
            member.CopyTo(record[1..]);
        }
        else
        {
            record[0] = LongLength;
            MemoryMarshal.Write(record[1..], member.Length);
            member.CopyTo(record[5..]);
        }
    }
}

/// <summary>Pages of members with their scores.</summary>
internal static class ScoredMembers
{
    /// <summary>The member behind a handle; a view of storage, valid until the next mutation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Member(this RecordPages<ScoredMember> pages, uint handle) => pages.Name(handle);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Score(this RecordPages<ScoredMember> pages, uint handle) => ScoredMember.Score(ref pages.At(handle));

    public static void SetScore(this RecordPages<ScoredMember> pages, uint handle, double score) =>
        ScoredMember.SetScore(ref pages.At(handle), score);

    /// <summary>Appends a record. Amortized O(1); copies at most one page.</summary>
    public static uint Append(this RecordPages<ScoredMember> pages, ReadOnlySpan<byte> member, double score)
    {
        ScoredMember.Write(pages.Allocate(ScoredMember.BytesOf(member.Length), out var handle), member, score);
        return handle;
    }
}

/// <summary>A page of a scan of members with their scores.</summary>
internal static class ScoredMemberPage
{
    /// <summary>The member; a view of storage.</summary>
    public static ReadOnlySpan<byte> Member(this ScanPage<ScoredMember> page, int at) => page.Name(at);

    public static double Score(this ScanPage<ScoredMember> page, int at) => ScoredMember.Score(ref page.At(at));
}
