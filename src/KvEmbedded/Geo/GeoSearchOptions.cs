namespace KvEmbedded;

/// <summary>The order of what a search finds.</summary>
public enum GeoOrder
{
    /// <summary>None in particular.</summary>
    None,

    /// <summary>The nearest first (ASC).</summary>
    Nearest,

    /// <summary>The farthest first (DESC).</summary>
    Farthest,
}

/// <summary>How many a search returns, and in which order.</summary>
public sealed record GeoSearchOptions
{
    private static readonly GeoSearchOptions Default = new();

    /// <summary>The order. Default none; with <see cref="CountMax"/> alone it is the nearest first.</summary>
    public GeoOrder Order
    {
        get;
        init => field = Require.Named(value);
    }

    /// <summary>Most members returned, in members: the first of the order. Range 1 and up; null, the default, is all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? CountMax
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A search returns at least 1 member. Leave it null for all.");
    }

    /// <summary>
    /// Any <see cref="CountMax"/> members will do, not the nearest or farthest ones: the search ends when it has so many,
    /// and only these are put in order (ANY). Needs <see cref="CountMax"/>: a search throws <see cref="ArgumentException"/> if
    /// it is null. Default false.
    /// </summary>
    public bool AnyWillDo { get; init; }

    /// <summary>
    /// A stored result has the distance as its score, in the unit of the area, in place of the geohash (STOREDIST). Default
    /// false.
    /// </summary>
    public bool StoresDistances { get; init; }

    /// <summary>The options, or all members in no order if none are given.</summary>
    /// <exception cref="ArgumentException">Any members will do, and it is not said how many.</exception>
    internal static GeoSearchOptions Checked(GeoSearchOptions? options) => options switch
    {
        null => Default,
        { AnyWillDo: true, CountMax: null } => throw new ArgumentException(
            $"{nameof(AnyWillDo)} is set and {nameof(CountMax)} is not: which ones will do if all are wanted? " +
            $"Set {nameof(CountMax)}, or leave {nameof(AnyWillDo)} false.", nameof(options)),
        _ => options,
    };
}
