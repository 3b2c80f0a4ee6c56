using System.Numerics;
using KvEmbedded.Bitmaps;

namespace KvEmbedded.Tests.Bitmaps;

/// <summary>All widths, signs and overflow modes with the numbers at their edges, beside integers without bounds.</summary>
public sealed class BitFieldTests
{
    private static readonly BitFieldType[] Types =
        [.. Enumerable.Range(1, 63).Select(BitFieldType.Unsigned), .. Enumerable.Range(1, 64).Select(BitFieldType.Signed)];

    [Fact]
    public void Every_number_near_an_edge_is_added_as_on_paper()
    {
        foreach (var type in Types)
        {
            var (min, max) = Bounds(type);
            foreach (var old in NumbersNear(min, max).Where(number => number >= min && number <= max))
            {
                foreach (var by in NumbersNear(min, max).Where(IsLong))
                    AssertFits(type, old + by, (Int128)(long)old + (long)by);
            }
        }
    }

    [Fact]
    public void Every_number_near_an_edge_is_set_as_on_paper()
    {
        foreach (var type in Types)
        {
            var (min, max) = Bounds(type);
            foreach (var number in NumbersNear(min, max).Where(IsLong))
            {
                // An unsigned field takes a negative number for its 64 bits.
                var meant = !type.IsSigned && number < 0 ? number + (BigInteger.One << 64) : number;
                AssertFits(type, meant, BitFieldBits.Meant((long)number, type));
            }
        }
    }

    [Fact]
    public void Every_field_at_every_bit_of_a_byte_is_read_and_written_without_touching_its_neighbours()
    {
        foreach (var type in Types)
        {
            for (var offset = 0; offset < 16; offset++)
            {
                foreach (var filler in new byte[] { 0, 0xFF, 0x5A })
                {
                    foreach (var number in NumbersNear(Bounds(type).Min, Bounds(type).Max).Where(number => number >= Bounds(type).Min && number <= Bounds(type).Max))
                        AssertRoundTrip(type.At(offset), (long)number, filler);
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(-1)]
    public void Unsigned_fields_have_1_to_63_bits(int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFieldType.Unsigned(width));

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Signed_fields_have_1_to_64_bits(int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFieldType.Signed(width));

    [Fact]
    public void A_field_is_found_by_its_bit_or_by_its_number_in_a_row()
    {
        var type = BitFieldType.Signed(64);

        Assert.Equal("i64", type.ToString());
        Assert.Equal("u1", default(BitFieldType).ToString());
        Assert.Equal(type.At(192), type.Nth(3));
        Assert.Equal(uint.MaxValue, type.At(uint.MaxValue).Offset);
        Assert.Throws<ArgumentOutOfRangeException>(() => type.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => type.Nth(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => type.Nth((1L << 26) + 1));
        Assert.Equal("The offset of a bit is 0 to 4294967295. (Parameter 'offset')\nActual value was 4294967296.", Assert.Throws<ArgumentOutOfRangeException>(() => type.At(1L << 32)).Message.ReplaceLineEndings("\n"));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFieldOperation.Set(type.At(0), 1, (BitOverflow)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitRange.OfBits(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitRange.OfBits(1, -1));
    }

    private static void AssertFits(BitFieldType type, BigInteger meant, Int128 number)
    {
        var (min, max) = Bounds(type);
        var size = max - min + 1;
        var wrapped = min + ((((meant - min) % size) + size) % size);
        Assert.True(BitFieldBits.TryFit(number, type, BitOverflow.Wrap, out var fitted));
        Assert.Equal(wrapped, fitted);
        Assert.True(BitFieldBits.TryFit(number, type, BitOverflow.Saturate, out fitted));
        Assert.Equal(BigInteger.Clamp(meant, min, max), fitted);
        Assert.Equal(meant >= min && meant <= max, BitFieldBits.TryFit(number, type, BitOverflow.Fail, out fitted));
        if (meant >= min && meant <= max) Assert.Equal(meant, fitted);
    }

    private static void AssertRoundTrip(BitField field, long number, byte filler)
    {
        var (start, count) = BitFieldBits.BytesOf(field);
        Assert.InRange(count, 1, BitFieldBits.BytesMax);
        var room = new byte[BitFieldBits.RoomBytes];
        room.AsSpan(0, count).Fill(filler);
        var before = BitCountingTests.Bits(room);
        BitFieldBits.Set(room, field, number);
        var after = BitCountingTests.Bits(room);

        Assert.Equal(number, BitFieldBits.Get(room, field));
        var (first, last) = (field.Offset - (8 * start), field.LastBit - (8 * start));
        for (var bit = 0; bit < before.Length; bit++)
        {
            var expected = bit < first || bit > last ? before[bit] : (number >> (int)(last - bit) & 1) != 0;
            if (expected != after[bit]) Assert.Fail($"{field} of {number}: bit {bit}");
        }
    }

    private static (BigInteger Min, BigInteger Max) Bounds(BitFieldType type) => type.IsSigned
        ? (-(BigInteger.One << (type.Width - 1)), (BigInteger.One << (type.Width - 1)) - 1)
        : (0, (BigInteger.One << type.Width) - 1);

    private static IEnumerable<BigInteger> NumbersNear(BigInteger min, BigInteger max) =>
        new[] { min, max, 0, long.MinValue, long.MaxValue, max / 2, 3 * max }
            .SelectMany(number => new[] { number - 1, number, number + 1 }).Distinct();

    private static bool IsLong(BigInteger number) => number >= long.MinValue && number <= long.MaxValue;
}
