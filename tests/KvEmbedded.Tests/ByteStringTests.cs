using System.Text;
using FsCheck.Xunit;

namespace KvEmbedded.Tests;

/// <summary>Keys and values are byte strings, whatever they were made from.</summary>
public sealed class ByteStringTests
{
    [Property]
    public void Keys_are_ordered_and_equal_as_their_bytes_are(byte[] left, byte[] right)
    {
        KvKey a = left, b = right;
        var order = Math.Sign(left.AsSpan().SequenceCompareTo(right));

        Assert.Equal(order, Math.Sign(a.CompareTo(b)));
        Assert.Equal((order < 0, order <= 0, order > 0, order >= 0, order == 0, order != 0), (a < b, a <= b, a > b, a >= b, a == b, a != b));
        Assert.Equal(left.Length, a.Length);
        Assert.Equal(left, a.ToArray());
    }

    [Property]
    public void Values_are_ordered_and_equal_as_their_bytes_are(byte[] left, byte[] right)
    {
        KvValue a = left, b = right;
        var order = Math.Sign(left.AsSpan().SequenceCompareTo(right));

        Assert.Equal(order, Math.Sign(a.CompareTo(b)));
        Assert.Equal((order < 0, order <= 0, order > 0, order >= 0, order == 0, order != 0), (a < b, a <= b, a > b, a >= b, a == b, a != b));
        Assert.Equal(order == 0, a.GetHashCode() == b.GetHashCode() && a.Equals((object)b));
    }

    [Property]
    public void Text_number_and_bytes_of_the_same_digits_are_the_same(long number)
    {
        var text = number.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal((KvKey)text, (KvKey)number);
        Assert.Equal((KvKey)Encoding.UTF8.GetBytes(text), (KvKey)number);
        Assert.Equal((KvValue)text, (KvValue)number);
        Assert.True(((KvValue)text).TryGetInt64(out var read));
        Assert.Equal(number, read);
        Assert.Equal(number, (long)(KvValue)text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("9223372036854775808")]
    [InlineData("one")]
    public void What_is_no_integer_as_it_would_be_written_is_none(string text) => Assert.False(((KvValue)text).TryGetInt64(out _));

    [Property]
    public void A_value_copies_itself_out(byte[] bytes)
    {
        var room = new byte[bytes.Length + 1];

        Assert.Equal(bytes.Length, ((KvValue)bytes).CopyTo(room));
        Assert.Equal(bytes, room[..^1]);
        Assert.Equal(3, ((KvValue)(-42)).CopyTo(new byte[32]));
    }
}
