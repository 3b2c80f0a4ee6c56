using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Lloogg;

/// <summary>What the command line asks for.</summary>
internal sealed record CommandLine
{
    /// <summary>The text of <c>--help</c>.</summary>
    public const string Usage = """
        Lloogg reads web-server access logs and reports who came to see what.

        Usage: lloogg [options] [log...]

          log            A file (plain or gzip), a directory with access logs, a pattern, or - for
                         standard input. Without any: standard input if it is redirected, else the
                         log that is bundled with this sample.
          -f, --follow   Do not end with the logs: wait for what is added, also after rotation.
          -n, --top N    Rows of each list, 1 to 1000; default 10.
              --site H   The site's own host name: its pages are not listed as referrers.
          -h, --help     Show this text.

        Reads the common and combined formats of Apache and nginx. The report goes to standard
        output: redrawn in place on a terminal, once at the end elsewhere. NO_COLOR is respected.
        Exit code: 0 done, 1 a log could not be read to its end, 2 bad arguments or a missing log,
        130 interrupted before the end.

        """;

    /// <summary>Words that mean logs, in order; <c>-</c> is standard input.</summary>
    public IReadOnlyList<string> Logs { get; private init; } = [];

    /// <summary>Whether to wait for what is added to the logs.</summary>
    public bool Follow { get; private init; }

    /// <summary>Rows of each list. Range 1 to 1000; default 10.</summary>
    public int Top { get; private init; } = 10;

    /// <summary>The site's own host name, or empty.</summary>
    public string Site { get; init; } = "";

    /// <summary>Whether to show <see cref="Usage"/> and do nothing else.</summary>
    public bool Help { get; private init; }

    /// <summary>Reads the words; the first that means nothing is the problem.</summary>
    public static bool TryParse(
        IReadOnlyList<string> words, [NotNullWhen(true)] out CommandLine? command, [NotNullWhen(false)] out string? problem)
    {
        var read = new CommandLine();
        var logs = new List<string>();
        (command, problem) = (null, null);
        for (var at = 0; at < words.Count; at++)
        {
            var (name, value) = Split(words[at]);
            switch (name)
            {
                case "-h" or "--help" when value is null:
                    read = read with { Help = true };
                    break;
                case "-f" or "--follow" when value is null:
                    read = read with { Follow = true };
                    break;
                case "-n" or "--top":
                    value ??= ++at < words.Count ? words[at] : "";
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var top) || top is < 1 or > 1000)
                        problem = $"--top needs a number from 1 to 1000, not '{value}'.";
                    read = read with { Top = top };
                    break;
                case "--site":
                    value ??= ++at < words.Count ? words[at] : "";
                    if (value.Length == 0) problem = "--site needs a host name, such as www.example.org.";
                    read = read with { Site = value };
                    break;
                case "--":
                    logs.AddRange(words.Skip(at + 1));
                    at = words.Count;
                    break;
                case ['-', _, ..]:
                    problem = $"There is no option '{words[at]}'.";
                    break;
                default:
                    logs.Add(words[at]);
                    break;
            }

            if (problem is not null) return false;
        }

        command = read with { Logs = logs };
        return true;
    }

    /// <summary><c>--top=5</c> is <c>--top</c> and <c>5</c>; all else is itself.</summary>
    private static (string Name, string? Value) Split(string word)
    {
        var equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
    }
}
