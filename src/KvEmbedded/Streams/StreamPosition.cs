namespace KvEmbedded;

/// <summary>A place between entries of a stream, from which reading goes on.</summary>
/// <remarks>
/// The default is <see cref="Beginning"/>. A place that is named by what is in the stream (<see cref="New"/>,
/// <see cref="Newest"/>) is looked up once, when the command runs for the first time.
/// </remarks>
public readonly record struct StreamPosition
{
    private StreamPosition(StreamPositionKind kind, StreamId id)
    {
        Kind = kind;
        Id = id;
    }

    /// <summary>Before the first entry: everything there is, and what comes. Redis: <c>0</c>.</summary>
    public static StreamPosition Beginning => default;

    /// <summary>Behind the last entry: only what is added from now on. Redis: <c>$</c>.</summary>
    public static StreamPosition New => new(StreamPositionKind.New, default);

    /// <summary>
    /// Before the last entry there is: it, and what comes. Of an empty stream, only what comes. For reads, not for groups.
    /// Redis: <c>+</c>.
    /// </summary>
    public static StreamPosition Newest => new(StreamPositionKind.Newest, default);

    /// <summary>What the place is measured from.</summary>
    public StreamPositionKind Kind { get; }

    /// <summary>The id behind which the place is, if <see cref="Kind"/> is <see cref="StreamPositionKind.After"/>.</summary>
    public StreamId Id { get; }

    /// <summary>Behind an id, whether there is such an entry or not. After 0-0 is <see cref="Beginning"/>.</summary>
    public static StreamPosition After(StreamId id) => new(StreamPositionKind.After, id);

    /// <summary>Behind an id.</summary>
    public static implicit operator StreamPosition(StreamId id) => After(id);

    /// <summary>As Redis writes it: <c>0-0</c>, <c>$</c>, <c>+</c> or an id.</summary>
    public override string ToString() => Kind switch
    {
        StreamPositionKind.New => "$",
        StreamPositionKind.Newest => "+",
        _ => Id.ToString(),
    };
}

/// <summary>What a <see cref="StreamPosition"/> is measured from.</summary>
public enum StreamPositionKind
{
    /// <summary>Behind an id; behind 0-0 is the beginning.</summary>
    After = 0,

    /// <summary>Behind the last entry.</summary>
    New,

    /// <summary>Before the last entry.</summary>
    Newest,
}
