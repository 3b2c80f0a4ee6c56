namespace KvEmbedded.HyperLogLogs;

/// <summary>
/// One code of the sparse form: a run of registers of one rank. A byte 00xxxxxx is a run of up to 64 zeros, two bytes 01xxxxxx
/// xxxxxxxx up to 16,384 zeros, a byte 1vvvvvxx up to 4 registers of a rank up to 32.
/// </summary>
/// <param name="Rank">The rank.</param>
/// <param name="Run">How many registers have it.</param>
/// <param name="Length">Bytes of the code.</param>
internal readonly record struct SparseCode(int Rank, int Run, int Length)
{
    public const int RankMax = 32;
    public const int RaisedRunMax = 4;

    private const int ShortZerosMax = 64;
    private const byte LongZeros = 0x40;
    private const byte Raised = 0x80;

    /// <summary>The code at the start of some bytes; of length 0 if there is none whole.</summary>
    public static SparseCode Read(ReadOnlySpan<byte> codes)
    {
        if (codes.IsEmpty) return default;
        var code = codes[0];
        if ((code & Raised) != 0) return new SparseCode((code >> 2 & 0x1F) + 1, (code & 3) + 1, 1);
        if ((code & LongZeros) == 0) return new SparseCode(0, code + 1, 1);
        return codes.Length < 2 ? default : new SparseCode(0, ((code & 0x3F) << 8 | codes[1]) + 1, 2);
    }

    /// <summary>Writes a run that one code can hold; none if it is empty.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> codes, int rank, int run)
    {
        if (run == 0) return 0;
        if (rank > 0)
        {
            codes[0] = (byte)(Raised | (rank - 1) << 2 | (run - 1));
            return 1;
        }

        if (run <= ShortZerosMax)
        {
            codes[0] = (byte)(run - 1);
            return 1;
        }

        codes[0] = (byte)(LongZeros | (run - 1) >> 8);
        codes[1] = (byte)(run - 1);
        return 2;
    }
}
