using FsCheck.Xunit;
using Lloogg;

namespace KvEmbedded.Tests.Samples;

public sealed class ReportTests
{
    private static readonly ReportStyle Plain = new(Width: 72, Rows: 2, IsColoured: false);

    private static readonly Totals Example = new()
    {
        Hits = 1_234,
        PageViews = 800,
        Bytes = 56_780_000,
        Visitors = 99,
        HitsByStatusClass = [0, 0, 1_000, 100, 130, 4, 0, 0, 0, 0],
        DayCount = 3,
        Days =
        [
            new DayTotals(new DateOnly(2026, 3, 4), 34, 3, 0, 1),
            new DayTotals(new DateOnly(2026, 3, 5), 400, 40, 2, 17_000_000),
            new DayTotals(new DateOnly(2026, 3, 6), 800, 60, 35, 39_000_000),
        ],
        Weeks = [new WeekTotals("2026-W09", 3), new WeekTotals("2026-W10", 96)],
        Latest = new VisitorTotals("10.0.0.7", ["/pens/?page=2", "/pens/", "/never-shown"]),
        Pages = [new PageTotals("/", 500, 300), new PageTotals("/pens/", 20, 0), new PageTotals("/never-shown", 1, 1)],
        Referrers = [new NameTotals("www.google.com", 7)],
        Browsers = [new NameTotals("Firefox", 900), new NameTotals("curl", 334)],
        Missing = [new NameTotals("/.env", 12)],
        Unreadable = 3,
        FirstUnreadable =
        [
            new UnreadableLine("a.log", 17, "the line is empty", ""),
            new UnreadableLine("a.log", 18, "the status is not three digits", "10.0.0.1 - - [x"),
            new UnreadableLine("a.log", 19, "never shown", ""),
        ],
    };

    [Fact]
    public void The_whole_report_looks_like_this() => Assert.Equal(
        """
        1,234 hits, 800 page views, 99 visitors, 56.8 MB
        Status: 2xx 1,000 (81 %), 3xx 100 (8 %), 4xx 130 (11 %), 5xx 4 (<1 %)
        Errors: 134 of 1,234 hits (11 %)

        Last 2 of 3 days
                           hits   visitors  returning     bytes
        2026-03-05          400         40          2   17.0 MB ████████
        2026-03-06          800         60         35   39.0 MB ████████████████

        Visitors of a week (about)
        2026-W09              3
        2026-W10             96

        Top pages (views, of them on 2026-03-06)
                 500 ████████████       300  /
                  20 ▍                    0  /pens/

        Top referrers (views)
                   7 ████████████ www.google.com

        Top browsers and programs (hits)
                 900 ████████████ Firefox
                 334 ████▍        curl

        Asked for, not found (hits)
                  12 ████████████ /.env

        The latest visitor, 10.0.0.7, asked for (newest first)
          /pens/?page=2
          /pens/

        3 lines could not be read
        a.log:17: the line is empty
        a.log:18: the status is not three digits
          10.0.0.1 - - [x
        and 1 more
        """.ReplaceLineEndings("\n"), string.Join('\n', Report.Lines(Example, Plain).Select(line => line.TrimEnd())));

    [Fact]
    public void Nothing_read_is_a_report_too() => Assert.Equal(
        ["0 hits, 0 page views, 0 visitors, 0 B", "Status: 2xx 0 (0 %), 3xx 0 (0 %), 4xx 0 (0 %), 5xx 0 (0 %)"],
        Report.Lines(Totals.None, Plain));

    [Fact]
    public void With_one_day_pages_have_one_figure()
    {
        var lines = Report.Lines(Example with { DayCount = 1, Days = [Example.Days[0]] }, Plain);

        Assert.Contains("Top pages (views)", lines);
        Assert.Contains("         500 ████████████ /", lines);
    }

    [Fact]
    public void Without_colour_there_is_no_escape_and_with_it_the_same_text()
    {
        var plain = Report.Lines(Example, Plain);
        var coloured = Report.Lines(Example, Plain with { IsColoured = true });

        Assert.DoesNotContain(plain, line => line.Contains('\e', StringComparison.Ordinal));
        Assert.Contains(coloured, line => line.StartsWith("\e[31mErrors", StringComparison.Ordinal));
        Assert.Equal(plain, coloured.Select(Uncoloured));
    }

    [Fact]
    public void A_name_cannot_command_the_terminal()
    {
        var page = new PageTotals("/a\e]0;owned\a\u009b31m\u202e\nb\t\u2028c", 1, 1);
        var lines = Report.Lines(Example with { Pages = [page], FirstUnreadable = [new UnreadableLine("\e[2J", 1, "x", "\e[2J")] },
            Plain with { IsColoured = true });

        Assert.Contains(lines, line => line.EndsWith("/a.]0;owned..31m..b..c", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.Select(Uncoloured), line => line.Any(letter => char.IsControl(letter)));
    }

    [Property]
    public void No_line_is_wider_than_asked(byte extra, string? name, ulong hits)
    {
        var style = new ReportStyle(ReportStyle.NarrowestWidth + extra, 3, IsColoured: false);
        var count = (long)(hits >> 1);
        var totals = Example with
        {
            Hits = count,
            Days = [new DayTotals(DateOnly.MaxValue, count, count, count, count)],
            Pages = [new PageTotals(name ?? "", count, count)],
            FirstUnreadable = [new UnreadableLine(name ?? "", 1, "a reason", name + name)],
        };

        Assert.All(Report.Lines(totals, style), line => Assert.InRange(line.Length, 0, style.Width));
    }

    [Property]
    public void A_report_fits_into_any_height(byte height)
    {
        var lines = Report.LinesThatFit(Example, Plain with { Rows = 1000 }, height);

        Assert.InRange(lines.Count, 0, height);
        var whole = Report.Lines(Example, Plain with { Rows = 1000 });
        if (height >= whole.Count) Assert.Equal(whole, lines);
    }

    [Fact]
    public void Progress_names_bytes_of_the_total_lines_and_speed()
    {
        var progress = new Progress
        {
            Log = "a.log", BytesRead = 250_000_000, BytesTotal = 1_000_000_000, Lines = 1_200_000, Elapsed = TimeSpan.FromSeconds(4),
        };

        Assert.Equal("Reading a.log: 250 MB of 1.00 GB (25 %), 1,200,000 lines, 4.0 s, 300,000 lines/s", Report.ProgressLine(progress));
        Assert.Equal("Reading a.log: 250 MB, 1,200,000 lines, 4.0 s, 300,000 lines/s", Report.ProgressLine(progress with { BytesTotal = null }));
        Assert.Equal("Following a.log: 1,200,000 lines. Ctrl+C ends.", Report.ProgressLine(progress with { IsFollowing = true }));
        Assert.Equal("Done: 1,200,000 lines, 4.0 s", Report.EndLine(progress with { IsFollowing = true }, interrupted: false));
        Assert.Equal("Done: 250 MB, 1,200,000 lines, 4.0 s, 300,000 lines/s", Report.EndLine(progress, interrupted: false));
        Assert.Equal("Interrupted: 250 MB of 1.00 GB (25 %), 1,200,000 lines, 4.0 s, 300,000 lines/s", Report.EndLine(progress, interrupted: true));
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1.00 KB")]
    [InlineData(999_499, "999 KB")]
    [InlineData(999_500, "1.00 MB")]
    [InlineData(12_345_678, "12.3 MB")]
    [InlineData(long.MaxValue, "9223 PB")]
    public void Bytes_have_three_digits_and_a_unit(long count, string text) => Assert.Equal(text, Readable.Bytes(count));

    [Theory]
    [InlineData(0.4, "0.4 s")]
    [InlineData(65, "1:05")]
    [InlineData(3_725, "1:02:05")]
    public void Durations_are_short(double seconds, string text) =>
        Assert.Equal(text, Readable.Duration(TimeSpan.FromSeconds(seconds)));

    private static string Uncoloured(string line)
    {
        foreach (var ink in new[] { "\e[0m", "\e[1m", "\e[2m", "\e[31m" })
            line = line.Replace(ink, "", StringComparison.Ordinal);
        return line;
    }
}
