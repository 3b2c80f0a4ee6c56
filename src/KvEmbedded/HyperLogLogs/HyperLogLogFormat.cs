using System.Buffers.Binary;

namespace KvEmbedded.HyperLogLogs;

/// <summary>
/// The string of a HyperLogLog: HYLL, the form, three bytes unused, the last estimate, then the registers. The highest bit of
/// the estimate says that it is out of date.
/// </summary>
/// <remarks>Byte by byte as Redis has it: see the comment at the head of its hyperloglog.c.</remarks>
internal static class HyperLogLogFormat
{
    public const int HeaderLength = 16;
    public const int EstimateAt = 8;

    /// <summary>Where the byte stands whose highest bit says that the estimate is out of date.</summary>
    public const int StaleAt = 15;

    public const byte StaleBit = 0x80;

    /// <summary>Six bits for each register.</summary>
    public const int DenseLength = HeaderLength + (RegisterValue.Registers * 6 / 8);

    private const int FormAt = 4;

    private static ReadOnlySpan<byte> Magic => "HYLL"u8;

    private enum Form : byte
    {
        Dense = 0,
        Sparse = 1,
    }

    /// <summary>True if the header is one, and the length is right if the form says one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> value) =>
        value.Length >= HeaderLength && value.StartsWith(Magic)
        && (value[FormAt] == (byte)Form.Sparse || (value[FormAt] == (byte)Form.Dense && value.Length == DenseLength));

    public static bool IsDense(ReadOnlySpan<byte> value) => value[FormAt] == (byte)Form.Dense;

    public static bool IsStale(ReadOnlySpan<byte> value) => (value[StaleAt] & StaleBit) != 0;

    public static long Estimate(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt64LittleEndian(value[EstimateAt..]);

    /// <summary>The value that has seen nothing.</summary>
    public static byte[] Empty()
    {
        var value = new byte[HeaderLength + 2];
        Magic.CopyTo(value);
        value[FormAt] = (byte)Form.Sparse;
        SparseCode.Write(value.AsSpan(HeaderLength), 0, RegisterValue.Registers);
        return value;
    }

    /// <summary>A dense value with the header of another, and no register raised.</summary>
    public static byte[] DenseWithHeaderOf(ReadOnlySpan<byte> value)
    {
        var dense = new byte[DenseLength];
        value[..HeaderLength].CopyTo(dense);
        dense[FormAt] = (byte)Form.Dense;
        return dense;
    }
}
