namespace KvEmbedded.Redis.Connection;

/// <summary>Positions from a start to a stop that is included, negative ones counted from the end: what the server takes for a range.</summary>
internal readonly record struct Inclusive(long Start, long Stop)
{
    /// <summary>A range in which nothing is, however long the value: it stops before it starts.</summary>
    public static Inclusive Nothing => new(1, 0);

    /// <summary>The same positions as a .NET range, whose end is not included.</summary>
    /// <remarks>
    /// Right wherever the server takes ends outside the value for its ends and a stop before the first position for nothing:
    /// ZRANGE, LRANGE, LTRIM, ZREMRANGEBYRANK; not GETRANGE.
    /// </remarks>
    public static Inclusive Of(Range range)
    {
        var (start, end) = (range.Start, range.End);
        if (start is { IsFromEnd: true, Value: 0 } || end is { IsFromEnd: false, Value: 0 }) return Nothing;
        return new(start.IsFromEnd ? -(long)start.Value : start.Value, end.IsFromEnd ? -(long)end.Value - 1 : end.Value - 1L);
    }
}
