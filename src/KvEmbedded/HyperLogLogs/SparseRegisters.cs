using KvEmbedded.Strings;

namespace KvEmbedded.HyperLogLogs;

/// <summary>
/// The registers as runs of equal ones, one code each: what a value has until it is too long, or a rank too high. Invariant:
/// the runs make up all registers.
/// </summary>
internal static class SparseRegisters
{
    /// <summary>A value that would be longer becomes dense: Redis's hll-sparse-max-bytes.</summary>
    public const int LengthMax = 3_000;

    /// <summary>A code may become three, of five bytes.</summary>
    private const int GrowthMax = 3;

    /// <summary>After a change, so many codes are looked at for neighbours that can be one.</summary>
    private const int MergedMax = 5;

    /// <summary>True if the runs make up all registers, and nothing follows.</summary>
    public static bool AreWhole(ReadOnlySpan<byte> value)
    {
        var registers = 0;
        for (var codes = value[HyperLogLogFormat.HeaderLength..]; !codes.IsEmpty;)
        {
            var code = SparseCode.Read(codes);
            registers += code.Run;
            if (code.Length == 0 || registers > RegisterValue.Registers) return false;
            codes = codes[code.Length..];
        }

        return registers == RegisterValue.Registers;
    }

    /// <summary>Raises a register of a value that is whole. False if it is as high already, or higher.</summary>
    public static bool Raise(StringBlob blob, RegisterValue register)
    {
        if (register.Rank > SparseCode.RankMax) return DenseRegisters.Raise(Densify(blob), register);

        var value = blob.Span;
        var (before, at, first) = Find(value, register.Index);
        var code = SparseCode.Read(value[at..]);
        if (code.Rank >= register.Rank) return false;

        Span<byte> changed = stackalloc byte[LengthMax + GrowthMax];
        if (value.Length > LengthMax) changed = new byte[value.Length + GrowthMax];
        changed = changed[..(value.Length + GrowthMax)];
        var length = Split(value, changed, at, first, code, register);
        if (length > value.Length && length > LengthMax) return DenseRegisters.Raise(Densify(blob), register);

        length = Merge(changed[..length], before);
        blob.ReplaceFrom(before, changed[before..length]);
        return true;
    }

    /// <summary>Raises those of <paramref name="ranks"/>, one of each register, that are lower.</summary>
    public static void MergeInto(ReadOnlySpan<byte> value, Span<byte> ranks)
    {
        var first = 0;
        for (var codes = value[HyperLogLogFormat.HeaderLength..]; !codes.IsEmpty;)
        {
            var code = SparseCode.Read(codes);
            if (code.Rank > 0)
            {
                foreach (ref var rank in ranks.Slice(first, code.Run)) rank = Math.Max(rank, (byte)code.Rank);
            }

            first += code.Run;
            codes = codes[code.Length..];
        }
    }

    public static RegisterHistogram Histogram(ReadOnlySpan<byte> value)
    {
        var histogram = new RegisterHistogram();
        for (var codes = value[HyperLogLogFormat.HeaderLength..]; !codes.IsEmpty;)
        {
            var code = SparseCode.Read(codes);
            histogram.Add(code.Rank, code.Run);
            codes = codes[code.Length..];
        }

        return histogram;
    }

    /// <summary>Gives a value the dense form, with the same registers and the same estimate.</summary>
    public static StringBlob Densify(StringBlob blob)
    {
        var value = blob.Span;
        var dense = HyperLogLogFormat.DenseWithHeaderOf(value);
        var first = 0;
        for (var codes = value[HyperLogLogFormat.HeaderLength..]; !codes.IsEmpty;)
        {
            var code = SparseCode.Read(codes);
            for (var i = first; code.Rank > 0 && i < first + code.Run; i++) DenseRegisters.Write(dense, i, code.Rank);
            first += code.Run;
            codes = codes[code.Length..];
        }

        blob.ReplaceFrom(0, dense);
        return blob;
    }

    /// <summary>The code of a register: where it is, where the one before it is, and its first register.</summary>
    private static (int Before, int At, int First) Find(ReadOnlySpan<byte> value, int index)
    {
        var (before, at, first) = (HyperLogLogFormat.HeaderLength, HyperLogLogFormat.HeaderLength, 0);
        for (var code = SparseCode.Read(value[at..]); index >= first + code.Run; code = SparseCode.Read(value[at..]))
        {
            before = at;
            first += code.Run;
            at += code.Length;
        }

        return (before, at, first);
    }

    /// <summary>The value with one run split where a register of it is raised.</summary>
    /// <returns>Its length.</returns>
    private static int Split(ReadOnlySpan<byte> value, Span<byte> changed, int at, int first, SparseCode code, RegisterValue register)
    {
        value[..at].CopyTo(changed);
        var end = at;
        end += SparseCode.Write(changed[end..], code.Rank, register.Index - first);
        end += SparseCode.Write(changed[end..], register.Rank, 1);
        end += SparseCode.Write(changed[end..], code.Rank, first + code.Run - 1 - register.Index);
        var rest = value[(at + code.Length)..];
        rest.CopyTo(changed[end..]);
        return end + rest.Length;
    }

    /// <summary>Makes one code of neighbours of the same rank, where one can hold them; from a code on, a few codes far.</summary>
    /// <returns>The length that is left.</returns>
    private static int Merge(Span<byte> value, int at)
    {
        for (var seen = 0; at < value.Length && seen < MergedMax; seen++)
        {
            var code = SparseCode.Read(value[at..]);
            var next = SparseCode.Read(value[(at + code.Length)..]);
            if (code.Rank > 0 && code.Rank == next.Rank && code.Run + next.Run <= SparseCode.RaisedRunMax)
            {
                SparseCode.Write(value[at..], code.Rank, code.Run + next.Run);
                value[(at + 2)..].CopyTo(value[(at + 1)..]);
                value = value[..^1];
            }
            else
            {
                at += code.Length;
            }
        }

        return value.Length;
    }
}
