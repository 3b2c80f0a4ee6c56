namespace Lloogg;

/// <summary>What a line of a report is, from which its colour follows.</summary>
internal enum Ink
{
    Plain,
    Strong,
    Faint,
    Alarm,
}

/// <summary>
/// The lines of a report as they are written. Every line is made harmless and cut to the width before it is coloured, so
/// that no text of a log can reach the terminal as a command.
/// </summary>
internal sealed class ReportPage(ReportStyle style)
{
    private const int BarWidth = 12;
    private readonly List<string> lines = [];
    private readonly int width = Math.Max(style.Width, ReportStyle.NarrowestWidth);

    /// <summary>The look.</summary>
    public ReportStyle Style => style;

    /// <summary>What was written so far.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>One line.</summary>
    public void Add(Ink ink, string text) => lines.Add(Paint(ink, Readable.Fit(Readable.Harmless(text), width)));

    /// <summary>An empty line and a heading.</summary>
    public void Heading(string text)
    {
        lines.Add("");
        Add(Ink.Strong, text);
    }

    /// <summary>A line that ends with a bar as long as <paramref name="part"/> is of <paramref name="most"/>.</summary>
    public void AddWithBar(string text, long part, long most)
    {
        var room = width - text.Length;
        Add(Ink.Plain, room < BarWidth ? text.TrimEnd() : text + Bar(part, most, Math.Min(room, 3 * BarWidth)).TrimEnd());
    }

    /// <summary>A heading and the first rows of a list: count, bar, name. Nothing at all for an empty list.</summary>
    public void List<T>(string heading, string unit, IReadOnlyList<T> entries, Func<T, long> count, Func<T, string> name)
    {
        if (entries.Count == 0) return;
        Heading($"{heading} ({unit})");
        var most = entries.Max(count);
        foreach (var entry in entries.Take(style.Rows))
            Add(Ink.Plain, $"{Readable.Count(count(entry)),12} {Bar(count(entry), most, BarWidth)} {name(entry)}");
    }

    /// <summary>Blocks to the eighth of a character; something is never shown as nothing.</summary>
    private static string Bar(long part, long most, int width)
    {
        const string Eighths = "▏▎▍▌▋▊▉";
        var eighths = most <= 0 || part <= 0 ? 0 : Math.Max(1, (int)(part * 8.0 * width / most));
        var bar = new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8 - 1] : "");
        return bar.PadRight(width);
    }

    private string Paint(Ink ink, string text) => !style.IsColoured || text.Length == 0 ? text : ink switch
    {
        Ink.Strong => $"\e[1m{text}\e[0m",
        Ink.Faint => $"\e[2m{text}\e[0m",
        Ink.Alarm => $"\e[31m{text}\e[0m",
        _ => text,
    };
}
