using System.Globalization;

namespace KvEmbedded.Redis.Streams;

/// <summary>Arguments of streams in the server's words.</summary>
internal static class StreamWords
{
    public static string[] Of(IReadOnlyCollection<StreamId> ids) => [.. Require.Some(ids, "id").Select(static id => id.ToString())];

    /// <summary>An interval with its ends included; one that holds nothing is upside down.</summary>
    public static (string First, string Last) Of(StreamRange range) =>
        range.TryGetEnds(out var first, out var last) ? (first.ToString(), last.ToString()) : ("1-0", "0-1");

    public static string[] Of(StreamTrim? trim)
    {
        if (trim is null) return [];
        string[] words = trim.CountMax is { } countMax ? ["MAXLEN", Sign(), Text(countMax)] : ["MINID", Sign(), trim.IdMin.ToString()];
        string[] limit = !trim.IsApproximate ? [] : ["LIMIT", Text(trim.Limit == long.MaxValue ? 0 : trim.Limit)];
        return [.. words, .. limit, .. trim.References == StreamReferences.Keep ? [] : new[] { Of(trim.References) }];

        string Sign() => trim.IsApproximate ? "~" : "=";
    }

    public static string Of(StreamReferences references) => Require.Named(references) switch
    {
        StreamReferences.Remove => "DELREF",
        StreamReferences.OnlyAcknowledged => "ACKED",
        _ => "KEEPREF",
    };

    public static string Of(NewStreamId id) => id.Kind switch
    {
        NewStreamIdKind.Exact => id.Id.ToString(),
        NewStreamIdKind.InMillisecond => $"{id.Id.Milliseconds.ToString(CultureInfo.InvariantCulture)}-*",
        _ => "*",
    };

    /// <summary>What is said of an entry that was to be removed: -1, 1 or 2.</summary>
    public static StreamRemoval Removal(long said) =>
        said switch { 1 => StreamRemoval.Removed, 2 => StreamRemoval.StillReferenced, _ => StreamRemoval.NotFound };

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
