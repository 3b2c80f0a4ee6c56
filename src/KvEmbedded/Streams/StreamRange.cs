namespace KvEmbedded;

/// <summary>An interval of ids: <c>StreamRange.From(first).AndBelow(last)</c>.</summary>
/// <remarks>The default is <see cref="All"/>. An interval that is upside down holds nothing.</remarks>
public readonly record struct StreamRange
{
    private readonly StreamId? highest;

    private StreamRange(StreamId lowest, bool excludesLowest, StreamId? highest, bool excludesHighest)
    {
        Lowest = lowest;
        ExcludesLowest = excludesLowest;
        this.highest = highest;
        ExcludesHighest = excludesHighest;
    }

    /// <summary>Every id.</summary>
    public static StreamRange All => default;

    /// <summary>The lower end.</summary>
    public StreamId Lowest { get; }

    /// <summary>The upper end.</summary>
    public StreamId Highest => highest ?? StreamId.MaxValue;

    /// <summary>True if the lower end itself is not in the interval.</summary>
    public bool ExcludesLowest { get; }

    /// <summary>True if the upper end itself is not in the interval.</summary>
    public bool ExcludesHighest { get; }

    /// <summary>Ids from this one up, itself included.</summary>
    public static StreamRange From(StreamId lowest) => new(lowest, false, null, false);

    /// <summary>Ids greater than this one.</summary>
    public static StreamRange Above(StreamId lowest) => new(lowest, true, null, false);

    /// <summary>Ids up to this one, itself included.</summary>
    public static StreamRange UpTo(StreamId highest) => All.AndUpTo(highest);

    /// <summary>Ids less than this one.</summary>
    public static StreamRange Below(StreamId highest) => All.AndBelow(highest);

    /// <summary>Ids between two, both included.</summary>
    public static StreamRange Between(StreamId lowest, StreamId highest) => From(lowest).AndUpTo(highest);

    /// <summary>One id alone.</summary>
    public static StreamRange Exactly(StreamId id) => Between(id, id);

    /// <summary>Entries added from one moment to another, both included to their whole millisecond.</summary>
    public static StreamRange Between(DateTimeOffset from, DateTimeOffset to) =>
        From(StreamId.At(from)).AndUpTo(new StreamId(StreamId.At(to).Milliseconds, ulong.MaxValue));

    /// <summary>The same lower end, with ids up to this one, itself included.</summary>
    public StreamRange AndUpTo(StreamId highest) => new(Lowest, ExcludesLowest, highest, false);

    /// <summary>The same lower end, with ids less than this one.</summary>
    public StreamRange AndBelow(StreamId highest) => new(Lowest, ExcludesLowest, highest, true);

    /// <summary>True if the id is in the interval.</summary>
    public bool Contains(StreamId id) =>
        (ExcludesLowest ? id > Lowest : id >= Lowest) && (ExcludesHighest ? id < Highest : id <= Highest);

    /// <summary>The interval as Redis writes it: <c>(1-0 5-3</c>.</summary>
    public override string ToString() => $"{(ExcludesLowest ? "(" : "")}{Lowest} {(ExcludesHighest ? "(" : "")}{Highest}";

    /// <summary>The first and the last id of the interval; false if it holds none.</summary>
    internal bool TryGetEnds(out StreamId first, out StreamId last)
    {
        first = Lowest;
        last = Highest;
        if ((ExcludesLowest && first == StreamId.MaxValue) || (ExcludesHighest && last == StreamId.MinValue)) return false;
        if (ExcludesLowest) first = first.Next;
        if (ExcludesHighest) last = last.Previous;
        return first <= last;
    }
}
