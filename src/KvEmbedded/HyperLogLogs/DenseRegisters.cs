using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using KvEmbedded.Strings;

namespace KvEmbedded.HyperLogLogs;

/// <summary>The registers, six bits each, the first in the lowest bits; raised in place.</summary>
internal static class DenseRegisters
{
    private const int RankBits = 6;
    private const int RankMask = (1 << RankBits) - 1;

    /// <summary>Four registers take three bytes.</summary>
    private const int GroupRegisters = 4;

    private const int GroupBytes = 3;

    /// <summary>Raises a register. False if it is as high already, or higher.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Raise(StringBlob blob, RegisterValue register)
    {
        var old = Read(blob.Span, register.Index);
        if (old >= register.Rank) return false;

        RaiseLower(blob, register, old);
        return true;
    }

    /// <summary>The histogram that is kept beside a dense value.</summary>
    public static RegisterHistogram HistogramOf(StringBlob blob)
    {
        if (blob.Companion is RegisterHistogram kept) return kept;
        var histogram = Histogram(blob.Span);
        blob.Companion = histogram;
        return histogram;
    }

    public static RegisterHistogram Histogram(ReadOnlySpan<byte> value)
    {
        var histogram = new RegisterHistogram();
        for (var group = value[HyperLogLogFormat.HeaderLength..]; group.Length >= GroupBytes; group = group[GroupBytes..])
        {
            var bits = Group(group);
            histogram.Add(bits & RankMask, 1);
            histogram.Add(bits >> RankBits & RankMask, 1);
            histogram.Add(bits >> (2 * RankBits) & RankMask, 1);
            histogram.Add(bits >> (3 * RankBits), 1);
        }

        return histogram;
    }

    /// <summary>Raises those of <paramref name="ranks"/>, one of each register, that are lower.</summary>
    public static void MergeInto(ReadOnlySpan<byte> value, Span<byte> ranks)
    {
        var groups = value[HyperLogLogFormat.HeaderLength..];
        for (int i = 0, at = 0; i <= ranks.Length - GroupRegisters; i += GroupRegisters, at += GroupBytes)
        {
            var bits = Group(groups[at..]);
            var four = ranks.Slice(i, GroupRegisters);
            four[0] = (byte)Math.Max(four[0], bits & RankMask);
            four[1] = (byte)Math.Max(four[1], bits >> RankBits & RankMask);
            four[2] = (byte)Math.Max(four[2], bits >> (2 * RankBits) & RankMask);
            four[3] = (byte)Math.Max(four[3], bits >> (3 * RankBits));
        }
    }

    /// <summary>Writes all registers of a dense value anew.</summary>
    public static void WriteAll(StringBlob blob, ReadOnlySpan<byte> ranks)
    {
        var groups = new byte[HyperLogLogFormat.DenseLength - HyperLogLogFormat.HeaderLength];
        for (int i = 0, at = 0; i <= ranks.Length - GroupRegisters; i += GroupRegisters, at += GroupBytes)
        {
            var four = BinaryPrimitives.ReadUInt32LittleEndian(ranks[i..]);
            var bits = (four & RankMask) | (four >> 2 & RankMask << RankBits) | (four >> 4 & RankMask << (2 * RankBits)) | (four >> 6 & RankMask << (3 * RankBits));
            groups[at] = (byte)bits;
            groups[at + 1] = (byte)(bits >> 8);
            groups[at + 2] = (byte)(bits >> 16);
        }

        blob.Write(HyperLogLogFormat.HeaderLength, groups);
    }

    /// <summary>Writes a register into a dense value that nobody sees yet.</summary>
    public static void Write(byte[] value, int index, int rank)
    {
        var (at, shift) = PlaceOf(index);
        var bits = Pair(value, at) & ~(RankMask << shift) | rank << shift;
        value[at] = (byte)bits;
        if (shift > 8 - RankBits) value[at + 1] = (byte)(bits >> 8);
    }

    public static int Read(ReadOnlySpan<byte> value, int index)
    {
        var (at, shift) = PlaceOf(index);
        return Pair(value, at) >> shift & RankMask;
    }

    private static void RaiseLower(StringBlob blob, RegisterValue register, int old)
    {
        var histogram = blob.Companion as RegisterHistogram;
        var (at, shift) = PlaceOf(register.Index);
        var bits = (ushort)(Pair(blob.Span, at) & ~(RankMask << shift) | register.Rank << shift);
        Span<byte> pair = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(pair, bits);
        blob.Write(at, shift > 8 - RankBits ? pair : pair[..1]);
        if (histogram is null) return;

        histogram.Move(old, register.Rank);
        blob.Companion = histogram;
    }

    /// <summary>Where a register's bits begin: in which byte of the value, and at which bit.</summary>
    private static (int At, int Shift) PlaceOf(int index) => (HyperLogLogFormat.HeaderLength + (index * RankBits >> 3), index * RankBits & 7);

    /// <summary>A byte and the one behind it; the last one has none, and its register needs none.</summary>
    private static int Pair(ReadOnlySpan<byte> value, int at) =>
        at + 1 < value.Length ? BinaryPrimitives.ReadUInt16LittleEndian(value[at..]) : value[at];

    private static int Group(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
