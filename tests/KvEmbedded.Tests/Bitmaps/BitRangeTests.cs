namespace KvEmbedded.Tests.Bitmaps;

/// <summary>Where a range lies in a string of so many bytes.</summary>
public sealed class BitRangeTests
{
    [Fact]
    public void The_default_is_all() => Assert.Equal((BitRange.All, BitRange.OfBytes(..), (0L, 80L)), (default, BitRange.All, BitRange.All.In(10)));

    [Fact]
    public void A_range_says_what_it_counts_and_from_where()
    {
        BitRange bytes = 2..^3;
        Assert.Equal((BitUnit.Byte, 2L, false, 3L, true), (bytes.Unit, bytes.Start, bytes.IsStartFromEnd, bytes.End, bytes.IsEndFromEnd));
        Assert.Equal(BitRange.OfBytes(2..^3), bytes);
        var bits = BitRange.OfBits(^20..7);
        Assert.Equal((BitUnit.Bit, 20L, true, 7L, false), (bits.Unit, bits.Start, bits.IsStartFromEnd, bits.End, bits.IsEndFromEnd));
        Assert.Equal(BitRange.OfBits(3, 1L << 32), BitRange.OfBits(3, 1L << 32));
    }

    [Fact]
    public void Ends_outside_are_moved_to_the_nearest_end()
    {
        Assert.Equal((16, 56), BitRange.OfBytes(2..^3).In(10));
        Assert.Equal((60, 80), BitRange.OfBits(^20..).In(10));
        Assert.Equal((0, 24), BitRange.OfBytes(^50..3).In(10));
        Assert.Equal((80, 80), BitRange.OfBits(1L << 32, 5).In(10));
        Assert.Equal((40, 40), BitRange.OfBytes(5..^50).In(10));
    }

    [Fact]
    public void An_operation_says_what_it_does()
    {
        var field = BitFieldType.Signed(5).At(3);
        var set = BitFieldOperation.Set(field, 7, BitOverflow.Saturate);
        Assert.Equal((BitFieldOperationKind.Set, field, 7L, BitOverflow.Saturate), (set.Kind, set.Field, set.Number, set.Overflow));
        Assert.Equal((BitFieldOperationKind.Increment, 1L), (BitFieldOperation.Increment(field).Kind, BitFieldOperation.Increment(field).Number));
        Assert.Equal(BitFieldOperationKind.Get, BitFieldOperation.Get(field).Kind);
        Assert.Equal((BitFieldType.Signed(5), 3L, 5, true), (field.Type, field.Offset, field.Type.Width, field.Type.IsSigned));
    }
}
