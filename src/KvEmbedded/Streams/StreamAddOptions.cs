namespace KvEmbedded;

/// <summary>Options of adding an entry to a stream.</summary>
public sealed record StreamAddOptions
{
    /// <summary>The entry's id. Default <see cref="NewStreamId.Automatic"/>.</summary>
    public NewStreamId Id { get; init; }

    /// <summary>What is trimmed off the other end in the same step; null for nothing, the default.</summary>
    public StreamTrim? Trim { get; init; }

    /// <summary>Whether a missing stream is created. Default true.</summary>
    public bool CreatesStream { get; init; } = true;
}

/// <summary>Which id a new entry gets.</summary>
/// <remarks>The default is <see cref="Automatic"/>.</remarks>
public readonly record struct NewStreamId
{
    private NewStreamId(NewStreamIdKind kind, StreamId id)
    {
        Kind = kind;
        Id = id;
    }

    /// <summary>
    /// The present millisecond and the next number in it; if the clock has gone back, or the last entry is of the future, the
    /// one after the last. So ids always rise. Redis: <c>*</c>.
    /// </summary>
    public static NewStreamId Automatic => default;

    /// <summary>How the id is found.</summary>
    public NewStreamIdKind Kind { get; }

    /// <summary>The id, or its millisecond.</summary>
    public StreamId Id { get; }

    /// <summary>This id; it must be greater than every id before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is 0-0.</exception>
    public static NewStreamId Exactly(StreamId id) => id == StreamId.MinValue
        ? throw new ArgumentOutOfRangeException(nameof(id), id, "The first id an entry can have is 0-1. Give a greater one.")
        : new NewStreamId(NewStreamIdKind.Exact, id);

    /// <summary>The next number in this millisecond. Redis: <c>ms-*</c>.</summary>
    public static NewStreamId InMillisecond(ulong milliseconds) => new(NewStreamIdKind.InMillisecond, new StreamId(milliseconds));

    /// <summary>This id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is 0-0.</exception>
    public static implicit operator NewStreamId(StreamId id) => Exactly(id);
}

/// <summary>How the id of a new entry is found.</summary>
public enum NewStreamIdKind
{
    /// <summary>From the clock.</summary>
    Automatic = 0,

    /// <summary>It is given.</summary>
    Exact,

    /// <summary>Its millisecond is given.</summary>
    InMillisecond,
}
