using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using Lloogg;

namespace KvEmbedded.Tests.Samples;

public sealed class AccessLogLineTests
{
    private const string Combined =
        """203.0.113.9 - ada [05/Mar/2026:13:55:36 +0100] "GET /pens/?q=a HTTP/2.0" 200 2326 "https://www.example.org/" "Mozilla/5.0 (X11)" """;

    [Fact]
    public void The_combined_format_is_read_field_by_field()
    {
        var line = Read(Combined.TrimEnd());

        Assert.Equal("203.0.113.9", Text(line.Client));
        Assert.Equal("ada", Text(line.User));
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 13, 55, 36, TimeSpan.FromHours(1)), line.Time);
        Assert.Equal(TimeSpan.FromHours(1), line.Time.Offset);
        Assert.Equal("GET", Text(line.Method));
        Assert.Equal("/pens/?q=a", Text(line.Target));
        Assert.Equal("HTTP/2.0", Text(line.Protocol));
        Assert.Equal(200, line.Status);
        Assert.Equal(2326, line.Bytes);
        Assert.Equal("https://www.example.org/", Text(line.Referrer));
        Assert.Equal("Mozilla/5.0 (X11)", Text(line.Agent));
        Assert.True(line.HasRequest);
    }

    [Fact]
    public void The_common_format_has_no_referrer_and_no_agent()
    {
        var line = Read("""127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 304 -""");

        Assert.Equal("", Text(line.User));
        Assert.Equal("", Text(line.Referrer));
        Assert.Equal("", Text(line.Agent));
        Assert.Equal(0, line.Bytes);
        Assert.Equal(new DateTimeOffset(2000, 10, 10, 13, 55, 36, TimeSpan.FromHours(-7)), line.Time);
    }

    [Fact]
    public void A_dash_is_a_missing_text()
    {
        var line = Read("""::1 - - [10/Oct/2000:13:55:36 +0000] "HEAD / HTTP/1.1" 200 0 "-" "-" """.TrimEnd());

        Assert.Equal("::1", Text(line.Client));
        Assert.Equal("", Text(line.Referrer));
        Assert.Equal("", Text(line.Agent));
    }

    [Theory]
    [InlineData(@"a \""quoted\"" name \\")] // Apache
    [InlineData(@"a \x22quoted\x22 name \x5C")] // nginx
    public void Escaped_quotes_do_not_end_a_text(string agent)
    {
        var line = Read($"""10.0.0.1 - - [10/Oct/2000:13:55:36 +0000] "GET / HTTP/1.1" 200 1 "{agent}" "{agent}" """.TrimEnd());

        Assert.Equal(agent, Text(line.Referrer));
        Assert.Equal(agent, Text(line.Agent));
    }

    [Fact]
    public void What_follows_the_agent_is_left_out()
    {
        var line = Read("""10.0.0.1 - - [10/Oct/2000:13:55:36 +0000] "GET / HTTP/1.1" 200 1 "-" "curl/8" "10.9.9.9" rt=0.004""");

        Assert.Equal("curl/8", Text(line.Agent));
    }

    [Theory]
    [InlineData("www.example.org:443 10.0.0.1 - ada", "10.0.0.1", "ada")]
    [InlineData("2001:db8::7:80 - ada", "2001:db8::7:80", "ada")]
    [InlineData("host.example.org id ada", "host.example.org", "ada")]
    public void A_virtual_host_before_the_address_is_left_out_and_an_IPv6_address_is_none(string head, string client, string user)
    {
        var line = Read($"""{head} [10/Oct/2000:13:55:36 +0000] "GET / HTTP/1.1" 200 1""");

        Assert.Equal(client, Text(line.Client));
        Assert.Equal(user, Text(line.User));
    }

    [Fact]
    public void A_user_name_cannot_forge_a_time()
    {
        var line = Read("""10.0.0.1 - x [01/Jan/1999:00:00:00 +0000] [y [10/Oct/2000:13:55:36 +0000] "GET / HTTP/1.1" 200 1""");

        Assert.Equal("x [01/Jan/1999:00:00:00 +0000] [y", Text(line.User));
        Assert.Equal(2000, line.Time.Year);
    }

    [Theory]
    [InlineData(@"\x16\x03\x01\x01$\x01\x00 \x03\x03")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("GET")]
    [InlineData("GET ")]
    [InlineData("get /lower HTTP/1.1")]
    public void What_is_no_HTTP_is_a_hit_without_a_request(string request)
    {
        var line = Read($"""10.0.0.1 - - [10/Oct/2000:13:55:36 +0000] "{request}" 400 157 "-" "-" """.TrimEnd());

        Assert.False(line.HasRequest);
        Assert.Equal("", Text(line.Target));
        Assert.Equal(400, line.Status);
        Assert.Equal(157, line.Bytes);
    }

    [Theory]
    [InlineData("GET /", "/", "")]
    [InlineData("GET /with a space HTTP/1.1", "/with a space", "HTTP/1.1")]
    [InlineData("GET http://www.example.org/ HTTP/1.1", "http://www.example.org/", "HTTP/1.1")]
    [InlineData("CONNECT example.org:443 HTTP/1.1", "example.org:443", "HTTP/1.1")]
    public void Odd_requests_are_requests(string request, string target, string protocol)
    {
        var line = Read($"""10.0.0.1 - - [10/Oct/2000:13:55:36 +0000] "{request}" 200 1""");

        Assert.Equal(target, Text(line.Target));
        Assert.Equal(protocol, Text(line.Protocol));
    }

    [Theory]
    [InlineData("", nameof(LineFault.Empty))]
    [InlineData("hello", nameof(LineFault.NoTime))]
    [InlineData("[10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1", nameof(LineFault.NoTime))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000", nameof(LineFault.NoTime))]
    [InlineData("a [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1", nameof(LineFault.NoClient))]
    [InlineData("a - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1", nameof(LineFault.NoClient))]
    [InlineData("a - - [31/Feb/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1", nameof(LineFault.BadTime))]
    [InlineData("a - - [10/Okt/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1", nameof(LineFault.BadTime))]
    [InlineData("a - - [10/Oct/2000:24:00:00 +0000] \"GET / HTTP/1.1\" 200 1", nameof(LineFault.BadTime))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +1500] \"GET / HTTP/1.1\" 200 1", nameof(LineFault.BadTime))]
    [InlineData("a - - [01/Jan/0001:00:00:00 +0100] \"GET / HTTP/1.1\" 200 1", nameof(LineFault.BadTime))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1 200 1", nameof(LineFault.NoRequest))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\\", nameof(LineFault.NoRequest))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\"", nameof(LineFault.BadStatus))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 20 1", nameof(LineFault.BadStatus))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 2x0 1", nameof(LineFault.BadStatus))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200", nameof(LineFault.BadSize))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200 -1", nameof(LineFault.BadSize))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200 99999999999999999999", nameof(LineFault.BadSize))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1 no", nameof(LineFault.BadReferrer))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1 \"half", nameof(LineFault.BadReferrer))]
    [InlineData("a - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1 \"r\" half", nameof(LineFault.BadAgent))]
    public void A_broken_line_is_named_by_what_is_broken(string text, string expected)
    {
        var fault = AccessLogLine.Parse(Bytes(text), out _);

        Assert.Equal(expected, fault.ToString());
        Assert.NotEqual(fault.ToString(), fault.Describe());
    }

    // Any text at all in every place that a client chooses, escaped as one of the two servers does.
    [Property]
    public void What_a_server_writes_is_read_back(
        bool nginx, uint second, sbyte quarters, ushort status, uint size, string? target, string? referrer, string? agent)
    {
        var offset = TimeSpan.FromMinutes(15 * (quarters % 56));
        var time = new DateTimeOffset(1970, 1, 2, 0, 0, 0, TimeSpan.Zero).AddSeconds(second).ToOffset(offset);
        var path = "/" + Escape(target, nginx);
        var text = $"10.1.2.3 - - [{Rendered(time)}] \"PUT {path} HTTP/1.1\" {status % 1000:000} {size} "
            + $"\"{Escape(referrer, nginx)}\" \"{Escape(agent, nginx)}\"";

        var line = Read(text);

        Assert.Equal(time, line.Time);
        Assert.Equal(offset, line.Time.Offset);
        Assert.Equal(path, Text(line.Target));
        Assert.Equal(status % 1000, line.Status);
        Assert.Equal(size, line.Bytes);
        Assert.Equal(Unless(Escape(referrer, nginx)), Text(line.Referrer));
        Assert.Equal(Unless(Escape(agent, nginx)), Text(line.Agent));
    }

    [Property]
    public void Any_bytes_are_a_line_or_have_a_fault(byte[]? noise, byte keep, byte change)
    {
        var bytes = Bytes(Combined);
        bytes[change % bytes.Length] ^= 1;
        foreach (var text in new[] { noise ?? [], bytes[..(keep % bytes.Length)], bytes })
        {
            var fault = AccessLogLine.Parse(text, out var line);
            Assert.Equal(fault == LineFault.None, line.Client.Length > 0);
        }
    }

    [Fact]
    public void Parsing_allocates_nothing()
    {
        var bytes = Bytes(Combined.TrimEnd());
        AccessLogLine.Parse(bytes, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 1000; turn++) AccessLogLine.Parse(bytes, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static AccessLogLine Read(string text)
    {
        Assert.Equal(LineFault.None, AccessLogLine.Parse(Bytes(text), out var line));
        return line;
    }

    private static string Rendered(DateTimeOffset time) =>
        time.ToString("dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture).Remove(24, 1);

    private static string Escape(string? text, bool nginx) => string.Concat(Encoding.UTF8.GetBytes(text ?? "").Select(letter => letter switch
    {
        (byte)'"' when !nginx => "\\\"",
        (byte)'\\' when !nginx => "\\\\",
        (byte)'"' or (byte)'\\' or < 32 or > 126 => $"\\x{letter:X2}",
        _ => ((char)letter).ToString(),
    }));

    private static string Unless(string text) => text == "-" ? "" : text;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
