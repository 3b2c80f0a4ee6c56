using System.Text;

namespace Lloogg;

/// <summary>What of a referrer names the page that led here.</summary>
/// <param name="site">The site's own host name, whose pages are no referrers; empty if it is not known.</param>
internal sealed class Referrer(string site)
{
    private readonly byte[] own = Encoding.UTF8.GetBytes(site);

    /// <summary>Host and path of a referrer, without scheme and query; empty if there is none, or it is the site itself.</summary>
    public ReadOnlyMemory<byte> Name(ReadOnlyMemory<byte> referrer)
    {
        var name = Page.Name(referrer);
        var scheme = name.Span.IndexOf("://"u8);
        if (scheme >= 0) name = name[(scheme + 3)..];
        if (name.Span.EndsWith("/"u8)) name = name[..^1];
        return IsOwn(name.Span) ? default : name;
    }

    private bool IsOwn(ReadOnlySpan<byte> name)
    {
        if (own.Length == 0) return false;
        var end = name.IndexOfAny((byte)'/', (byte)':');
        return Ascii.EqualsIgnoreCase(end < 0 ? name : name[..end], own);
    }
}
