namespace KvEmbedded.Tests.Differential;

/// <summary>One RESP2 reply.</summary>
/// <param name="Kind">The byte it begins with: <c>+ - : $ *</c>.</param>
/// <param name="Line">What stands in its first line behind that byte; of integers, the number.</param>
/// <param name="Bytes">The content of a bulk string that is not nil.</param>
/// <param name="Items">The replies in an array that is not nil.</param>
internal sealed record Reply(char Kind, string Line, byte[]? Bytes = null, Reply[]? Items = null)
{
    public bool IsError => Kind == '-';

    public bool IsNil => Kind is '$' or '*' && Bytes is null && Items is null;

    /// <summary>The number of an integer reply.</summary>
    public long Number => long.Parse(Line);

    /// <summary>The content of a bulk string, each byte a character.</summary>
    public string Text => System.Text.Encoding.Latin1.GetString(Bytes!);
}
