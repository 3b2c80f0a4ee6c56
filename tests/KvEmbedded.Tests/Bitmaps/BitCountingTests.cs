using FsCheck.Xunit;
using KvEmbedded.Bitmaps;

namespace KvEmbedded.Tests.Bitmaps;

public sealed class BitCountingTests
{
    [Fact]
    public void Counts_of_every_length_and_alignment_are_those_of_single_bits()
    {
        var bytes = new byte[1_700];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length <= 1_600; length += 1 + (length / 40))
        {
            var part = bytes.AsSpan(length % 67, length);
            Assert.Equal(part.ToArray().Sum(value => long.PopCount(value)), BitCounting.Count(part));
        }
    }

    [Fact]
    public void A_thousand_blocks_of_ones_are_all_counted() =>
        Assert.Equal(8L * 512_777, BitCounting.Count(Enumerable.Repeat((byte)0xFF, 512_777).ToArray()));

    [Fact]
    public void Every_range_of_bits_of_a_few_bytes_is_counted_and_searched()
    {
        byte[] bytes = [0b_1011_0000, 0, 0xFF, 0b_0000_0001, 0b_1000_0000];
        var bits = Bits(bytes);
        for (var start = 0; start <= bits.Length; start++)
        {
            for (var end = 0; end <= bits.Length; end++)
            {
                var part = end > start ? bits[start..end] : [];
                Assert.Equal(part.Count(bit => bit), BitCounting.Count(bytes, start, end));
                Assert.Equal(First(part, true, start), BitSearch.First(bytes, true, start, end));
                Assert.Equal(First(part, false, start), BitSearch.First(bytes, false, start, end));
            }
        }
    }

    [Property]
    public bool Long_runs_are_searched_to_their_end(ushort runs, bool bit)
    {
        var bytes = new byte[(runs % 3_000) + 2];
        bytes.AsSpan().Fill(bit ? (byte)0 : (byte)0xFF);
        bytes[^2] = bit ? (byte)0b_0000_0100 : (byte)0b_1111_1011;
        return BitSearch.First(bytes, bit, 0, 8L * bytes.Length) == (8L * bytes.Length) - 11
            && BitSearch.First(bytes, bit, 5, (8L * bytes.Length) - 11) is null;
    }

    internal static bool[] Bits(byte[] bytes) => [.. bytes.SelectMany(value => Enumerable.Range(0, 8).Select(i => (value >> (7 - i) & 1) != 0))];

    private static long? First(bool[] part, bool bit, int start) => Array.IndexOf(part, bit) is >= 0 and var at ? start + at : null;
}
