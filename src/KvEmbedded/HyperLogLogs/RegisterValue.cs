using System.Buffers.Binary;
using System.Numerics;

namespace KvEmbedded.HyperLogLogs;

/// <summary>What an element does: it raises one register to a rank, if it is not that high already.</summary>
/// <param name="Index">Which register: 14 bits of the element's hash.</param>
/// <param name="Rank">One more than the number of zeros at the end of the other 50 bits.</param>
/// <remarks>
/// The hash is MurmurHash64A (Austin Appleby, in the public domain) with the seed that Redis has, of the bytes in little-endian
/// order on every machine: else the counts would not be those of Redis.
/// </remarks>
internal readonly record struct RegisterValue(int Index, byte Rank)
{
    private const int IndexBits = 14;
    private const ulong Seed = 0xadc83b19;
    private const ulong Multiplier = 0xc6a4a7935bd1e995;
    private const int Shift = 47;

    /// <summary>How many registers there are.</summary>
    public const int Registers = 1 << IndexBits;

    /// <summary>The highest rank that an element can have.</summary>
    public const int RankMax = 64 - IndexBits + 1;

    public static RegisterValue Of(ReadOnlySpan<byte> element)
    {
        var hash = Hash(element);
        var rank = BitOperations.TrailingZeroCount(hash >> IndexBits | 1UL << (RankMax - 1)) + 1;
        return new RegisterValue((int)(hash & (Registers - 1)), (byte)rank);
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = Seed ^ unchecked((ulong)bytes.Length * Multiplier);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            var word = unchecked(BinaryPrimitives.ReadUInt64LittleEndian(bytes) * Multiplier);
            hash = unchecked((hash ^ ((word ^ (word >> Shift)) * Multiplier)) * Multiplier);
        }

        if (bytes.Length > 0)
        {
            var rest = 0UL;
            for (var i = bytes.Length - 1; i >= 0; i--) rest = rest << 8 | bytes[i];
            hash = unchecked((hash ^ rest) * Multiplier);
        }

        hash = unchecked((hash ^ (hash >> Shift)) * Multiplier);
        return hash ^ (hash >> Shift);
    }
}
