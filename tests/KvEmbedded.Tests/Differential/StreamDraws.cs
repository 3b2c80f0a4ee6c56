using System.Runtime.CompilerServices;

namespace KvEmbedded.Tests.Differential;

/// <summary>
/// Ids that rise as a rule and stay small; one stream and one group that most commands are about, and a few others; idle times
/// that are none or half an hour. So what is read is acknowledged and claimed in many scripts, not only asked for.
/// </summary>
internal static class StreamDraws
{
    public static readonly string[] Groups = ["g", "h"];

    private static readonly ConditionalWeakTable<Draw, StrongBox<int>> Clocks = [];

    public static KvKey StreamKey(this Draw draw) => draw.Chance(70) ? Draw.Keys[0] : draw.Key();

    public static KvKey[] SomeStreams(this Draw draw) => draw.Many(1, 3, draw.StreamKey);

    public static StreamId Id(this Draw draw) => draw.Chance(90)
        ? new StreamId((ulong)draw.Number(0, Now(draw, 0) + 1), (ulong)(draw.Chance(80) ? draw.Number(0, 1) : 2))
        : draw.Of(StreamId.MinValue, new StreamId(1, ulong.MaxValue), StreamId.MaxValue, new StreamId(ulong.MaxValue));

    public static StreamId[] Ids(this Draw draw) => draw.Many(1, 4, draw.Id);

    /// <summary>An id as Redis is told it when it is given to XADD, and as we are.</summary>
    public static (NewStreamId? Value, KvValue Word) NewId(this Draw draw)
    {
        if (draw.Chance(2)) return (StreamId.MaxValue, StreamId.MaxValue);
        var milliseconds = (ulong)(draw.Chance(85) ? Now(draw, draw.Number(0, 1)) : draw.Number(0, 20));
        if (draw.Chance(30)) return (NewStreamId.InMillisecond(milliseconds), $"{milliseconds}-*");
        var id = new StreamId(milliseconds, (ulong)draw.Number(0, 3));
        return id == StreamId.MinValue ? (new StreamId(0, 1), "0-1") : (id, id);
    }

    public static StreamField[] Fields(this Draw draw) =>
        draw.Chance(60) ? [new("f", draw.Number(0, 9))] : draw.Many(1, 3, () => new StreamField(draw.Of("f", "g", ""), draw.Value()));

    public static (StreamRange Value, KvValue Low, KvValue High) StreamRange(this Draw draw)
    {
        var (low, high) = (draw.Id(), draw.Id());
        var range = KvEmbedded.StreamRange.All;
        KvValue lowWord = "-", highWord = "+";
        if (draw.Chance(60))
        {
            // Redis refuses these two: an exclusive end at the end of all ids.
            var excludes = draw.Chance(30) && low != StreamId.MaxValue;
            range = excludes ? KvEmbedded.StreamRange.Above(low) : KvEmbedded.StreamRange.From(low);
            lowWord = $"{(excludes ? "(" : "")}{low}";
        }

        if (draw.Chance(60))
        {
            var excludes = draw.Chance(30) && high != StreamId.MinValue;
            range = excludes ? range.AndBelow(high) : range.AndUpTo(high);
            highWord = $"{(excludes ? "(" : "")}{high}";
        }

        return (range, lowWord, highWord);
    }

    public static (StreamPosition Value, KvValue Word) Position(this Draw draw)
    {
        if (draw.Chance(40)) return (StreamPosition.Beginning, "0");
        if (draw.Chance(20)) return (StreamPosition.New, "$");
        var id = draw.Id();
        return (id, id);
    }

    public static (StreamTrim Value, KvValue[] Words) Trim(this Draw draw)
    {
        var (count, id) = (draw.Number(0, 8), draw.Id());
        var byCount = draw.Chance(60);
        var trim = byCount ? StreamTrim.ToCount(count) : StreamTrim.ToId(id);
        KvValue threshold = byCount ? count : id;
        KvValue strategy = byCount ? "MAXLEN" : "MINID";
        if (draw.Chance(60)) return (trim, [strategy, threshold]);
        if (draw.Chance(50)) return (trim.Approximately(), [strategy, "~", threshold]);
        var limit = draw.Number(1, 250);
        return (trim.Approximately(limit), [strategy, "~", threshold, "LIMIT", limit]);
    }

    public static string Group(this Draw draw) => draw.Chance(80) ? Groups[0] : draw.Of(Groups);

    public static string Consumer(this Draw draw) => draw.Of("alice", "bob", "");

    public static TimeSpan Idle(this Draw draw) => draw.Chance(70) ? TimeSpan.Zero : TimeSpan.FromMinutes(30);

    private static int Now(Draw draw, int step) => Clocks.GetOrCreateValue(draw).Value += step;
}
