namespace Lloogg;

/// <summary>Why a line of a log could not be read; each has one sentence for the report.</summary>
internal enum LineFault
{
    None,
    Empty,
    TooLong,
    NoClient,
    NoTime,
    BadTime,
    NoRequest,
    BadStatus,
    BadSize,
    BadReferrer,
    BadAgent,
}

/// <summary>The words for each <see cref="LineFault"/>.</summary>
internal static class LineFaultText
{
    /// <summary>What is wrong with the line, to follow "line 17: ".</summary>
    public static string Describe(this LineFault fault) => fault switch
    {
        LineFault.None => "nothing is wrong",
        LineFault.Empty => "the line is empty",
        LineFault.TooLong => $"longer than {LineBuffer.LongestLine:N0} bytes",
        LineFault.NoClient => "no client address, identity and user before the time",
        LineFault.NoTime => "no time in [brackets] followed by a quoted request",
        LineFault.BadTime => "the time is not like 05/Mar/2026:13:55:36 +0100",
        LineFault.NoRequest => "the quoted request does not end",
        LineFault.BadStatus => "the status is not three digits",
        LineFault.BadSize => "the size is neither a number nor -",
        LineFault.BadReferrer => "the referrer is not in quotes",
        LineFault.BadAgent => "the user agent is not in quotes",
        _ => fault.ToString(),
    };
}
