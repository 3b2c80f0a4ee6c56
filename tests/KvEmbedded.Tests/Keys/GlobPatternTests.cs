using System.Text;
using FsCheck.Xunit;
using KvEmbedded.Keys;

namespace KvEmbedded.Tests.Keys;

public sealed class GlobPatternTests
{
    public static TheoryData<string, string[]> Cases => GlobPatternCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Answers_as_the_real_server_did(string pattern, string[] matched)
    {
        var glob = new GlobPattern(Encoding.Latin1.GetBytes(pattern));

        // A lone star is a shortcut of the server's commands, not of its matching.
        var answers = GlobPatternCases.Keys.Where(key => glob.MatchesAnything || glob.Matches(Encoding.Latin1.GetBytes(key)));

        Assert.Equal(matched, answers);
    }

    [Fact]
    public void A_lone_star_stands_for_everything_and_nothing_else_does()
    {
        Assert.True(new GlobPattern("*"u8).MatchesAnything);
        Assert.False(new GlobPattern("**"u8).MatchesAnything);
        Assert.False(new GlobPattern("\\*"u8).MatchesAnything);
        Assert.False(new GlobPattern([]).MatchesAnything);
    }

    [Theory]
    [InlineData("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b")]
    [InlineData("*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*b")]
    [InlineData("*[a-z]*[^b]*[a-z]*[^b]*[a-z]*[^b]*[a-z]*[^b]b")]
    [InlineData("*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")]
    [InlineData("a*[a-z]*?*[^x]*a*[^b]*")]
    public void A_hostile_pattern_takes_no_more_steps_than_pattern_times_text(string piece)
    {
        // One KiB of pattern against one KiB of text that fits up to its last byte.
        var pattern = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(piece, (1024 / piece.Length) + 1))[..1023] + "b");
        var text = Encoding.Latin1.GetBytes(new string('a', 1024));

        Assert.False(new GlobPattern(pattern).Matches(text, out var steps));
        Assert.InRange(steps, 1, 1025 * 1025);
    }

    // Two letters, and every special byte: a small world where stars and classes meet in every run.
    [Property(MaxTest = 2000)]
    public void Agrees_with_the_definition(byte[] pattern, byte[] text)
    {
        var glob = Shrunk(pattern, "ab*?[]^-\\"u8);
        var name = Shrunk(text, "ab]-"u8);
        if (name.Length == 0) return;

        Assert.Equal(Defined(glob, name), new GlobPattern(glob).Matches(name));
    }

    [Property]
    public void A_text_with_its_special_bytes_escaped_matches_itself_alone(byte[] text, byte[] other)
    {
        var escaped = text.SelectMany(b => new[] { (byte)'\\', b }).ToArray();
        var glob = new GlobPattern(escaped);

        Assert.True(glob.Matches(text));
        Assert.Equal(text.SequenceEqual(other), glob.Matches(other));
    }

    private static byte[] Shrunk(byte[] bytes, ReadOnlySpan<byte> alphabet)
    {
        var shrunk = new byte[bytes.Length];
        for (var i = 0; i < bytes.Length; i++) shrunk[i] = alphabet[bytes[i] % alphabet.Length];
        return shrunk;
    }

    // The plain recursive definition: exponential, so only for small worlds.
    private static bool Defined(ReadOnlySpan<byte> glob, ReadOnlySpan<byte> text)
    {
        if (glob.IsEmpty) return text.IsEmpty;
        switch (glob[0])
        {
            case (byte)'*':
                return Defined(glob[1..], text) || (!text.IsEmpty && Defined(glob, text[1..]));
            case (byte)'?':
                return !text.IsEmpty && Defined(glob[1..], text[1..]);
            case (byte)'[':
                var rest = glob[1..];
                return !text.IsEmpty & InClass(ref rest, text.IsEmpty ? (byte)0 : text[0]) && Defined(rest, text[1..]);
            case (byte)'\\' when glob.Length > 1:
                return !text.IsEmpty && glob[1] == text[0] && Defined(glob[2..], text[1..]);
            default:
                return !text.IsEmpty && glob[0] == text[0] && Defined(glob[1..], text[1..]);
        }
    }

    private static bool InClass(ref ReadOnlySpan<byte> rest, byte value)
    {
        var negated = rest.Length > 0 && rest[0] == '^';
        if (negated) rest = rest[1..];
        var found = false;
        while (rest.Length > 0 && rest[0] != ']')
        {
            if (rest[0] == '\\' && rest.Length > 1)
            {
                found |= rest[1] == value;
                rest = rest[2..];
            }
            else if (rest.Length > 2 && rest[1] == '-')
            {
                found |= value >= Math.Min(rest[0], rest[2]) && value <= Math.Max(rest[0], rest[2]);
                rest = rest[3..];
            }
            else
            {
                found |= rest[0] == value;
                rest = rest[1..];
            }
        }

        if (rest.Length > 0) rest = rest[1..];
        return found != negated;
    }
}
