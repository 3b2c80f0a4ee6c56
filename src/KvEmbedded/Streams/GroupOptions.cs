namespace KvEmbedded;

/// <summary>Options of creating a consumer group.</summary>
public sealed record GroupCreation
{
    /// <summary>Whether a missing stream is created. Default true.</summary>
    public bool CreatesStream { get; init; } = true;

    /// <summary>How many entries of all that were ever added lie before the group's position; null, the default, if that is not known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long? EntriesRead
    {
        get;
        init => field = value is not < 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A number of entries must not be negative. Null is not known.");
    }
}

/// <summary>Counters of a stream that are set together with its last id.</summary>
public sealed record StreamCounters
{
    /// <summary>How many entries were ever added, at least as many as there are; null, the default, leaves it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long? EntriesAdded
    {
        get;
        init => field = value is not < 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A number of entries must not be negative. Null leaves it.");
    }

    /// <summary>The greatest id that was removed by itself; null, the default, leaves it.</summary>
    public StreamId? MaxRemovedId { get; init; }
}
