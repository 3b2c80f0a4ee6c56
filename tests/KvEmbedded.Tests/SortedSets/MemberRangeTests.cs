using FsCheck.Xunit;

namespace KvEmbedded.Tests.SortedSets;

public sealed class MemberRangeTests
{
    [Fact]
    public void All_and_the_default_hold_every_member()
    {
        Assert.All((MemberRange[])[MemberRange.All, default], range => Assert.True(range.Contains("") && range.Contains("z")));
        Assert.Equal("- +", MemberRange.All.ToString());
    }

    [Fact]
    public void Each_end_can_be_left_out()
    {
        Assert.Equal("(b [d", MemberRange.Above("b").AndAtMost("d").ToString());
        Assert.Equal("[b (d", MemberRange.AtLeast("b").AndBelow("d").ToString());
        Assert.True(MemberRange.Between("b", "d").Contains("b") && MemberRange.Between("b", "d").Contains("d"));
        Assert.False(MemberRange.Above("b").Contains("b") || MemberRange.Below("d").Contains("d"));
        Assert.True(MemberRange.AtMost("d").Contains("d"));
        Assert.False(MemberRange.Between("d", "b").Contains("c"));
        var part = MemberRange.Above("b").AndBelow("d");
        Assert.Equal(((KvValue?)"b", (KvValue?)"d", true, true), (part.Lowest, part.Highest, part.ExcludesLowest, part.ExcludesHighest));
    }

    [Property]
    public void Starting_with_is_exactly_the_members_that_begin_so(byte[] prefix, byte[] rest, byte[] other)
    {
        var range = MemberRange.StartingWith(prefix);
        Assert.True(range.Contains(prefix));
        Assert.True(range.Contains((byte[])[.. prefix, .. rest]));
        Assert.True(range.Contains((byte[])[.. prefix, 255, 255]));
        Assert.Equal(other.AsSpan().StartsWith(prefix), range.Contains(other));
    }

    [Fact]
    public void A_prefix_of_the_highest_bytes_has_no_end()
    {
        Assert.Null(MemberRange.StartingWith(new byte[] { 255, 255 }).Highest);
        Assert.Equal((KvValue)new byte[] { 2 }, MemberRange.StartingWith(new byte[] { 1, 255 }).Highest);
    }
}
