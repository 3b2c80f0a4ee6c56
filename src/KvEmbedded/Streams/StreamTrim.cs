namespace KvEmbedded;

/// <summary>Which of the oldest entries of a stream are to go: all but so many, or all below an id.</summary>
public sealed record StreamTrim
{
    /// <summary>Most entries removed by one approximate trim, unless it says another number: 10,000.</summary>
    public const long DefaultLimit = 10_000;

    private StreamTrim(long? countMax, StreamId idMin)
    {
        CountMax = countMax;
        IdMin = idMin;
    }

    /// <summary>How many of the newest entries stay; null if the trim goes by ids.</summary>
    public long? CountMax { get; }

    /// <summary>The smallest id that stays, if <see cref="CountMax"/> is null.</summary>
    public StreamId IdMin { get; }

    /// <summary>True if only whole pages of entries go, so that some more stay than asked for, and the trim costs next to nothing.</summary>
    public bool IsApproximate { get; private init; }

    /// <summary>
    /// Most entries that an approximate trim removes; <see cref="long.MaxValue"/> has no limit. How many it looks at is not bounded
    /// with <see cref="StreamReferences.OnlyAcknowledged"/>, which passes over those that stay.
    /// </summary>
    public long Limit { get; private init; } = long.MaxValue;

    /// <summary>What becomes of entries that are pending in a consumer group, or not read by one yet. Default <see cref="StreamReferences.Keep"/>.</summary>
    public StreamReferences References { get; init; }

    /// <summary>Keeps the newest entries, so many of them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static StreamTrim ToCount(long countMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(countMax);
        return new StreamTrim(countMax, default);
    }

    /// <summary>Keeps the entries from an id up.</summary>
    public static StreamTrim ToId(StreamId idMin) => new(null, idMin);

    /// <summary>The same, but only whole pages go.</summary>
    /// <param name="limit">Most entries to remove, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    public StreamTrim Approximately(long limit = DefaultLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return this with { IsApproximate = true, Limit = limit };
    }
}

/// <summary>What becomes of a consumer group's references to an entry that is to be removed: that it is pending, or not read yet.</summary>
public enum StreamReferences
{
    /// <summary>They stay: the entry goes, and remains pending without its fields.</summary>
    Keep = 0,

    /// <summary>They go with the entry.</summary>
    Remove,

    /// <summary>An entry goes only if every group has read and acknowledged it; without a group, none does.</summary>
    OnlyAcknowledged,
}

/// <summary>What became of an entry that was to be removed.</summary>
public enum StreamRemoval
{
    /// <summary>There is no such entry.</summary>
    NotFound = 0,

    /// <summary>It has been removed.</summary>
    Removed,

    /// <summary>It is still there, as not every group has read and acknowledged it.</summary>
    StillReferenced,
}
