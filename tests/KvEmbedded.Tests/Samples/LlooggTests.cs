using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Lloogg;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Samples;

/// <summary>The whole sample, in process: arguments and streams in, text and exit code out.</summary>
public sealed partial class LlooggTests : IDisposable
{
    private const string Site = "www.papershop.example";
    private const string Hit = """10.0.0.1 - - [05/Mar/2026:13:55:36 +0100] "GET /pens/ HTTP/1.1" 200 100 "-" "curl/8" """;
    private static readonly string BundledLog = Path.Combine(AppContext.BaseDirectory, "log", "access.log.gz");

    private readonly string folder = Directory.CreateTempSubdirectory("lloogg-").FullName;
    private readonly Screen output = new();
    private readonly Screen error = new();
    private readonly FakeTimeProvider time = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task The_bundled_log_is_reported_as_a_naive_count_has_it(int top)
    {
        var expected = new NaiveCount(Site).Read(BundledLines()).Totals(top);
        Assert.InRange(expected.Hits, 4_000, 10_000);
        Assert.Equal(5, expected.DayCount);

        var code = await RunAsync(["--top", $"{top}"], isInputRedirected: false);

        Assert.Equal(0, code);
        AssertReport(Report.Lines(expected, new ReportStyle(100, top, IsColoured: false)), OutputLines());
        Assert.Contains($"{expected.Hits:N0} lines", error.ToString(), StringComparison.Ordinal);
    }

    // Few visitors, pages and days, so that all meet often, and lines cut anywhere; read from standard input, at times zipped.
    [Property(MaxTest = 100)]
    public async Task Any_log_is_reported_as_a_naive_count_has_it((byte Who, byte What, byte When, byte How)[]? requests, bool zipped)
    {
        var lines = (requests ?? []).Select(Render).ToList();
        var text = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        output.Clear();

        var code = await RunAsync(["-", "--site", Site], input: new MemoryStream(zipped ? Zip(text) : text));

        Assert.Equal(0, code);
        var expected = new NaiveCount(Site).Read(lines).Totals(10);
        var report = Report.Lines(expected with { Unreadable = 0 }, new ReportStyle(100, 10, IsColoured: false));
        AssertReport(report, [.. OutputLines().Take(report.Count)]);
        Assert.Equal(expected.Unreadable > 0, output.ToString().Contains("could not be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_that_cannot_be_read_are_counted_and_the_first_are_shown()
    {
        var path = Write("a.log", Hit + "\nrubbish \e[31m\n\n" + new string('x', 100_000) + "\n" + Hit + "\n"
            + string.Concat(Enumerable.Repeat("rubbish\n", 40)) + "the last line without an end");

        Assert.Equal(0, await RunAsync([path, "--top", "3"]));

        var lines = OutputLines();
        Assert.StartsWith("2 hits,", lines[0], StringComparison.Ordinal);
        var at = Array.IndexOf(lines, "44 lines could not be read");
        Assert.True(at > 0);
        Assert.Equal($"{path}:2: no time in [brackets] followed by a quoted request", lines[at + 1]);
        Assert.Equal("  rubbish .[31m", lines[at + 2]);
        Assert.EndsWith(":3: the line is empty", lines[at + 3], StringComparison.Ordinal);
        Assert.EndsWith(":4: longer than 65,536 bytes", lines[at + 4], StringComparison.Ordinal);
        Assert.Equal("and 41 more", lines[^1]);
    }

    [Fact]
    public async Task Several_logs_are_one_report()
    {
        Write("access.log.1", Hit + "\n" + Hit + "\n");
        await File.WriteAllBytesAsync(Path.Combine(folder, "access.log.2.gz"), Zip(Encoding.UTF8.GetBytes(Hit)));

        Assert.Equal(0, await RunAsync([folder, "-"], input: Text(Hit + "\n")));
        Assert.Equal("4 hits, 4 page views, 1 visitor, 400 B", OutputLines()[0]);
    }

    [Fact]
    public async Task Standard_input_without_a_byte_means_the_bundled_log_unless_it_was_asked_for()
    {
        Assert.Equal(0, await RunAsync([]));
        Assert.StartsWith("4,811 hits,", OutputLines()[0], StringComparison.Ordinal);

        output.Clear();
        Assert.Equal(0, await RunAsync(["-"]));
        Assert.StartsWith("0 hits,", OutputLines()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirected_input_is_read_if_no_log_is_named()
    {
        Assert.Equal(0, await RunAsync([], input: Text(string.Concat(Enumerable.Repeat(Hit + "\n", 5_000)))));
        Assert.StartsWith("5,000 hits,", OutputLines()[0], StringComparison.Ordinal);
        Assert.Contains("5,000 lines", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_log_is_named_and_the_others_are_counted()
    {
        var bytes = Zip(Encoding.UTF8.GetBytes(Hit + "\n"));
        var damaged = Path.Combine(folder, "a.log.gz");
        await File.WriteAllBytesAsync(damaged, bytes[..^9]);
        var whole = Write("b.log", Hit + "\n");

        Assert.Equal(1, await RunAsync([damaged, whole]));
        Assert.Contains("hits,", OutputLines()[0], StringComparison.Ordinal);
        Assert.Contains(damaged + ": read to byte", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--top 0", "--top needs a number from 1 to 1000, not '0'. Try --help.\n")]
    [InlineData("--sort", "There is no option '--sort'. Try --help.\n")]
    [InlineData("no-such.log", "There is no log at 'no-such.log'. Try --help.\n")]
    [InlineData("no-such-folder/*.log", "There is no log at 'no-such-folder/*.log'. Try --help.\n")]
    public async Task What_cannot_be_done_is_said_and_exits_with_2(string words, string complaint)
    {
        Assert.Equal(2, await RunAsync(words.Split(' ')));
        Assert.Equal(complaint, error.ToString());
        Assert.Equal("", output.ToString());
    }

    [Fact]
    public async Task Help_is_shown_and_nothing_is_read()
    {
        Assert.Equal(0, await RunAsync(["--help", "no-such.log"]));
        Assert.Equal(CommandLine.Usage, output.ToString());
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task Progress_is_said_now_and_then_beside_an_output_that_is_no_terminal()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Hit + "\n", 100_000)));

        Assert.Equal(0, await RunAsync(["-"], input: new SlowStream(bytes, () => time.Advance(TimeSpan.FromSeconds(6)))));

        var progress = error.ToString().Split('\n').Where(line => line.StartsWith("Reading ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(progress);
        Assert.All(progress, line => Assert.Matches(@"^Reading standard input: [\d.]+ [KM]?B, [\d,]+ lines, [\d:. s]+, [\d,]+ lines/s$", line));
        Assert.DoesNotContain("\e", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_grows_and_is_rotated_is_followed_and_redrawn_until_interrupted()
    {
        var path = Write("access.log", Hit + "\n");
        using var stop = new CancellationTokenSource();
        var run = Task.Run(() => RunAsync(["--follow", path], isTerminal: true, cancellationToken: stop.Token));

        await UntilShownAsync("1 hit,", run);
        await File.AppendAllTextAsync(path, Hit + "\n" + Hit[..20]);
        await UntilShownAsync("2 hits,", run);
        await File.AppendAllTextAsync(path, Hit[20..] + "\n");
        await UntilShownAsync("3 hits,", run);
        File.Move(path, path + ".1");
        Write("access.log", string.Concat(Enumerable.Repeat(Hit + "\n", 5)));
        await UntilShownAsync("8 hits,", run);
        await stop.CancelAsync();

        Assert.Equal(0, await run);
        var drawn = output.ToString();
        Assert.Contains("\e[J", drawn, StringComparison.Ordinal);
        Assert.Contains($"Following {path}: 8 lines. Ctrl+C ends.", drawn.Replace("\e[K", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("8 hits,", drawn[(drawn.LastIndexOf("\e[J", StringComparison.Ordinal) + 3)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_before_the_end_it_reports_what_it_has_and_exits_with_130()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Equal(130, await RunAsync([Write("a.log", Hit)], cancellationToken: stop.Token));
        Assert.StartsWith("0 hits,", OutputLines()[0], StringComparison.Ordinal);
        Assert.StartsWith("Interrupted: ", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Line by line the same, but for the estimates: those are within four standard errors.</summary>
    private static void AssertReport(IReadOnlyList<string> expected, string[] actual)
    {
        Assert.Equal(expected.Count, actual.Length);
        foreach (var (wanted, line) in expected.Zip(actual))
        {
            if (!Week().IsMatch(wanted))
            {
                Assert.Equal(wanted, line);
                continue;
            }

            var (exact, estimate) = (Number(wanted), Number(line));
            Assert.Equal(wanted[..10], line[..10]);
            Assert.InRange(estimate, Math.Floor(exact * (1 - (4 * 0.0081))), Math.Ceiling(exact * (1 + (4 * 0.0081))));
        }

        static double Number(string line) => double.Parse(line[10..], NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\d{4}-W\d\d ")]
    private static partial Regex Week();

    private static string Render((byte Who, byte What, byte When, byte How) request)
    {
        var (who, what, when, how) = request;
        var line = (how % 23) switch
        {
            0 => "\\x16\\x03\\x01",
            1 => "HEAD / HTTP/1.1",
            2 => "POST /contact HTTP/2.0",
            3 => "GET /assets/site.css HTTP/1.1",
            _ => $"GET /page/{what % 7}{(what > 99 ? "?q=1" : "")} HTTP/1.1",
        };
        var status = (what % 5) switch { 0 => 404, 1 => 304, 2 => 500, _ => 200 };
        var referrer = (how % 5) switch { 0 => "-", 1 => $"https://{Site}/page/1", 2 => $"https://a.example/{who % 3}?x=y", _ => "http://b.example/" };
        var agent = (who % 4) switch { 0 => "-", 1 => "curl/8", 2 => "Mozilla/5.0 Firefox/1", _ => "Mozilla/5.0 (compatible; Xbot/2)" };
        var day = 1 + when % 3;
        var text = $"10.0.0.{who % 9} - - [{day:00}/Mar/2026:{when % 24:00}:00:00 +0100] \"{line}\" {status} {what * 1000} \"{referrer}\" \"{agent}\"";
        return who % 8 == 7 ? text[..((what + how) % text.Length)] : text;
    }

    private static IEnumerable<string> BundledLines()
    {
        using var zip = new GZipStream(File.OpenRead(BundledLog), CompressionMode.Decompress);
        using var reader = new StreamReader(zip);
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest)) zip.Write(bytes);
        return zipped.ToArray();
    }

    private async Task<int> RunAsync(
        string[] words, bool isInputRedirected = true, Stream? input = null, bool isTerminal = false,
        CancellationToken cancellationToken = default)
    {
        var around = new Surroundings
        {
            Input = input ?? Stream.Null,
            IsInputRedirected = isInputRedirected,
            Output = output,
            Error = error,
            IsOutputTerminal = isTerminal,
            IsColoured = false,
            Size = () => (200, 40),
            BundledLog = BundledLog,
            Time = time,
        };
        return await Program.RunAsync(words, around, cancellationToken);
    }

    /// <summary>Lets time pass until the screen shows the text; ends with the run if that fails.</summary>
    private async Task UntilShownAsync(string text, Task<int> run)
    {
        while (!output.ToString().Contains(text, StringComparison.Ordinal))
        {
            Assert.False(run.IsCompleted, $"The program has ended and never showed '{text}'.");
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string[] OutputLines() => output.ToString().TrimEnd('\n').Split('\n');

    /// <summary>A stream whose every read takes its time.</summary>
    private sealed class SlowStream(byte[] bytes, Action pass) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            pass();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }

    /// <summary>A writer that may be read while it is written to.</summary>
    private sealed class Screen : TextWriter
    {
        private readonly ConcurrentQueue<string> parts = new();

        public Screen() => NewLine = "\n";

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => parts.Enqueue(value.ToString());

        public override void Write(string? value) => parts.Enqueue(value ?? "");

        public void Clear() => parts.Clear();

        public override string ToString() => string.Concat(parts);
    }
}
