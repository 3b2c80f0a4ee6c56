namespace Lloogg;

/// <summary>
/// One request in an access log of the common or combined format, as Apache and nginx write it. The texts are views of
/// the memory that was parsed, escapes left as the server wrote them, and are valid as long as that memory is; a missing
/// one (<c>-</c>) is empty.
/// </summary>
/// <remarks>
/// <c>address identity user [time] "request" status bytes "referrer" "agent"</c>. Apache writes a quote inside a quoted
/// text as <c>\"</c>, nginx as <c>\x22</c>; both escape the backslash, so an unescaped quote ends the text. What follows
/// the agent, and Apache's virtual host before the address, is left out.
/// Source of the formats: Apache's mod_log_config and nginx's ngx_http_log_module, both documented by their projects.
/// </remarks>
internal readonly struct AccessLogLine
{
    /// <summary>The address of the client, or its name where the server looked it up.</summary>
    public ReadOnlyMemory<byte> Client { get; init; }

    /// <summary>The name the client signed in with, or empty.</summary>
    public ReadOnlyMemory<byte> User { get; init; }

    /// <summary>When the request came (Apache) or was answered (nginx), in the server's own time zone.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The method; empty if the request line is no HTTP request at all (see <see cref="HasRequest"/>).</summary>
    public ReadOnlyMemory<byte> Method { get; init; }

    /// <summary>What was asked for, query included; empty if the request line is no HTTP request.</summary>
    public ReadOnlyMemory<byte> Target { get; init; }

    /// <summary>The protocol, such as <c>HTTP/2.0</c>; empty for HTTP/0.9 and where there is no HTTP request.</summary>
    public ReadOnlyMemory<byte> Protocol { get; init; }

    /// <summary>Three digits: 0 to 999.</summary>
    public int Status { get; init; }

    /// <summary>Bytes of the answer's body; 0 where the server wrote <c>-</c>.</summary>
    public long Bytes { get; init; }

    /// <summary>The page that led here, or empty.</summary>
    public ReadOnlyMemory<byte> Referrer { get; init; }

    /// <summary>The client's own name for itself, or empty.</summary>
    public ReadOnlyMemory<byte> Agent { get; init; }

    /// <summary>False for lines about something that is no HTTP: TLS on a plain port, a closed connection, garbage.</summary>
    public bool HasRequest => !Method.IsEmpty;

    /// <summary>Reads one line, without its line end. O(n), allocates nothing.</summary>
    /// <returns><see cref="LineFault.None"/> and the line, or what is wrong with it.</returns>
    public static LineFault Parse(ReadOnlyMemory<byte> text, out AccessLogLine line)
    {
        line = default;
        var bytes = text.Span;
        if (bytes.IsEmpty) return LineFault.Empty;

        var bracket = FindTime(bytes);
        if (bracket < 0) return LineFault.NoTime;
        if (!TryReadHead(bytes[..bracket], out var client, out var user)) return LineFault.NoClient;
        if (!LogTime.TryParse(bytes.Slice(bracket + 2, LogTime.Length), out var time)) return LineFault.BadTime;

        var at = bracket + 2 + LogTime.Length + 2;
        if (!TryReadQuoted(bytes, ref at, out var request)) return LineFault.NoRequest;
        if (!TryReadStatus(bytes, ref at, out var status)) return LineFault.BadStatus;
        if (!TryReadSize(bytes, ref at, out var size)) return LineFault.BadSize;

        Range referrer = default, agent = default;
        if (at < bytes.Length && !TryReadQuoted(bytes, ref at, out referrer)) return LineFault.BadReferrer;
        if (at < bytes.Length && !TryReadQuoted(bytes, ref at, out agent)) return LineFault.BadAgent;

        var (method, target, protocol) = SplitRequest(text[request]);
        line = new AccessLogLine
        {
            Client = text[client],
            User = Present(text[user]),
            Time = time,
            Method = method,
            Target = target,
            Protocol = protocol,
            Status = status,
            Bytes = size,
            Referrer = Present(text[referrer]),
            Agent = Present(text[agent]),
        };
        return LineFault.None;
    }

    /// <summary>
    /// Where <c> [26 bytes of time] "</c> begins, or -1. A user name may hold spaces and brackets, but no bare quote: the
    /// first place with all of the pattern is the server's own.
    /// </summary>
    private static int FindTime(ReadOnlySpan<byte> bytes)
    {
        const int Width = 2 + LogTime.Length + 3;
        for (var at = 0; ; at++)
        {
            var next = bytes[at..].IndexOf(" ["u8);
            if (next < 0 || (at += next) + Width > bytes.Length) return -1;
            if (bytes.Slice(at + 2 + LogTime.Length, 3).SequenceEqual("] \""u8)) return at;
        }
    }

    /// <summary>Reads <c>address identity user</c>, or the same after Apache's <c>host:port</c>.</summary>
    private static bool TryReadHead(ReadOnlySpan<byte> head, out Range client, out Range user)
    {
        client = user = default;
        var start = 0;
        var space = head.IndexOf((byte)' ');
        if (space > 0 && IsHostAndPort(head[..space]))
        {
            start = space + 1;
            space = head[start..].IndexOf((byte)' ');
        }

        if (space <= 0 || head[start] == '"') return false;
        client = start..(start + space);
        var identity = client.End.Value + 1;
        var second = head[identity..].IndexOf((byte)' ');
        if (second <= 0) return false;
        user = (identity + second + 1)..head.Length;
        return identity + second + 1 < head.Length;
    }

    /// <summary>True for <c>www.example.org:80</c>. An IPv6 address has at least two colons, an IPv4 address none.</summary>
    private static bool IsHostAndPort(ReadOnlySpan<byte> word)
    {
        var colon = word.IndexOf((byte)':');
        return colon > 0 && colon < word.Length - 1 && word[(colon + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    /// <summary>Reads <c>"text"</c>, after one space unless <paramref name="at"/> is on the quote already.</summary>
    private static bool TryReadQuoted(ReadOnlySpan<byte> bytes, ref int at, out Range text)
    {
        text = default;
        if (at < bytes.Length && bytes[at] == ' ') at++;
        if (at >= bytes.Length || bytes[at] != '"') return false;

        var start = ++at;
        while (at < bytes.Length)
        {
            var next = bytes[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0) return false;
            at += next;
            if (bytes[at] == '"')
            {
                text = start..at++;
                return at == bytes.Length || bytes[at] == ' ';
            }

            at += 2;
        }

        return false;
    }

    private static bool TryReadStatus(ReadOnlySpan<byte> bytes, ref int at, out int status)
    {
        status = 0;
        var word = NextWord(bytes, ref at);
        if (word.Length != 3 || word.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        status = (word[0] - '0') * 100 + (word[1] - '0') * 10 + (word[2] - '0');
        return true;
    }

    private static bool TryReadSize(ReadOnlySpan<byte> bytes, ref int at, out long size)
    {
        size = 0;
        var word = NextWord(bytes, ref at);
        if (word.SequenceEqual("-"u8)) return true;
        return word.Length > 0 && System.Buffers.Text.Utf8Parser.TryParse(word, out size, out var used)
            && used == word.Length && size >= 0;
    }

    /// <summary>The bytes between one space at <paramref name="at"/> and the next, or the end.</summary>
    private static ReadOnlySpan<byte> NextWord(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (at >= bytes.Length || bytes[at] != ' ') return default;
        var rest = bytes[++at..];
        var space = rest.IndexOf((byte)' ');
        var word = space < 0 ? rest : rest[..space];
        at += word.Length;
        return word;
    }

    /// <summary>Method, target and protocol of a request line; all empty if it is none.</summary>
    private static (ReadOnlyMemory<byte> Method, ReadOnlyMemory<byte> Target, ReadOnlyMemory<byte> Protocol) SplitRequest(
        ReadOnlyMemory<byte> request)
    {
        var bytes = request.Span;
        var space = bytes.IndexOf((byte)' ');
        if (space <= 0 || space == bytes.Length - 1 || !IsMethod(bytes[..space])) return default;

        var last = bytes.LastIndexOf((byte)' ');
        return last > space + 1 && bytes[(last + 1)..].StartsWith("HTTP/"u8)
            ? (request[..space], request[(space + 1)..last], request[(last + 1)..])
            : (request[..space], request[(space + 1)..], default);
    }

    private static bool IsMethod(ReadOnlySpan<byte> word)
    {
        const int LongestMethod = 32;
        if (word.Length > LongestMethod) return false;
        foreach (var letter in word)
        {
            if (letter is not ((>= (byte)'A' and <= (byte)'Z') or (byte)'-' or (byte)'_')) return false;
        }

        return true;
    }

    private static ReadOnlyMemory<byte> Present(ReadOnlyMemory<byte> text) =>
        text.Length == 1 && text.Span[0] == '-' ? default : text;
}
