namespace KvEmbedded;

/// <summary>
/// Consumers who share the entries of a stream: each entry is delivered to one of them, is pending until it is acknowledged,
/// and can be claimed by another if the first fails.
/// </summary>
/// <remarks>
/// A handle is an address, not a value: it may outlive the group. Safe for concurrent use. A consumer comes into being with
/// its first read or claim, also if that gets nothing (as in Redis 7.2; 7.0 waits for its first entry). Idle times go by the keyspace's one clock, which moving the wall clock does not touch. Members
/// that read, claim or list throw <see cref="NoSuchGroupException"/> if there is no such group or no such key; those that take
/// something away answer that there was nothing. Every member throws <see cref="WrongTypeException"/> if the key holds another
/// data type. Reading and claiming go on where the memory limit is reached, for who may not read cannot acknowledge and remove
/// either; so what is pending may go some way beyond it. A token is observed until the command starts; a command that has
/// started runs to its end.
/// </remarks>
public interface IConsumerGroup
{
    /// <summary>The stream's key, with the prefix of the view the handle came from.</summary>
    KvKey Key { get; }

    /// <summary>The group's name.</summary>
    KvValue Name { get; }

    /// <summary>Creates the group.</summary>
    /// <param name="from">Where the group begins to read: <see cref="StreamPosition.Beginning"/> for all entries, <see cref="StreamPosition.New"/> for those to come.</param>
    /// <param name="options">Whether a missing stream is created, which is the default, and what is known of the position.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>A task that ends when the group is there.</returns>
    /// <exception cref="ArgumentException"><paramref name="from"/> is <see cref="StreamPosition.Newest"/>.</exception>
    /// <exception cref="GroupExistsException">There is such a group already.</exception>
    /// <exception cref="NoSuchStreamException">The key does not exist, and was not to be created.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(g), g groups. Redis: <c>XGROUP CREATE key group id | $ [MKSTREAM] [ENTRIESREAD count]</c>.</remarks>
    ValueTask CreateAsync(StreamPosition from, GroupCreation? options = null, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="CreateAsync"/>, but a group that is there already is left as it is.</summary>
    /// <returns>True if the group is new.</returns>
    /// <exception cref="ArgumentException"><paramref name="from"/> is <see cref="StreamPosition.Newest"/>.</exception>
    /// <exception cref="NoSuchStreamException">The key does not exist, and was not to be created.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(g), g groups. Redis: <c>XGROUP CREATE</c>, whose one error is taken for an answer.</remarks>
    ValueTask<bool> TryCreateAsync(StreamPosition from, GroupCreation? options = null, CancellationToken cancellationToken = default);

    /// <summary>Sets up to where the group has read; what is pending stays so.</summary>
    /// <param name="from">Behind which entries the group goes on.</param>
    /// <param name="entriesRead">How many entries of all ever added lie before that; null if that is not known.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>A task that ends when it is set.</returns>
    /// <exception cref="ArgumentException"><paramref name="from"/> is <see cref="StreamPosition.Newest"/>, or the number is negative.</exception>
    /// <exception cref="NoSuchGroupException">There is no such group.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>XGROUP SETID key group id | $ [ENTRIESREAD count]</c>.</remarks>
    ValueTask SetPositionAsync(StreamPosition from, long? entriesRead = null, CancellationToken cancellationToken = default);

    /// <summary>Removes the group with its consumers and all that is pending. Who waits for an entry in it gets <see cref="NoSuchGroupException"/>.</summary>
    /// <returns>True if it was there.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(c), c consumers. Redis: <c>XGROUP DESTROY key group</c>.</remarks>
    ValueTask<bool> DestroyAsync(CancellationToken cancellationToken = default);

    /// <summary>What is known of the group.</summary>
    /// <returns>It; null if there is no such group.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: its part of <c>XINFO GROUPS key</c>.</remarks>
    ValueTask<ConsumerGroupInfo?> GetInfoAsync(CancellationToken cancellationToken = default);

    /// <summary>What is known of the consumers.</summary>
    /// <returns>All of them, in the order of their names.</returns>
    /// <exception cref="NoSuchGroupException">There is no such group.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(c), c consumers. Redis: <c>XINFO CONSUMERS key group</c>.</remarks>
    ValueTask<ConsumerInfo[]> GetConsumersAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates a consumer, which reads and claims do by themselves.</summary>
    /// <returns>True if it is new.</returns>
    /// <exception cref="NoSuchGroupException">There is no such group.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(c), c consumers. Redis: <c>XGROUP CREATECONSUMER key group consumer</c>.</remarks>
    ValueTask<bool> CreateConsumerAsync(KvValue consumer, CancellationToken cancellationToken = default);

    /// <summary>Removes a consumer. What was pending with it is pending no more and will not be delivered again: claim it first.</summary>
    /// <returns>How many entries were pending with it; 0 if there is no such consumer.</returns>
    /// <exception cref="NoSuchGroupException">There is no such group.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(c + p log p), c consumers, p pending. Redis: <c>XGROUP DELCONSUMER key group consumer</c>.</remarks>
    ValueTask<long> DeleteConsumerAsync(KvValue consumer, CancellationToken cancellationToken = default);

    /// <summary>Reads entries that are new to the group; if there are none, waits for one.</summary>
    /// <param name="consumer">Who reads; it is created if it is missing.</param>
    /// <param name="count">Most entries to return, at least 1.</param>
    /// <param name="waitingTime">Zero does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="acknowledge">Whether they are pending until they are acknowledged, which is the default.</param>
    /// <param name="cancellationToken">Also ends the waiting; then nothing was delivered.</param>
    /// <returns>The entries, the oldest first; empty if there are none, or none came in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="NoSuchGroupException">There is no such group, or it has gone while this call waited.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(m log p), m returned, p pending. Who waits is served in the order of arrival. Redis:
    /// <c>XREADGROUP GROUP group consumer [COUNT count] [BLOCK milliseconds] [NOACK] STREAMS key &gt;</c>.
    /// </remarks>
    ValueTask<StreamEntry[]> ReadAsync(
        KvValue consumer, int count = 100, TimeSpan waitingTime = default, Acknowledge acknowledge = Acknowledge.Later,
        CancellationToken cancellationToken = default);

    /// <summary>Reads entries that are new to the group, and goes on with those that come. Each is to be acknowledged.</summary>
    /// <param name="consumer">Who reads; it is created if it is missing.</param>
    /// <param name="pageSize">Entries delivered in one turn, in entries; at least 1. Those of a page are pending from then on.</param>
    /// <param name="cancellationToken">Ends it, with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Entries without end, the oldest first. Inside a transaction, which does not wait, it ends with the last there is.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is less than 1.</exception>
    /// <exception cref="NoSuchGroupException">There is no such group, or it has gone.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>Redis: <c>XREADGROUP … BLOCK 0 STREAMS key &gt;</c>, again and again.</remarks>
    IAsyncEnumerable<StreamEntry> FollowAsync(KvValue consumer, int pageSize = 1, CancellationToken cancellationToken = default);

    /// <summary>Reads again what is pending with a consumer; each counts as delivered once more, and now.</summary>
    /// <param name="consumer">Who reads; it is created if it is missing.</param>
    /// <param name="after">Only ids greater than this one; by default all.</param>
    /// <param name="count">Most entries to return, at least 1.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entries, the oldest first; one that has been removed from the stream has no fields, and is not counted as delivered.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="NoSuchGroupException">There is no such group.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m log n), m returned, n entries. Redis: <c>XREADGROUP GROUP group consumer [COUNT count] STREAMS key id</c>.</remarks>
    ValueTask<StreamEntry[]> ReadPendingAsync(
        KvValue consumer, StreamId after = default, int count = 100, CancellationToken cancellationToken = default);

    /// <summary>Takes over entries that others have left pending for long, then reads entries that are new; if there are neither, waits.</summary>
    /// <param name="consumer">Who reads; it is created if it is missing.</param>
    /// <param name="minIdle">For how long an entry must have been pending to be taken over.</param>
    /// <param name="count">Most entries to return, at least 1.</param>
    /// <param name="waitingTime">Zero does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="cancellationToken">Also ends the waiting; then nothing was delivered.</param>
    /// <returns>
    /// First what was taken over, the longest idle first, then what is new; empty if there was nothing in time. One that has been
    /// idle for so long but is not in the stream any more ends to be pending instead.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="NoSuchGroupException">There is no such group, or it has gone while this call waited.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(p + m log p), p pending, m returned or gone. While nothing is pending, what becomes pending without being new to this call
    /// may be taken over some 100 ms late. Redis 8.4:
    /// <c>XREADGROUP GROUP group consumer [COUNT count] [BLOCK milliseconds] CLAIM min-idle-time STREAMS key &gt;</c>.
    /// </remarks>
    ValueTask<StreamDelivery[]> ReadOrClaimAsync(
        KvValue consumer, TimeSpan minIdle, int count = 100, TimeSpan waitingTime = default, CancellationToken cancellationToken = default);

    /// <summary>Acknowledges an entry: it is pending no more.</summary>
    /// <returns>True if it was pending; false also if there is no such group.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log p), p pending. Redis: <c>XACK key group id</c>.</remarks>
    ValueTask<bool> AcknowledgeAsync(StreamId id, CancellationToken cancellationToken = default);

    /// <summary>Acknowledges entries in one step.</summary>
    /// <returns>How many of them were pending.</returns>
    /// <exception cref="ArgumentException">There is no id in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m log p), m acknowledged, p pending. Redis: <c>XACK key group id [id …]</c>.</remarks>
    ValueTask<long> AcknowledgeAsync(IReadOnlyCollection<StreamId> ids, CancellationToken cancellationToken = default);

    /// <summary>Acknowledges entries and removes them from the stream, in one step.</summary>
    /// <param name="ids">At least one.</param>
    /// <param name="references">What becomes of other groups' references to them.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>
    /// What became of each, in the order of the ids: <see cref="StreamRemoval.NotFound"/> if it was not pending in this group,
    /// <see cref="StreamRemoval.StillReferenced"/> if it was acknowledged but other groups still need it.
    /// </returns>
    /// <exception cref="ArgumentException">There is no id in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(m g log n), m removed, g groups, n entries. Redis 8.2: <c>XACKDEL key group [KEEPREF | DELREF | ACKED] IDS numids id [id …]</c>.
    /// </remarks>
    ValueTask<StreamRemoval[]> AcknowledgeAndRemoveAsync(
        IReadOnlyCollection<StreamId> ids, StreamReferences references = StreamReferences.Keep, CancellationToken cancellationToken = default);

    /// <summary>Gives entries back unacknowledged: they are pending with nobody, and whoever claims can have them at once.</summary>
    /// <param name="ids">At least one.</param>
    /// <param name="reason">What becomes of the count of deliveries.</param>
    /// <param name="deliveryCount">What the count of deliveries becomes whatever the reason; null leaves it to that.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>How many of them were pending.</returns>
    /// <exception cref="ArgumentException">There is no id in the collection, or the count is negative.</exception>
    /// <exception cref="NoSuchGroupException">There is no such group.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(m log p), m released, p pending. Redis 8.8: <c>XNACK key group SILENT | FAIL | FATAL IDS numids id [id …] [RETRYCOUNT count]</c>.
    /// </remarks>
    ValueTask<long> ReleaseAsync(
        IReadOnlyCollection<StreamId> ids, ReleaseReason reason = ReleaseReason.Failed, long? deliveryCount = null,
        CancellationToken cancellationToken = default);

    /// <summary>What is pending, in short.</summary>
    /// <returns>How many, from where to where, and how many with whom.</returns>
    /// <exception cref="NoSuchGroupException">There is no such group.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(c), c consumers. Redis: <c>XPENDING key group</c>.</remarks>
    ValueTask<PendingSummary> GetPendingSummaryAsync(CancellationToken cancellationToken = default);

    /// <summary>What is pending, entry by entry.</summary>
    /// <param name="query">Which of them; null for the first hundred.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Pending entries in the order of their ids; empty also if there is no such consumer.</returns>
    /// <exception cref="NoSuchGroupException">There is no such group.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(log p + m), p pending, m looked at. Redis: <c>XPENDING key group [IDLE min-idle-time] start end count [consumer]</c>.
    /// </remarks>
    ValueTask<PendingEntry[]> GetPendingAsync(PendingQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Takes over pending entries: from now on they are pending with another consumer.</summary>
    /// <param name="consumer">Who takes over; it is created if it is missing.</param>
    /// <param name="ids">At least one.</param>
    /// <param name="minIdle">Only those that were delivered so long ago, so that of several who try only one has success.</param>
    /// <param name="options">When, and how often, they shall count as delivered; null for now, and once more.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entries that were taken over. One that is pending but not in the stream any more ends to be pending instead.</returns>
    /// <exception cref="ArgumentException">There is no id in the collection, or an option is out of its range.</exception>
    /// <exception cref="NoSuchGroupException">There is no such group.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(m log p), m ids, p pending. Redis:
    /// <c>XCLAIM key group consumer min-idle-time id [id …] [IDLE ms] [TIME unix-ms] [RETRYCOUNT count] [FORCE] [LASTID id]</c>.
    /// </remarks>
    ValueTask<StreamEntry[]> ClaimAsync(
        KvValue consumer, IReadOnlyCollection<StreamId> ids, TimeSpan minIdle, ClaimOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>As <see cref="ClaimAsync"/>, without reading the entries, which then do not count as delivered once more.</summary>
    /// <returns>The ids of the entries that were taken over.</returns>
    /// <inheritdoc cref="ClaimAsync" path="/exception"/>
    /// <remarks>O(m log p), m ids, p pending. Redis: <c>XCLAIM … JUSTID</c>.</remarks>
    ValueTask<StreamId[]> ClaimIdsAsync(
        KvValue consumer, IReadOnlyCollection<StreamId> ids, TimeSpan minIdle, ClaimOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Takes over what has been pending for long, whatever its id: one step of a walk through all that is pending.</summary>
    /// <param name="consumer">Who takes over; it is created if it is missing.</param>
    /// <param name="minIdle">Only entries that were delivered so long ago.</param>
    /// <param name="start">0-0 for the first step, then what the step before has returned.</param>
    /// <param name="count">Most entries to take over, at least 1; ten times as many are looked at.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>What was taken over, what was pending but is gone from the stream, and where the next step begins.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="NoSuchGroupException">There is no such group.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m log p), m looked at, p pending. Redis: <c>XAUTOCLAIM key group consumer min-idle-time start [COUNT count]</c>.</remarks>
    ValueTask<AutoClaim> AutoClaimAsync(
        KvValue consumer, TimeSpan minIdle, StreamId start = default, int count = 100, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="AutoClaimAsync"/>, without reading the entries, which then do not count as delivered once more.</summary>
    /// <inheritdoc cref="AutoClaimAsync"/>
    /// <remarks>O(m log p), m looked at, p pending. Redis: <c>XAUTOCLAIM … JUSTID</c>.</remarks>
    ValueTask<AutoClaimIds> AutoClaimIdsAsync(
        KvValue consumer, TimeSpan minIdle, StreamId start = default, int count = 100, CancellationToken cancellationToken = default);
}
