namespace KvEmbedded;

/// <summary>A log of entries, each with an id that is greater than those before and with fields; read by range, from a place on, or by consumer groups.</summary>
/// <remarks>
/// A handle is an address, not a value: it may outlive its key. Safe for concurrent use. A key that is missing is a stream
/// without entries; but a stream that has lost its last entry still exists, with its last id and its groups, until its key is
/// deleted. Every member throws <see cref="WrongTypeException"/> if the key holds another data type, and
/// <see cref="ObjectDisposedException"/> once the keyspace is disposed. A token is observed until the command starts; a
/// command that has started runs to its end.
/// </remarks>
public interface IStream : IKeyHandle
{
    /// <summary>Adds an entry of one field, with an automatic id. Creates the key if it is missing.</summary>
    /// <param name="name">The field's name, any byte string; it is copied in.</param>
    /// <param name="value">The field's value, any byte string; it is copied in.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entry's id.</returns>
    /// <exception cref="StreamIdExhaustedException">The stream has had the last id there is.</exception>
    /// <exception cref="ValueTooLongException">Name and value are longer together than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>XADD key * name value</c>.</remarks>
    ValueTask<StreamId> AddAsync(KvValue name, KvValue value, CancellationToken cancellationToken = default);

    /// <summary>Adds an entry, with an automatic id. Creates the key if it is missing.</summary>
    /// <param name="fields">At least one; their order is kept, and a name may occur more than once.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entry's id.</returns>
    /// <exception cref="ArgumentException">There is no field.</exception>
    /// <exception cref="StreamIdExhaustedException">The stream has had the last id there is.</exception>
    /// <exception cref="ValueTooLongException">The fields are longer together than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m), m bytes of fields. Redis: <c>XADD key * name value [name value …]</c>.</remarks>
    ValueTask<StreamId> AddAsync(IReadOnlyCollection<StreamField> fields, CancellationToken cancellationToken = default);

    /// <summary>Adds an entry with a chosen id, or only to a stream that exists, or trimming the stream in the same step.</summary>
    /// <param name="fields">At least one; their order is kept, and a name may occur more than once.</param>
    /// <param name="options">The id, what is trimmed, whether a missing stream is created.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entry's id; null if the stream is missing and was not to be created.</returns>
    /// <exception cref="ArgumentException">There is no field.</exception>
    /// <exception cref="StreamIdNotGreaterException">The id is not greater than those that the stream has had.</exception>
    /// <exception cref="StreamIdExhaustedException">The stream has had the last id there is.</exception>
    /// <exception cref="ValueTooLongException">The fields are longer together than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m + t), m bytes of fields, t pages trimmed. Redis:
    /// <c>XADD key [NOMKSTREAM] [KEEPREF | DELREF | ACKED] [MAXLEN | MINID [= | ~] threshold [LIMIT count]] * | id name value …</c>.
    /// </remarks>
    ValueTask<StreamId?> AddAsync(
        IReadOnlyCollection<StreamField> fields, StreamAddOptions options, CancellationToken cancellationToken = default);

    /// <summary>Removes the oldest entries.</summary>
    /// <param name="trim">Which of them.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of entries removed.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(t), t pages of a hundred entries that go; O(n), n entries, where references matter. Redis:
    /// <c>XTRIM key MAXLEN | MINID [= | ~] threshold [LIMIT count] [KEEPREF | DELREF | ACKED]</c>.
    /// </remarks>
    ValueTask<long> TrimAsync(StreamTrim trim, CancellationToken cancellationToken = default);

    /// <summary>Counts the entries.</summary>
    /// <returns>Their number; 0 if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>XLEN key</c>.</remarks>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the entries whose id is in an interval.</summary>
    /// <param name="range">The interval; it has its lower end first in both orders. By default all.</param>
    /// <param name="order">In which order the entries come: the oldest first, or the newest.</param>
    /// <param name="take">How many to return at most, at least 0.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entries; empty if there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="take"/> is negative.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(log n + m), n entries, m returned. A long range is read over several turns; what is returned was there at one moment
    /// all the same. Redis: <c>XRANGE key start end [COUNT take]</c>, <c>XREVRANGE key end start [COUNT take]</c>.
    /// </remarks>
    ValueTask<StreamEntry[]> GetRangeAsync(
        StreamRange range = default, Order order = Order.Ascending, long take = long.MaxValue, CancellationToken cancellationToken = default);

    /// <summary>Reads the entries whose id is in an interval, one page after the other as they are asked for.</summary>
    /// <param name="range">The interval; by default all.</param>
    /// <param name="order">In which order the entries come.</param>
    /// <param name="pageSize">Entries read in one turn, in entries. Range 1 to 10,000.</param>
    /// <param name="cancellationToken">Observed before each page.</param>
    /// <returns>Every entry that is there all along, and none that is removed before its page is read.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is out of its range.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n + m) for each page, n entries, m of the page. Redis: <c>XRANGE</c>, <c>XREVRANGE</c> from behind the last id read.</remarks>
    IAsyncEnumerable<StreamEntry> ScanAsync(
        StreamRange range = default, Order order = Order.Ascending, int pageSize = 250, CancellationToken cancellationToken = default);

    /// <summary>Reads one entry.</summary>
    /// <returns>The entry; null if there is none of this id.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n), n entries. Redis: <c>XRANGE key id id</c>.</remarks>
    ValueTask<StreamEntry?> GetAsync(StreamId id, CancellationToken cancellationToken = default);

    /// <summary>Removes an entry. The stream stays, also without an entry; in groups that it is pending in, it stays pending.</summary>
    /// <returns>True if it was there.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n), n entries. Redis: <c>XDEL key id</c>.</remarks>
    ValueTask<bool> RemoveAsync(StreamId id, CancellationToken cancellationToken = default);

    /// <summary>Removes entries in one step.</summary>
    /// <returns>How many of them were there.</returns>
    /// <exception cref="ArgumentException">There is no id in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m log n), m to be removed, n entries. Redis: <c>XDEL key id [id …]</c>.</remarks>
    ValueTask<long> RemoveAsync(IReadOnlyCollection<StreamId> ids, CancellationToken cancellationToken = default);

    /// <summary>Removes entries in one step, minding the groups that they are pending in or new to.</summary>
    /// <param name="ids">At least one.</param>
    /// <param name="references">What becomes of the groups' references to them.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>What became of each, in the order of the ids.</returns>
    /// <exception cref="ArgumentException">There is no id in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(m g log n), m to be removed, g groups, n entries. Redis: <c>XDELEX key [KEEPREF | DELREF | ACKED] IDS numids id [id …]</c>.
    /// </remarks>
    ValueTask<StreamRemoval[]> RemoveAsync(
        IReadOnlyCollection<StreamId> ids, StreamReferences references, CancellationToken cancellationToken = default);

    /// <summary>Reads the entries behind a place; if there are none, waits for one.</summary>
    /// <param name="after">
    /// The beginning (everything), behind an id, or only what is new. <see cref="StreamPosition.New"/> is looked up when the
    /// command runs: with it a read that does not wait never finds anything.
    /// </param>
    /// <param name="count">Most entries to return, at least 1.</param>
    /// <param name="waitingTime">Zero does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="cancellationToken">Also ends the waiting.</param>
    /// <returns>The entries, the oldest first; empty if there are none, or none came in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(log n + m), n entries, m returned. All who wait are served by one entry. Redis:
    /// <c>XREAD [COUNT count] [BLOCK milliseconds] STREAMS key id</c>.
    /// </remarks>
    ValueTask<StreamEntry[]> ReadAsync(
        StreamPosition after, int count = 100, TimeSpan waitingTime = default, CancellationToken cancellationToken = default);

    /// <summary>Reads the entries behind a place, and goes on with those that come.</summary>
    /// <param name="after">Where to begin; <see cref="StreamPosition.New"/> is looked up when the first entry is asked for.</param>
    /// <param name="pageSize">Entries read in one turn, in entries; at least 1.</param>
    /// <param name="cancellationToken">Ends it, with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Entries without end, the oldest first. Inside a transaction, which does not wait, it ends with the last there is.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is less than 1.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>Entries that are trimmed before they are read are missed. Redis: <c>XREAD … BLOCK 0 STREAMS key id</c>, again and again.</remarks>
    IAsyncEnumerable<StreamEntry> FollowAsync(
        StreamPosition after, int pageSize = 100, CancellationToken cancellationToken = default);

    /// <summary>Sets the last id, and thereby the least that the next entry can have.</summary>
    /// <param name="lastId">At least that of the last entry.</param>
    /// <param name="counters">What else to set; null for nothing.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>A task that ends when it is set.</returns>
    /// <exception cref="NoSuchStreamException">The key does not exist.</exception>
    /// <exception cref="StreamIdNotGreaterException">The id is less than that of the last entry, or than the greatest removed one that is given with it.</exception>
    /// <exception cref="StreamCounterException">There are more entries than would ever have been added.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>XSETID key last-id [ENTRIESADDED count] [MAXDELETEDID id]</c>.</remarks>
    ValueTask SetLastIdAsync(StreamId lastId, StreamCounters? counters = null, CancellationToken cancellationToken = default);

    /// <summary>What is known of the stream.</summary>
    /// <returns>It; null if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>XINFO STREAM key</c>.</remarks>
    ValueTask<StreamInfo?> GetInfoAsync(CancellationToken cancellationToken = default);

    /// <summary>What is known of the consumer groups.</summary>
    /// <returns>All of them, in the order of their names; empty if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(g), g groups. Redis: <c>XINFO GROUPS key</c>.</remarks>
    ValueTask<ConsumerGroupInfo[]> GetGroupsAsync(CancellationToken cancellationToken = default);

    /// <summary>The consumer group of a name. Asking for it touches nothing.</summary>
    IConsumerGroup Group(KvValue name);
}
