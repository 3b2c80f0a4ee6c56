namespace KvEmbedded;

/// <summary>Reads of several streams.</summary>
/// <remarks>
/// Safe for concurrent use. A command on several keys is one turn. Every member throws <see cref="WrongTypeException"/> if one
/// of the keys holds another data type, <see cref="ArgumentException"/> if there is no key, and
/// <see cref="ObjectDisposedException"/> once the keyspace is disposed.
/// </remarks>
public interface IStreams
{
    /// <summary>Reads the entries behind a place in each of several streams; if none has any, waits for one.</summary>
    /// <param name="places">At least one key, each with what has been read of it.</param>
    /// <param name="count">Most entries to return of each stream, at least 1.</param>
    /// <param name="waitingTime">Zero does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="cancellationToken">Also ends the waiting.</param>
    /// <returns>The streams that have entries, in the order given, with these; empty if none has.</returns>
    /// <exception cref="ArgumentException">There is no key, or an argument is out of its range.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <remarks>
    /// O(k log n + m), k keys, n entries, m returned. A key that comes to hold another data type while this call waits is passed
    /// over; against a server, which is asked again and again, it is an error. Redis:
    /// <c>XREAD [COUNT count] [BLOCK milliseconds] STREAMS key [key …] id [id …]</c>.
    /// </remarks>
    ValueTask<StreamRead[]> ReadAsync(
        IReadOnlyCollection<StreamPlace> places, int count = 100, TimeSpan waitingTime = default, CancellationToken cancellationToken = default);

    /// <summary>Reads the entries behind a place in each of several streams, and goes on with those that come.</summary>
    /// <param name="places">At least one key, each once, with where to begin.</param>
    /// <param name="pageSize">Entries read of each stream in one turn, in entries; at least 1.</param>
    /// <param name="cancellationToken">Ends it, with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Entries without end, of one stream after the other. Inside a transaction, which does not wait, it ends with the last there is.</returns>
    /// <exception cref="ArgumentException">There is no key, or one occurs twice, or an argument is out of its range.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <remarks>Redis: <c>XREAD … BLOCK 0 STREAMS key [key …] id [id …]</c>, again and again.</remarks>
    IAsyncEnumerable<StreamRead> FollowAsync(
        IReadOnlyCollection<StreamPlace> places, int pageSize = 100, CancellationToken cancellationToken = default);

    /// <summary>Reads entries of several streams that are new to their groups of one name; if there are none, waits for one.</summary>
    /// <param name="keys">At least one key.</param>
    /// <param name="group">The group's name, the same in each stream.</param>
    /// <param name="consumer">Who reads; it is created where it is missing.</param>
    /// <param name="options">How many, for how long to wait, whether they are to be acknowledged; null for the defaults.</param>
    /// <param name="cancellationToken">Also ends the waiting; then nothing was delivered.</param>
    /// <returns>The streams that have new entries, in the order given, with these; empty if none has.</returns>
    /// <exception cref="ArgumentException">There is no key.</exception>
    /// <exception cref="NoSuchGroupException">One of the streams has no such group, or it has gone while this call waited.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <remarks>
    /// O(k + m log p), k keys, m returned, p pending. Redis:
    /// <c>XREADGROUP GROUP group consumer [COUNT count] [BLOCK milliseconds] [NOACK] STREAMS key [key …] &gt; [&gt; …]</c>.
    /// </remarks>
    ValueTask<StreamRead[]> ReadGroupAsync(
        IReadOnlyCollection<KvKey> keys, KvValue group, KvValue consumer, GroupReadOptions? options = null,
        CancellationToken cancellationToken = default);
}

/// <summary>Options of reading several streams as a consumer of their groups.</summary>
public sealed record GroupReadOptions
{
    /// <summary>Most entries to return of each stream, in entries. Range 1 and up; default 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Count
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one entry must be asked for.");
    } = 100;

    /// <summary>Zero, the default, does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public TimeSpan WaitingTime
    {
        get;
        init => field = Require.WaitingTime(value, nameof(value));
    }

    /// <summary>Whether entries are pending until they are acknowledged, which is the default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public Acknowledge Acknowledge
    {
        get;
        init => field = Require.Named(value);
    }
}
