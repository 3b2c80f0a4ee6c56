namespace KvEmbedded;

/// <summary>The pending entries of a consumer group, in short.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="FirstId">The smallest id; null if there is none.</param>
/// <param name="LastId">The greatest id; null if there is none.</param>
/// <param name="Consumers">The consumers with pending entries, in the order of their names.</param>
public sealed record PendingSummary(long Count, StreamId? FirstId, StreamId? LastId, PendingConsumer[] Consumers);

/// <summary>How many entries are pending with a consumer.</summary>
/// <param name="Name">The consumer's name.</param>
/// <param name="Count">At least 1.</param>
public readonly record struct PendingConsumer(KvValue Name, long Count);

/// <summary>A pending entry: delivered, and not acknowledged.</summary>
/// <param name="Id">The entry's id; the entry itself may be gone from the stream.</param>
/// <param name="Consumer">With whom it is pending; null if it was released and nobody has claimed it since.</param>
/// <param name="Idle">How long ago it was delivered; null if it was released.</param>
/// <param name="DeliveryCount">How often it was delivered.</param>
public sealed record PendingEntry(StreamId Id, KvValue? Consumer, TimeSpan? Idle, long DeliveryCount);

/// <summary>Which pending entries are asked for.</summary>
public sealed record PendingQuery
{
    /// <summary>Ids. Default all.</summary>
    public StreamRange Range { get; init; }

    /// <summary>Only entries pending with this consumer; null, the default, for all.</summary>
    public KvValue? Consumer { get; init; }

    /// <summary>Only entries that were delivered so long ago. Default zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan MinIdle
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "An idle time must not be negative. Zero asks for all.");
    }

    /// <summary>Most entries to return, in entries. Range 1 and up; default 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Count
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one entry must be asked for.");
    } = 100;
}

/// <summary>An entry read by a consumer that also takes over what is idle.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Idle">If it was pending: how long ago it was delivered before; null if it is new, or was released.</param>
/// <param name="DeliveryCount">How often it was delivered before; 0 if it is new.</param>
public readonly record struct StreamDelivery(StreamEntry Entry, TimeSpan? Idle, long DeliveryCount);

/// <summary>Options of claiming entries.</summary>
public sealed record ClaimOptions
{
    /// <summary>How long ago the entries shall count as delivered; null, the default, for just now. Not with <see cref="DeliveredAt"/>.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>When the entries shall count as delivered; null for just now. A moment to come is now.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>How often the entries shall count as delivered, at least 0; null for once more than before.</summary>
    public long? DeliveryCount { get; init; }

    /// <summary>Whether entries that are not pending are claimed too, if they are in the stream. Default false.</summary>
    public bool Force { get; init; }

    /// <summary>The group has read at least up to here; null, the default, to leave its position.</summary>
    public StreamId? LastDeliveredId { get; init; }
}

/// <summary>What a step through the pending entries of a group has claimed.</summary>
/// <param name="Next">Where the next step shall begin; 0-0 if this was the last.</param>
/// <param name="Entries">The entries claimed.</param>
/// <param name="RemovedIds">Entries that were pending but not in the stream any more; they are pending no longer.</param>
public sealed record AutoClaim(StreamId Next, StreamEntry[] Entries, StreamId[] RemovedIds);

/// <summary>As <see cref="AutoClaim"/>, without the entries' fields.</summary>
/// <param name="Next">Where the next step shall begin; 0-0 if this was the last.</param>
/// <param name="Ids">The entries claimed.</param>
/// <param name="RemovedIds">Entries that were pending but not in the stream any more; they are pending no longer.</param>
public sealed record AutoClaimIds(StreamId Next, StreamId[] Ids, StreamId[] RemovedIds);

/// <summary>Whether what is read has to be acknowledged.</summary>
public enum Acknowledge
{
    /// <summary>It is pending until it is acknowledged.</summary>
    Later = 0,

    /// <summary>It counts as acknowledged by being read, and is lost if the consumer fails.</summary>
    OnRead,
}

/// <summary>What a released entry's count of deliveries becomes.</summary>
public enum ReleaseReason
{
    /// <summary>The consumer could not handle it this time: the delivery counts.</summary>
    Failed = 0,

    /// <summary>The consumer has not tried, for it ends: the delivery does not count.</summary>
    NotTried,

    /// <summary>Nobody can handle it: the count becomes <see cref="long.MaxValue"/>.</summary>
    Hopeless,
}
