using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KvEmbedded.Engine;

/// <summary>
/// The fixed hash of an item: 128 bits that are the same in every process and on every machine, so that copies, snapshots
/// and sketches made elsewhere agree. MurmurHash3, its form for 64-bit machines (A. Appleby, 2011), with a fixed seed.
/// </summary>
/// <remarks>
/// It has no key: who can choose the items can choose such as collide. Keys and members of collections are hashed by
/// <see cref="ByteHash"/>, which has one.
/// </remarks>
internal readonly record struct ItemHash(ulong First, ulong Second)
{
    private const uint Seed = 0x9747B28C;
    private const ulong C1 = 0x87C37B91114253D5;
    private const ulong C2 = 0x4CF5AD432745937F;

    public static ItemHash Of(ReadOnlySpan<byte> bytes) => Of(bytes, Seed);

    public static ItemHash Of(ReadOnlySpan<byte> bytes, uint seed)
    {
        ulong h1 = seed, h2 = seed;
        var rest = bytes;
        for (; rest.Length >= 16; rest = rest[16..])
        {
            h1 ^= MixFirst(BinaryPrimitives.ReadUInt64LittleEndian(rest));
            h1 = ((BitOperations.RotateLeft(h1, 27) + h2) * 5) + 0x52DCE729;
            h2 ^= MixSecond(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
            h2 = ((BitOperations.RotateLeft(h2, 31) + h1) * 5) + 0x38495AB5;
        }

        // What is left is mixed as if zeros stood behind it; zeros alone change nothing.
        if (rest.Length > 8) h2 ^= MixSecond(Tail(rest[8..]));
        if (rest.Length > 0) h1 ^= MixFirst(Tail(rest));

        h1 ^= (ulong)bytes.Length;
        h2 ^= (ulong)bytes.Length;
        h1 += h2;
        h2 += h1;
        h1 = Finish(h1);
        h2 = Finish(h2);
        h1 += h2;
        h2 += h1;
        return new ItemHash(h1, h2);
    }

    /// <summary>
    /// The place of probe <paramref name="i"/> among <paramref name="length"/>. Double hashing (A. Kirsch and
    /// M. Mitzenmacher, "Less hashing, same performance", 2006).
    /// </summary>
    /// <remarks>
    /// Each sum is mixed once more before it is brought to the length: in a small table plain sums of two items meet in all
    /// places more often than independent ones would (P. C. Dillinger and P. Manolios, 2004).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Probe(int i, ulong length)
    {
        var sum = First + ((ulong)i * Second);
        return Math.BigMul((sum ^ (sum >> 32)) * 0x9FB21C651E98DF25, length, out _);
    }

    private static ulong Tail(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 8) return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var tail = 0UL;
        for (var i = bytes.Length - 1; i >= 0; i--) tail = (tail << 8) | bytes[i];
        return tail;
    }

    private static ulong MixFirst(ulong k) => BitOperations.RotateLeft(k * C1, 31) * C2;

    private static ulong MixSecond(ulong k) => BitOperations.RotateLeft(k * C2, 33) * C1;

    private static ulong Finish(ulong h)
    {
        h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCD;
        h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53;
        return h ^ (h >> 33);
    }
}
