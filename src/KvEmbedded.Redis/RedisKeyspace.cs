using KvEmbedded.Redis;
using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded;

/// <summary>A keyspace on a Redis, Valkey or Garnet server: the same interfaces as <see cref="Keyspace"/>, on more than one machine.</summary>
/// <remarks>
/// <para>Made for Redis 7.0 and later; a server that has not a command answers with <see cref="CommandNotSupportedException"/>.
/// Every member is one step on the server, by one command, one script or MULTI, but for these: scans, which go page by page;
/// in a view with a prefix <see cref="IKeys.CountAsync"/>, <see cref="IKeys.GetRandomAsync"/> and <see cref="IKeys.FlushAsync"/>,
/// which go over the keys (flushes also on a multiplexer without <c>allowAdmin</c>); and reads of streams that begin at
/// <see cref="StreamPosition.New"/> or <see cref="StreamPosition.Newest"/>, which ask first where that is. Garnet runs scripts
/// as one step only if it is started with <c>--lua-transaction-mode</c>. In a cluster the keys of one call must lie in one slot,
/// and commands on all keys are refused.</para>
/// <para>Errors are the same exceptions as embedded. What only a server can do wrong has exceptions of its own, all of them
/// <see cref="KeyspaceException"/>s: <see cref="ServerUnavailableException"/> (not sent, nothing changed),
/// <see cref="OutcomeUnknownException"/> (sent, no answer), <see cref="CommandNotSupportedException"/> and
/// <see cref="ServerRefusedException"/>. Nothing is sent twice.</para>
/// <para>Tokens are observed until a command is sent; what was sent is awaited. Callers that wait for an element ask again and
/// again (see <see cref="RedisKeyspaceOptions.PollIntervalMax"/>), because one connection is shared by all; they are not
/// served in the order in which they came, and a wait that is cancelled or over has taken nothing.</para>
/// <para>Messages and key events come over the multiplexer's connection: all who listen through one multiplexer count as one
/// subscriber on the server, and what is published while a connection is down is lost. Key events are the server's
/// notifications, which have to be switched on there (<c>notify-keyspace-events</c>); it tells no old values and no flushes.</para>
/// <para>Times are the server's, in whole milliseconds. <see cref="Keyspace.TransactAsync{TResult}"/> is not portable: no
/// server can run C# as one step. It is a member of <see cref="Keyspace"/> and not of <see cref="IKeyspace"/>, so code that
/// is to run on both cannot use it by mistake.</para>
/// </remarks>
public sealed class RedisKeyspace : IKeyspace, IAsyncDisposable, IDisposable
{
    private readonly ServerLink link;
    private readonly RedisKeyspaceView view;

    /// <summary>A keyspace with a connection of its own, which is made at the first command and disposed with the keyspace.</summary>
    /// <param name="connectionString">As <see cref="RedisKeyspaceOptions.ConnectionString"/>.</param>
    /// <exception cref="ArgumentException">The connection string is empty or cannot be read.</exception>
    public RedisKeyspace(string connectionString) : this(new RedisKeyspaceOptions { ConnectionString = connectionString })
    {
    }

    /// <summary>A keyspace with a connection of its own, which is made at the first command and disposed with the keyspace.</summary>
    /// <param name="options">Read once: later changes have no effect.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or there is no connection string; the text names all faults.</exception>
    public RedisKeyspace(RedisKeyspaceOptions options) : this(null, options, isGiven: false)
    {
    }

    /// <summary>A keyspace over a multiplexer that the app has, which stays the app's to dispose.</summary>
    /// <param name="multiplexer">Flushes are one step if it has <c>allowAdmin</c>; else they go key by key.</param>
    /// <param name="options">Null takes the defaults. Read once: later changes have no effect.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the text names all that are.</exception>
    public RedisKeyspace(IConnectionMultiplexer multiplexer, RedisKeyspaceOptions? options = null)
        : this(multiplexer ?? throw new ArgumentNullException(nameof(multiplexer)), options, isGiven: true)
    {
    }

    private RedisKeyspace(IConnectionMultiplexer? multiplexer, RedisKeyspaceOptions? options, bool isGiven)
    {
        if (!isGiven) ArgumentNullException.ThrowIfNull(options);
        options = options?.Copy() ?? new RedisKeyspaceOptions();
        RedisKeyspaceOptionsValidation.Check(options, needsConnectionString: !isGiven);
        link = new ServerLink(multiplexer, options);
        view = new RedisKeyspaceView(new ServerDoor(link, ((KvKey)options.KeyPrefix).ToArray()));
    }

    /// <inheritdoc/>
    public IKeys Keys => view.Keys;

    /// <inheritdoc/>
    public IPubSub PubSub => view.PubSub;

    /// <inheritdoc/>
    public IKvStrings Strings => view.Strings;

    /// <inheritdoc/>
    public IBitmaps Bitmaps => view.Bitmaps;

    /// <inheritdoc/>
    public IHyperLogLogs HyperLogLogs => view.HyperLogLogs;

    /// <inheritdoc/>
    public IKvLists Lists => view.Lists;

    /// <inheritdoc/>
    public IKvSets Sets => view.Sets;

    /// <inheritdoc/>
    public ISortedSets SortedSets => view.SortedSets;

    /// <inheritdoc/>
    public IStreams Streams => view.Streams;

    /// <inheritdoc/>
    public IKvString String(KvKey key) => view.String(key);

    /// <inheritdoc/>
    public ICounter Counter(KvKey key) => view.Counter(key);

    /// <inheritdoc/>
    public IBitmap Bitmap(KvKey key) => view.Bitmap(key);

    /// <inheritdoc/>
    public IHyperLogLog HyperLogLog(KvKey key) => view.HyperLogLog(key);

    /// <inheritdoc/>
    public IHash Hash(KvKey key) => view.Hash(key);

    /// <inheritdoc/>
    public IKvList List(KvKey key) => view.List(key);

    /// <inheritdoc/>
    public IKvSet Set(KvKey key) => view.Set(key);

    /// <inheritdoc/>
    public ISortedSet SortedSet(KvKey key) => view.SortedSet(key);

    /// <inheritdoc/>
    public IGeoIndex GeoIndex(KvKey key) => view.GeoIndex(key);

    /// <inheritdoc/>
    public IStream Stream(KvKey key) => view.Stream(key);

    /// <inheritdoc/>
    public IBloomFilter BloomFilter(KvKey key) => view.BloomFilter(key);

    /// <inheritdoc/>
    public ICuckooFilter CuckooFilter(KvKey key) => view.CuckooFilter(key);

    /// <inheritdoc/>
    public ICountMinSketch CountMinSketch(KvKey key) => view.CountMinSketch(key);

    /// <inheritdoc/>
    public ITopK TopK(KvKey key) => view.TopK(key);

    /// <inheritdoc/>
    public ITDigest TDigest(KvKey key) => view.TDigest(key);

    /// <inheritdoc/>
    public IKeyspace WithPrefix(KvKey prefix) => view.WithPrefix(prefix);

    /// <inheritdoc/>
    public ValueTask<Subscription<KeyEvent>> SubscribeToEventsAsync(
        KeyEventFilter? filter = null, int? capacity = null, FullMode fullMode = FullMode.DropOldest,
        CancellationToken cancellationToken = default) =>
        view.SubscribeToEventsAsync(filter, capacity, fullMode, cancellationToken);

    /// <summary>
    /// Ends the keyspace: callers that wait end with <see cref="ObjectDisposedException"/>, and so does every later call. A
    /// connection of its own is closed; a multiplexer that was given is left alone.
    /// </summary>
    public ValueTask DisposeAsync() => link.DisposeAsync();

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => link.Dispose();
}
