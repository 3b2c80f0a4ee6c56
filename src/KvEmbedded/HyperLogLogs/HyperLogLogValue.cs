using System.Buffers.Binary;
using KvEmbedded.Strings;

namespace KvEmbedded.HyperLogLogs;

/// <summary>A HyperLogLog as a whole, whichever form it has.</summary>
internal static class HyperLogLogValue
{
    /// <summary>True if the registers can be read; header and length were looked at before.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> value) => HyperLogLogFormat.IsDense(value) || SparseRegisters.AreWhole(value);

    /// <summary>Raises a register. False if it is as high already, or higher.</summary>
    public static bool Raise(StringBlob blob, RegisterValue register) =>
        HyperLogLogFormat.IsDense(blob.Span) ? DenseRegisters.Raise(blob, register) : SparseRegisters.Raise(blob, register);

    /// <summary>How many registers have which rank.</summary>
    public static RegisterHistogram HistogramOf(ReadOnlySpan<byte> value) =>
        HyperLogLogFormat.IsDense(value) ? DenseRegisters.Histogram(value) : SparseRegisters.Histogram(value);

    /// <summary>The estimate, which is kept from then on.</summary>
    public static long Count(StringBlob blob)
    {
        if (!HyperLogLogFormat.IsStale(blob.Span)) return HyperLogLogFormat.Estimate(blob.Span);
        var estimate = HyperLogLogFormat.IsDense(blob.Span)
            ? DenseRegisters.HistogramOf(blob).Estimate()
            : SparseRegisters.Histogram(blob.Span).Estimate();
        Span<byte> kept = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(kept, estimate);
        WriteHeader(blob, HyperLogLogFormat.EstimateAt, kept);
        return estimate;
    }

    /// <summary>Says that the estimate is out of date.</summary>
    public static void MakeStale(StringBlob blob)
    {
        if (HyperLogLogFormat.IsStale(blob.Span)) return;
        WriteHeader(blob, HyperLogLogFormat.StaleAt, [(byte)(blob.Span[HyperLogLogFormat.StaleAt] | HyperLogLogFormat.StaleBit)]);
    }

    /// <summary>Raises those of <paramref name="ranks"/>, one of each register, that are lower.</summary>
    public static void MergeInto(ReadOnlySpan<byte> value, Span<byte> ranks)
    {
        if (HyperLogLogFormat.IsDense(value)) DenseRegisters.MergeInto(value, ranks);
        else SparseRegisters.MergeInto(value, ranks);
    }

    /// <summary>Raises registers to what <paramref name="ranks"/> say, which are not lower than those of the value.</summary>
    public static void RaiseAll(StringBlob blob, ReadOnlySpan<byte> ranks)
    {
        for (var i = 0; i < ranks.Length && !HyperLogLogFormat.IsDense(blob.Span); i++)
        {
            if (ranks[i] > 0) SparseRegisters.Raise(blob, new RegisterValue(i, ranks[i]));
        }

        if (HyperLogLogFormat.IsDense(blob.Span)) DenseRegisters.WriteAll(blob, ranks);
    }

    /// <summary>The estimate for registers of these ranks.</summary>
    public static long CountOf(ReadOnlySpan<byte> ranks)
    {
        var histogram = new RegisterHistogram();
        foreach (var rank in ranks) histogram.Add(rank, 1);
        return histogram.Estimate();
    }

    /// <summary>The registers stay as they are, and so does what is known of them.</summary>
    private static void WriteHeader(StringBlob blob, int at, ReadOnlySpan<byte> part)
    {
        var companion = blob.Companion;
        blob.Write(at, part);
        blob.Companion = companion;
    }
}
