using KvEmbedded.Records;

namespace KvEmbedded.Lists;

/// <summary>Reading elements out of a list, in a turn: what goes out is a copy.</summary>
internal static class ListReads
{
    /// <summary>As many of the cursor's next elements as there is room for.</summary>
    public static void Copy(ref ListCursor cursor, Span<KvValue> elements)
    {
        var copies = new MemberCopies();
        for (var i = 0; i < elements.Length && cursor.MoveNext(); i++) elements[i] = copies.Copy(cursor.Current, elements.Length - i);
    }

    /// <summary>Where an index is in a list of so many elements; outside of it, a number that is.</summary>
    public static int Offset(Index index, int count) => index.IsFromEnd ? count - index.Value : index.Value;

    /// <summary>What a range means in so many elements: ends outside are moved to the nearest end.</summary>
    public static (int Start, int Count) Resolve(Range range, int count)
    {
        var start = Math.Clamp(Offset(range.Start, count), 0, count);
        var end = Math.Clamp(Offset(range.End, count), start, count);
        return (start, end - start);
    }
}
