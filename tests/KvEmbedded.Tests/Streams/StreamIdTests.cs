using FsCheck.Xunit;

namespace KvEmbedded.Tests.Streams;

public sealed class StreamIdTests
{
    [Theory]
    [InlineData("0-0", 0, 0)]
    [InlineData("5", 5, 0)]
    [InlineData("5-7", 5, 7)]
    [InlineData("18446744073709551615-18446744073709551615", ulong.MaxValue, ulong.MaxValue)]
    public void A_text_is_read(string text, ulong milliseconds, ulong sequence) =>
        Assert.Equal(new StreamId(milliseconds, sequence), StreamId.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData("1-*")]
    [InlineData(" 1-2")]
    [InlineData("+1")]
    [InlineData("18446744073709551616-0")]
    [InlineData(null)]
    public void What_is_no_id_is_refused(string? text)
    {
        Assert.False(StreamId.TryParse(text, out _));
        if (text is null) return;
        var error = Assert.Throws<FormatException>(() => StreamId.Parse(text));
        Assert.Equal($"'{text}' is not a stream id. Write milliseconds, or milliseconds-sequence, as two decimal numbers.", error.Message);
    }

    [Property]
    public void Ids_are_ordered_as_pairs_and_read_back_from_their_text(ulong a, byte b, ulong c, byte d)
    {
        var (left, right) = (new StreamId(a % 4, b), new StreamId(c % 4, d));
        Assert.Equal((left.Milliseconds, left.Sequence).CompareTo((right.Milliseconds, right.Sequence)), left.CompareTo(right));
        Assert.Equal(left.CompareTo(right) < 0, left < right);
        Assert.Equal(left.CompareTo(right) <= 0, left <= right);
        Assert.Equal(left, StreamId.Parse(left.ToString()));
        Assert.Equal(left.ToString(), ((KvValue)left).ToString());
        if (left != StreamId.MinValue) Assert.Equal(left, left.Previous.Next);
    }

    [Fact]
    public void The_next_id_after_the_last_of_a_millisecond_is_the_first_of_the_next()
    {
        Assert.Equal(new StreamId(6), new StreamId(5, ulong.MaxValue).Next);
        Assert.Equal(new StreamId(5, ulong.MaxValue), new StreamId(6).Previous);
        Assert.Throws<OverflowException>(() => StreamId.MaxValue.Next);
        Assert.Throws<OverflowException>(() => StreamId.MinValue.Previous);
        Assert.Equal(new StreamId(1_000), StreamId.At(DateTimeOffset.UnixEpoch.AddSeconds(1)));
    }

    [Fact]
    public void Positions_and_ranges_read_as_Redis_writes_them()
    {
        Assert.Equal("0-0 $ + 5-1", $"{StreamPosition.Beginning} {StreamPosition.New} {StreamPosition.Newest} {StreamPosition.After(new StreamId(5, 1))}");
        Assert.Equal(StreamPosition.Beginning, StreamPosition.After(StreamId.MinValue));
        Assert.Equal("(1-0 5-3", StreamRange.Above(new StreamId(1)).AndUpTo(new StreamId(5, 3)).ToString());
        Assert.True(StreamRange.From(new StreamId(1)).AndBelow(new StreamId(2)).Contains(new StreamId(1, 9)));
        Assert.False(StreamRange.Above(new StreamId(1)).Contains(new StreamId(1)));
        Assert.Equal(
            StreamRange.Between(new StreamId(1_000), new StreamId(2_000, ulong.MaxValue)),
            StreamRange.Between(DateTimeOffset.UnixEpoch.AddSeconds(1), DateTimeOffset.UnixEpoch.AddSeconds(2)));
    }
}
