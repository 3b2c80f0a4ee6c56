using System.Text;
using Lloogg;

namespace KvEmbedded.Tests.Samples;

public sealed class NamesTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36", "Chrome")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36 Edg/133.0.0.0", "Edge")]
    [InlineData("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1", "Safari")]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot")]
    [InlineData("GPTBot/1.2 (+https://openai.com/gptbot)", "GPTBot")]
    [InlineData("Mozilla/5.0 (compatible; Baiduspider/2.0)", "Baiduspider")]
    [InlineData("Mozilla/5.0", "other browsers")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("Wget", "Wget")]
    [InlineData("/", "/")]
    [InlineData("", "(no name)")]
    public void A_user_agent_stands_for_a_browser_a_robot_or_a_program(string agent, string name) =>
        Assert.Equal(name, Text(Browser.Name(Bytes(agent))));

    [Theory]
    [InlineData("https://www.google.com/", "www.google.com")]
    [InlineData("https://news.example/item?id=7#top", "news.example/item")]
    [InlineData("android-app://com.google.android/", "com.google.android")]
    [InlineData("https://WWW.Example.org/pens/", "")]
    [InlineData("http://www.example.org:8080/", "")]
    [InlineData("https://www.example.org.evil.example/", "www.example.org.evil.example")]
    [InlineData("not an address", "not an address")]
    [InlineData("", "")]
    public void A_referrer_is_host_and_path_and_never_the_site_itself(string referrer, string name) =>
        Assert.Equal(name, Text(new Referrer("www.example.org").Name(Bytes(referrer))));

    [Fact]
    public void Without_a_site_every_referrer_counts() =>
        Assert.Equal("www.example.org/a", Text(new Referrer("").Name(Bytes("https://www.example.org/a?b"))));

    [Theory]
    [InlineData("GET / HTTP/1.1", 200, true)]
    [InlineData("GET /a.html?x=/b.png HTTP/1.1", 304, true)]
    [InlineData("GET /v1.2/page HTTP/1.1", 206, true)]
    [InlineData("GET /a.png HTTP/1.1", 200, false)]
    [InlineData("HEAD / HTTP/1.1", 200, false)]
    [InlineData("POST / HTTP/1.1", 200, false)]
    [InlineData("GET / HTTP/1.1", 301, false)]
    [InlineData("GET / HTTP/1.1", 404, false)]
    [InlineData("rubbish", 200, false)]
    public void A_page_view_is_a_successful_GET_of_no_asset(string request, int status, bool isView)
    {
        Assert.Equal(LineFault.None, AccessLogLine.Parse(
            Bytes($"""10.0.0.1 - - [10/Oct/2000:13:55:36 +0000] "{request}" {status} 1"""), out var line));

        Assert.Equal(isView, Page.IsView(line, Page.Name(line.Target)));
    }

    [Theory]
    [InlineData("/a?b", "/a")]
    [InlineData("/a#b?c", "/a")]
    [InlineData("?", "")]
    public void A_page_is_named_without_its_query(string target, string name) => Assert.Equal(name, Text(Page.Name(Bytes(target))));

    [Fact]
    public void Names_are_cut() => Assert.Equal(Page.LongestName, Page.Name(new byte[9_000]).Length);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
