using System.Buffers;
using System.Text;

namespace Lloogg;

/// <summary>Finds the browser, robot or program that a user agent text stands for.</summary>
internal static class Browser
{
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" ;/(),+"u8);
    private static readonly ReadOnlyMemory<byte> NoName = "(no name)"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Other = "other browsers"u8.ToArray();

    /// <summary>Marks in the order of asking: most browsers claim to be others, and the real name is the rarer one.</summary>
    private static readonly (byte[] Mark, ReadOnlyMemory<byte> Name)[] Families =
    [
        .. from family in new (string Mark, string Name)[]
            {
                ("Edg", "Edge"), ("OPR/", "Opera"), ("Opera", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
                ("Vivaldi/", "Vivaldi"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"),
                ("CriOS/", "Chrome"), ("MSIE ", "Internet Explorer"), ("Trident/", "Internet Explorer"),
                ("Safari/", "Safari"),
            }
            select (Encoding.UTF8.GetBytes(family.Mark), (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(family.Name)),
    ];

    /// <summary>
    /// The robot's name if the text has one (a word with "bot", "crawler" or "spider"), the browser's family if it begins as
    /// all browsers do, and else its first word without version. Never empty.
    /// </summary>
    public static ReadOnlyMemory<byte> Name(ReadOnlyMemory<byte> agent)
    {
        if (agent.IsEmpty) return NoName;
        var robot = RobotWord(agent.Span);
        if (!robot.Equals(default)) return Page.Cut(agent[robot]);

        if (!agent.Span.StartsWith("Mozilla/"u8) && !agent.Span.StartsWith("Opera/"u8)) return Product(agent);
        foreach (var (mark, name) in Families)
        {
            if (agent.Span.IndexOf(mark) >= 0) return name;
        }

        return Other;
    }

    /// <summary><c>curl</c> of <c>curl/8.5.0</c>.</summary>
    private static ReadOnlyMemory<byte> Product(ReadOnlyMemory<byte> agent)
    {
        var end = agent.Span.IndexOfAny((byte)'/', (byte)' ', (byte)';');
        return Page.Cut(end <= 0 ? agent : agent[..end]);
    }

    /// <summary><c>Googlebot</c> of <c>Mozilla/5.0 (compatible; Googlebot/2.1; …)</c>; the default if there is no such word.</summary>
    private static Range RobotWord(ReadOnlySpan<byte> agent)
    {
        for (var at = 0; at < agent.Length; at++)
        {
            var length = agent[at..].IndexOfAny(WordEnds);
            if (length < 0) length = agent.Length - at;
            if (IsRobot(agent.Slice(at, length))) return at..(at + length);
            at += length;
        }

        return default;
    }

    private static bool IsRobot(ReadOnlySpan<byte> word) =>
        EndsWith(word, "bot"u8) || EndsWith(word, "crawler"u8) || EndsWith(word, "spider"u8);

    private static bool EndsWith(ReadOnlySpan<byte> word, ReadOnlySpan<byte> ending) =>
        word.Length > ending.Length && Ascii.EqualsIgnoreCase(word[^ending.Length..], ending);
}
