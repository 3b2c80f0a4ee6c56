namespace KvEmbedded;

/// <summary>What is known of a stream.</summary>
public sealed record StreamInfo
{
    /// <summary>How many entries there are.</summary>
    public required long Count { get; init; }

    /// <summary>The greatest id that the stream has had, of an entry that may be gone.</summary>
    public required StreamId LastId { get; init; }

    /// <summary>The greatest id that has been removed by itself (and not by trimming); 0-0 if none has.</summary>
    public required StreamId MaxRemovedId { get; init; }

    /// <summary>How many entries were ever added.</summary>
    public required long EntriesAdded { get; init; }

    /// <summary>How many consumer groups there are.</summary>
    public required int GroupCount { get; init; }

    /// <summary>The oldest entry; null if there is none.</summary>
    public required StreamEntry? FirstEntry { get; init; }

    /// <summary>The newest entry; null if there is none.</summary>
    public required StreamEntry? LastEntry { get; init; }
}

/// <summary>What is known of a consumer group.</summary>
public sealed record ConsumerGroupInfo
{
    /// <summary>The group's name.</summary>
    public required KvValue Name { get; init; }

    /// <summary>How many consumers it has.</summary>
    public required int ConsumerCount { get; init; }

    /// <summary>How many entries are pending: delivered, and not acknowledged.</summary>
    public required long PendingCount { get; init; }

    /// <summary>The greatest id that was delivered; what is greater is new to the group.</summary>
    public required StreamId LastDeliveredId { get; init; }

    /// <summary>How many entries the group has read of all that were ever added; null if that is not known.</summary>
    public required long? EntriesRead { get; init; }

    /// <summary>How many entries are new to the group; null if removed entries, or a position set by hand, leave it unknown.</summary>
    public required long? Lag { get; init; }
}

/// <summary>What is known of a consumer.</summary>
/// <param name="Name">The consumer's name.</param>
/// <param name="PendingCount">How many entries are pending with it.</param>
/// <param name="Idle">How long ago it last tried anything: a read, a claim.</param>
/// <param name="Inactive">How long ago it last got an entry; null if it never has, or the server does not tell (Redis 7.0).</param>
public sealed record ConsumerInfo(KvValue Name, long PendingCount, TimeSpan Idle, TimeSpan? Inactive);
