using FsCheck.Xunit;
using KvEmbedded.Bitmaps;

namespace KvEmbedded.Tests.Bitmaps;

public sealed class BitCombinationTests
{
    [Property(MaxTest = 300)]
    public void Every_operation_is_that_of_single_bytes(byte[][] some, byte count)
    {
        var sources = some.Where(source => source is not null).Append([1, 2, 3]).Prepend([0xFF, 3]).Take(2 + (count % 4)).ToArray();
        foreach (var operation in Enum.GetValues<BitOperation>())
            Assert.Equal(Expected(operation, sources), Actual(operation, sources));
    }

    [Theory]
    [InlineData(100_000, 70_000)]
    [InlineData(70_000, 100_000)]
    public void Strings_of_several_blocks_are_combined(int first, int second)
    {
        byte[][] sources = [new byte[first], new byte[second], new byte[50_001]];
        var random = new Random(1);
        foreach (var source in sources) random.NextBytes(source);
        foreach (var operation in Enum.GetValues<BitOperation>())
            Assert.Equal(Expected(operation, sources), Actual(operation, sources));
    }

    internal static byte[] Expected(BitOperation operation, byte[][] sources)
    {
        if (operation == BitOperation.Not) sources = [sources[0]];
        return [.. Enumerable.Range(0, sources.Max(source => source.Length)).Select(i => Of(operation, [.. sources.Select(source => i < source.Length ? source[i] : (byte)0)]))];
    }

    private static byte[] Actual(BitOperation operation, byte[][] sources)
    {
        if (operation == BitOperation.Not) sources = [sources[0]];
        var target = Enumerable.Repeat((byte)0xA5, sources.Max(source => source.Length)).ToArray();
        BitCombination.Combine(operation, [.. sources.Select(source => (ReadOnlyMemory<byte>)source)], target);
        return target;
    }

    private static byte Of(BitOperation operation, byte[] bytes)
    {
        var others = bytes.Skip(1).Aggregate(0, (all, value) => all | value);
        return (byte)(operation switch
        {
            BitOperation.And => bytes.Aggregate(0xFF, (all, value) => all & value),
            BitOperation.Or => bytes[0] | others,
            BitOperation.Xor => bytes.Aggregate(0, (all, value) => all ^ value),
            BitOperation.Not => ~bytes[0],
            BitOperation.Difference => bytes[0] & ~others,
            BitOperation.OthersWithoutFirst => others & ~bytes[0],
            BitOperation.FirstAndAnyOther => bytes[0] & others,
            _ => Enumerable.Range(0, 8).Where(bit => bytes.Count(value => (value >> bit & 1) != 0) == 1).Sum(bit => 1 << bit),
        });
    }
}
