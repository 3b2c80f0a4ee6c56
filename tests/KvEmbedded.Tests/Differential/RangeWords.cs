namespace KvEmbedded.Tests.Differential;

/// <summary>A <see cref="Range"/> as Redis says it: both ends are part of it, and those from the end are negative.</summary>
internal static class RangeWords
{
    /// <summary>Behind the end of everything.</summary>
    private const long Behind = 1L << 40;

    public static (KvValue Start, KvValue End) Of(Range range)
    {
        // A range that ends before the first element has no words: this is as empty.
        if (range.End is { IsFromEnd: false, Value: 0 }) return (1, 0);

        var start = range.Start switch
        {
            { IsFromEnd: true, Value: 0 } => Behind,
            { IsFromEnd: true } index => -(long)index.Value,
            var index => index.Value,
        };
        var end = range.End.IsFromEnd ? -(long)range.End.Value - 1 : range.End.Value - 1;
        return (start, end);
    }
}
