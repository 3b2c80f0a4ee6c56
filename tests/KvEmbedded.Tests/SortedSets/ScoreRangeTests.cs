namespace KvEmbedded.Tests.SortedSets;

public sealed class ScoreRangeTests
{
    [Fact]
    public void All_and_the_default_hold_every_score()
    {
        foreach (var range in (ScoreRange[])[ScoreRange.All, default, new()])
        {
            Assert.All((double[])[double.NegativeInfinity, -1, -0.0, 0, 1, double.PositiveInfinity], score => Assert.True(range.Contains(score)));
            Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (range.Lowest, range.Highest));
            Assert.Equal("-inf +inf", range.ToString());
        }
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(2.5, false)]
    public void Between_includes_both_ends(double score, bool inside) =>
        Assert.Equal(inside, ScoreRange.Between(1, 2).Contains(score));

    [Fact]
    public void Each_end_can_be_left_out()
    {
        Assert.Equal("(1 (2", ScoreRange.Above(1).AndBelow(2).ToString());
        Assert.Equal("1 (2", ScoreRange.AtLeast(1).AndBelow(2).ToString());
        Assert.Equal("(1 2", ScoreRange.Above(1).AndAtMost(2).ToString());
        Assert.Equal("-inf (2.5", ScoreRange.Below(2.5).ToString());
        Assert.Equal((true, false), (ScoreRange.Above(1).ExcludesLowest, ScoreRange.Above(1).ExcludesHighest));
        Assert.False(ScoreRange.Above(1).Contains(1));
        Assert.False(ScoreRange.Below(1).Contains(1));
        Assert.True(ScoreRange.AtLeast(1).Contains(1));
        Assert.True(ScoreRange.AtMost(1).Contains(1));
        Assert.True(ScoreRange.Exactly(1).Contains(1));
    }

    [Fact]
    public void Upside_down_holds_nothing() => Assert.False(ScoreRange.Between(2, 1).Contains(1.5));

    [Fact]
    public void Infinity_can_be_left_out()
    {
        var finite = ScoreRange.Above(double.NegativeInfinity).AndBelow(double.PositiveInfinity);
        Assert.False(finite.Contains(double.PositiveInfinity));
        Assert.False(finite.Contains(double.NegativeInfinity));
        Assert.True(finite.Contains(double.MaxValue));
    }

    [Fact]
    public void NaN_is_no_end()
    {
        Assert.Throws<ArgumentOutOfRangeException>("lowest", () => ScoreRange.AtLeast(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("lowest", () => ScoreRange.Above(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("highest", () => ScoreRange.Below(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("highest", () => ScoreRange.Between(1, double.NaN));
    }
}
