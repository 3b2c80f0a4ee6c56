using System.Buffers.Binary;
using System.Text;
using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

public sealed class ItemHashTests
{
    [Theory]
    [InlineData("", 0x0000000000000000, 0x0000000000000000)]
    [InlineData("hello", 0xCBD8A7B341BD9B02, 0x5B1E906A48AE1D19)]
    [InlineData("hello, world", 0x342FAC623A5EBC8E, 0x4CDCBC079642414D)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 0xCD99481F9EE902C9, 0x695DA1A38987B6E7)]
    public void It_is_MurmurHash3(string text, ulong first, ulong second) =>
        Assert.Equal(new ItemHash(first, second), ItemHash.Of(Encoding.UTF8.GetBytes(text), 0));

    /// <summary>The check its author gives: 255 keys of all lengths below 255, each with a seed of its own, hashed once more.</summary>
    [Fact]
    public void It_has_the_verification_value_of_its_author()
    {
        Span<byte> key = stackalloc byte[256];
        Span<byte> hashes = stackalloc byte[256 * 16];
        for (var i = 0; i < 256; i++)
        {
            key[i] = (byte)i;
            Write(ItemHash.Of(key[..i], (uint)(256 - i)), hashes[(16 * i)..]);
        }

        Span<byte> final = stackalloc byte[16];
        Write(ItemHash.Of(hashes, 0), final);
        Assert.Equal(0x6384BA69u, BinaryPrimitives.ReadUInt32LittleEndian(final));
    }

    [Fact]
    public void It_is_the_same_in_every_process() =>
        Assert.Equal(new ItemHash(0x24163A14C0D4399E, 0xDF64FBFEAB3C264C), ItemHash.Of("item"u8));

    [Fact]
    public void Probes_are_spread_evenly()
    {
        var places = new int[100];
        for (var item = 0; item < 10_000; item++)
        {
            for (var i = 0; i < 10; i++) places[ItemHash.Of(BitConverter.GetBytes(item)).Probe(i, 100)]++;
        }

        Assert.All(places, static count => Assert.InRange(count, 850, 1150));
    }

    private static void Write(ItemHash hash, Span<byte> to)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to, hash.First);
        BinaryPrimitives.WriteUInt64LittleEndian(to[8..], hash.Second);
    }
}
