namespace Lloogg;

/// <summary>How a report shall look.</summary>
/// <param name="Width">Characters a line may have, at least <see cref="NarrowestWidth"/>.</param>
/// <param name="Rows">Most rows of each list.</param>
/// <param name="IsColoured">Whether to use the terminal's colours.</param>
internal sealed record ReportStyle(int Width, int Rows, bool IsColoured)
{
    /// <summary>Below this a report is as wide as this.</summary>
    public const int NarrowestWidth = 40;
}

/// <summary>Turns totals into lines of text: the same totals and style always give the same lines.</summary>
internal static class Report
{
    /// <summary>The whole report.</summary>
    public static IReadOnlyList<string> Lines(Totals totals, ReportStyle style)
    {
        var page = new ReportPage(style);
        Head(page, totals);
        Days(page, totals);
        Weeks(page, totals);
        Pages(page, totals);
        page.List("Top referrers", "views", totals.Referrers, entry => entry.Count, entry => entry.Name);
        page.List("Top browsers and programs", "hits", totals.Browsers, entry => entry.Count, entry => entry.Name);
        page.List("Asked for, not found", "hits", totals.Missing, entry => entry.Count, entry => entry.Name);
        Latest(page, totals);
        Unreadable(page, totals);
        return page.Lines;
    }

    /// <summary>The report with as many rows a list as fit into <paramref name="height"/> lines; cut where even one is too many.</summary>
    public static IReadOnlyList<string> LinesThatFit(Totals totals, ReportStyle style, int height)
    {
        for (var rows = style.Rows; ; rows--)
        {
            var lines = Lines(totals, style with { Rows = rows });
            if (lines.Count <= height) return lines;
            if (rows <= 1) return [.. lines.Take(height)];
        }
    }

    /// <summary>One line on how far the reading is: bytes of the total, lines and their speed.</summary>
    public static string ProgressLine(Progress progress) => progress.IsFollowing
        ? $"Following {Readable.Harmless(progress.Log)}: {Readable.Count(progress.Lines, "line")}. Ctrl+C ends."
        : $"Reading {Readable.Harmless(progress.Log)}: {Extent(progress, progress.BytesTotal)}";

    /// <summary>One line on what was read, once no more will be.</summary>
    public static string EndLine(Progress progress, bool interrupted) => progress.IsFollowing
        ? $"Done: {Readable.Count(progress.Lines, "line")}, {Readable.Duration(progress.Elapsed)}"
        : (interrupted ? "Interrupted: " : "Done: ") + Extent(progress, interrupted ? progress.BytesTotal : null);

    private static string Extent(Progress progress, long? bytesTotal)
    {
        var seconds = progress.Elapsed.TotalSeconds;
        var part = bytesTotal is { } total
            ? $" of {Readable.Bytes(total)} ({Readable.Share(Math.Min(progress.BytesRead, total), total)})"
            : "";
        var speed = seconds > 0 ? $", {Readable.Count((long)(progress.Lines / seconds))} lines/s" : "";
        return $"{Readable.Bytes(progress.BytesRead)}{part}, {Readable.Count(progress.Lines, "line")}, "
            + $"{Readable.Duration(progress.Elapsed)}{speed}";
    }

    private static void Head(ReportPage page, Totals totals)
    {
        page.Add(Ink.Strong, $"{Readable.Count(totals.Hits, "hit")}, {Readable.Count(totals.PageViews, "page view")}, "
            + $"{Readable.Count(totals.Visitors, "visitor")}, {Readable.Bytes(totals.Bytes)}");
        var classes = totals.HitsByStatusClass
            .Select((hits, digit) => (Hits: hits, Digit: digit))
            .Where(entry => entry.Hits > 0 || entry.Digit is >= 2 and <= 5)
            .Select(entry => $"{entry.Digit}xx {Readable.Count(entry.Hits)} ({Readable.Share(entry.Hits, totals.Hits)})");
        page.Add(Ink.Plain, "Status: " + string.Join(", ", classes));
        var errors = totals.HitsByStatusClass[4] + totals.HitsByStatusClass[5];
        if (errors > 0)
            page.Add(Ink.Alarm, $"Errors: {Readable.Count(errors)} of {Readable.Count(totals.Hits)} hits ({Readable.Share(errors, totals.Hits)})");
    }

    private static void Days(ReportPage page, Totals totals)
    {
        if (totals.Days.Count == 0) return;
        var shown = totals.Days.TakeLast(page.Style.Rows).ToList();
        page.Heading(totals.DayCount > shown.Count ? $"Last {shown.Count} of {Readable.Count(totals.DayCount)} days" : "Days");
        page.Add(Ink.Faint, $"{"",-10} {"hits",12} {"visitors",10} {"returning",10} {"bytes",9}");
        var most = shown.Max(day => day.Hits);
        foreach (var day in shown)
        {
            page.AddWithBar($"{day.Day:yyyy-MM-dd} {Readable.Count(day.Hits),12} {Readable.Count(day.Visitors),10} "
                + $"{Readable.Count(day.Returning),10} "
                + $"{Readable.Bytes(day.Bytes),9} ", day.Hits, most);
        }
    }

    private static void Weeks(ReportPage page, Totals totals)
    {
        if (totals.Weeks.Count == 0) return;
        page.Heading("Visitors of a week (about)");
        foreach (var week in totals.Weeks.TakeLast(page.Style.Rows))
            page.Add(Ink.Plain, $"{week.Week,-10} {Readable.Count(week.Visitors),12}");
    }

    /// <summary>With several days, each page's views of the latest one stand beside those of all.</summary>
    private static void Pages(ReportPage page, Totals totals)
    {
        var several = totals.DayCount > 1 && totals.Days.Count > 0;
        var unit = several ? $"views, of them on {totals.Days[^1].Day:yyyy-MM-dd}" : "views";
        page.List("Top pages", unit, totals.Pages, entry => entry.Views, entry => several
            ? $"{Readable.Count(entry.ViewsOnLastDay),9}  {entry.Name}"
            : entry.Name);
    }

    private static void Latest(ReportPage page, Totals totals)
    {
        if (totals.Latest is not { } visitor) return;
        page.Heading($"The latest visitor, {visitor.Client}, asked for (newest first)");
        foreach (var hit in visitor.LastHits.Take(page.Style.Rows)) page.Add(Ink.Plain, "  " + hit);
    }

    private static void Unreadable(ReportPage page, Totals totals)
    {
        if (totals.Unreadable == 0) return;
        page.Heading($"{Readable.Count(totals.Unreadable, "line")} could not be read");
        foreach (var line in totals.FirstUnreadable.Take(page.Style.Rows))
        {
            page.Add(Ink.Alarm, $"{line.Log}:{line.Number}: {line.Reason}");
            if (line.Start.Length > 0) page.Add(Ink.Faint, "  " + line.Start);
        }

        var rest = totals.Unreadable - Math.Min(totals.FirstUnreadable.Count, page.Style.Rows);
        if (rest > 0 && totals.FirstUnreadable.Count > 0) page.Add(Ink.Faint, $"and {Readable.Count(rest)} more");
    }
}
