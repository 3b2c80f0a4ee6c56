namespace KvEmbedded.Tests.Differential;

/// <summary>What sorted sets need beside the small world: members, scores that add up exactly, and ranges, as we and as Redis say them.</summary>
internal static class SortedSetDraws
{
    private static readonly KvValue[] Members = ["", "a", "b", "ab", "c", "7", new byte[] { 255 }, new byte[] { 97, 0 }, new string('m', 70)];

    private static readonly double[] Scores =
        [0, 0, 0, 1, 1, 1, 2, 3, -1, -2, 1.5, -0.25, -0.0, 1e15, 1e300, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, 5e-324];

    public static KvValue Member(this Draw draw) => draw.Of(Members.AsSpan());

    public static KvValue[] SomeMembers(this Draw draw) => draw.Many(1, 4, draw.Member);

    public static double Score(this Draw draw) => draw.Of(Scores.AsSpan());

    public static SortedSetEntry Entry(this Draw draw) => new(draw.Member(), draw.Score());

    public static (AddWhen Value, KvValue[] Words) AddWhen(this Draw draw) => (draw.Chance(50) ? KvEmbedded.AddWhen.Always : draw.Any<AddWhen>()) switch
    {
        KvEmbedded.AddWhen.Missing => (KvEmbedded.AddWhen.Missing, ["NX"]),
        KvEmbedded.AddWhen.Present => (KvEmbedded.AddWhen.Present, ["XX"]),
        KvEmbedded.AddWhen.Greater => (KvEmbedded.AddWhen.Greater, ["GT"]),
        KvEmbedded.AddWhen.Less => (KvEmbedded.AddWhen.Less, ["LT"]),
        KvEmbedded.AddWhen.PresentAndGreater => (KvEmbedded.AddWhen.PresentAndGreater, ["XX", "GT"]),
        KvEmbedded.AddWhen.PresentAndLess => (KvEmbedded.AddWhen.PresentAndLess, ["XX", "LT"]),
        _ => (KvEmbedded.AddWhen.Always, []),
    };

    /// <summary>Scores between two ends, each of which is in, out or missing.</summary>
    public static (ScoreRange Value, KvValue Low, KvValue High) ScoreRange(this Draw draw)
    {
        var (low, high) = (draw.Score(), draw.Score());
        var (range, lowWord) = draw.Number(0, 4) switch
        {
            0 => (KvEmbedded.ScoreRange.All, "-inf"),
            1 => (KvEmbedded.ScoreRange.Above(low), $"({(KvValue)low}"),
            _ => (KvEmbedded.ScoreRange.AtLeast(low), $"{(KvValue)low}"),
        };
        return draw.Number(0, 4) switch
        {
            0 => (range, lowWord, "+inf"),
            1 => (range.AndBelow(high), lowWord, $"({(KvValue)high}"),
            _ => (range.AndAtMost(high), lowWord, $"{(KvValue)high}"),
        };
    }

    /// <summary>Members between two ends, each of which is in, out or missing.</summary>
    public static (MemberRange Value, KvValue Low, KvValue High) MemberRange(this Draw draw)
    {
        var (low, high) = (draw.Member(), draw.Member());
        var (range, lowWord) = draw.Number(0, 3) switch
        {
            0 => (KvEmbedded.MemberRange.All, (KvValue)"-"),
            1 => (KvEmbedded.MemberRange.Above(low), Marked('(', low)),
            _ => (KvEmbedded.MemberRange.AtLeast(low), Marked('[', low)),
        };
        return draw.Number(0, 3) switch
        {
            0 => (range, lowWord, "+"),
            1 => (range.AndBelow(high), lowWord, Marked('(', high)),
            _ => (range.AndAtMost(high), lowWord, Marked('[', high)),
        };
    }

    /// <summary>How much to skip and to take.</summary>
    public static (long Skip, long Take, KvValue[] Words) Part(this Draw draw)
    {
        var skip = draw.Number(0, 3);
        return draw.Number(0, 3) switch
        {
            0 => (0, long.MaxValue, []),
            1 => (skip, long.MaxValue, ["LIMIT", skip, -1]),
            _ => draw.Number(0, 3) is var take ? (skip, take, ["LIMIT", skip, take]) : default,
        };
    }

    /// <summary>The two ends in the order in which Redis wants them.</summary>
    public static KvValue[] Ends(KvValue low, KvValue high, KvValue by, Order order) =>
        order == Order.Ascending ? [low, high, by] : [high, low, by, "REV"];

    private static KvValue Marked(char mark, KvValue member) => (byte[])[(byte)mark, .. member.ToArray()];
}
