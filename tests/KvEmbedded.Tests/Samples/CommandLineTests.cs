using Lloogg;

namespace KvEmbedded.Tests.Samples;

public sealed class CommandLineTests
{
    [Fact]
    public void Options_and_logs_may_be_mixed()
    {
        Assert.True(CommandLine.TryParse(["a.log", "-f", "--top", "7", "-", "--site=x.example", "--", "-odd"], out var command, out _));

        Assert.Equal(["a.log", "-", "-odd"], command.Logs);
        Assert.True(command.Follow);
        Assert.Equal(7, command.Top);
        Assert.Equal("x.example", command.Site);
        Assert.False(command.Help);
    }

    [Theory]
    [InlineData("--top", "--top needs a number from 1 to 1000, not ''.")]
    [InlineData("--top=0", "--top needs a number from 1 to 1000, not '0'.")]
    [InlineData("-n 1001", "--top needs a number from 1 to 1000, not '1001'.")]
    [InlineData("--top +5", "--top needs a number from 1 to 1000, not '+5'.")]
    [InlineData("--site", "--site needs a host name, such as www.example.org.")]
    [InlineData("--folow", "There is no option '--folow'.")]
    [InlineData("-x", "There is no option '-x'.")]
    [InlineData("--follow=yes", "There is no option '--follow=yes'.")]
    public void What_means_nothing_is_named(string words, string expected)
    {
        Assert.False(CommandLine.TryParse(words.Split(' '), out _, out var problem));
        Assert.Equal(expected, problem);
    }
}
