using KvEmbedded.Engine;

namespace KvEmbedded;

/// <summary>A keyspace inside this process.</summary>
/// <remarks>
/// Every mutation passes one loop, so each command is atomic and all of them have one order. Safe for concurrent use.
/// Dispose it to end all waits; calls that are outstanding then end with their result or
/// <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class Keyspace : IKeyspace, IAsyncDisposable, IDisposable
{
    private readonly EmbeddedStore store;
    private readonly KeyspaceView view;

    /// <summary>Makes an empty keyspace.</summary>
    /// <param name="options">Null takes the defaults. Read once: later changes have no effect.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the text names all that are.</exception>
    public Keyspace(KeyspaceOptions? options = null)
    {
        options = options?.Copy() ?? new KeyspaceOptions();
        KeyspaceOptionsValidation.Check(options);
        store = new EmbeddedStore(options);
        view = new LoopView(new Door(store.Dispatcher, store, [], transaction: null, isSynchronous: false));
        Diagnostics = new KeyspaceDiagnostics(store);
        Synchronous = new LoopView(view.Door.Synchronously());
    }

    /// <summary>
    /// This keyspace for callers that cannot await: when a call returns, its task has completed. The calling thread waits
    /// where the loop is busy, and needs no pool thread for that.
    /// </summary>
    public IKeyspace Synchronous { get; }

    /// <summary>Figures, slow commands and stalls of this keyspace.</summary>
    public KeyspaceDiagnostics Diagnostics { get; }

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

    internal EmbeddedStore Store => store;

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

    /// <summary>Runs <paramref name="body"/> as one atomic step: nobody else sees or does anything in between.</summary>
    /// <param name="body">
    /// Runs in the caller's execution context, at once if the loop is idle. It may await commands of the transaction it is
    /// given, which run at once, and nothing else. Keep it short: it holds the loop.
    /// </param>
    /// <param name="cancellationToken">Observed until the body starts; a body that has started runs to its end.</param>
    /// <returns>What the body returned.</returns>
    /// <exception cref="TransactionException">
    /// The body awaited something else, or used a handle of the keyspace itself. Nothing has changed.
    /// </exception>
    /// <remarks>
    /// If the body throws, nothing has changed and the exception comes out here. Not portable: only the embedded keyspace
    /// has it. Redis: <c>MULTI … EXEC</c> and scripts, which do not take back what a failing one did.
    /// </remarks>
    public ValueTask<TResult> TransactAsync<TResult>(
        Func<ITransaction, ValueTask<TResult>> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        return view.Door.TransactAsync(door => body(new Transaction(door)), cancellationToken);
    }

    /// <inheritdoc cref="TransactAsync{TResult}"/>
    public async ValueTask TransactAsync(Func<ITransaction, ValueTask> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        await view.Door.TransactAsync<bool>(
            async door =>
            {
                await body(new Transaction(door)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="TransactAsync{TResult}"/>, synchronously: the body runs on the calling thread.</summary>
    /// <param name="body">May take the results of the transaction's commands at once: they have all completed.</param>
    /// <param name="cancellationToken">Observed until the body starts.</param>
    public TResult Transact<TResult>(Func<ITransaction, TResult> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        return view.Door.Transact(door => new ValueTask<TResult>(body(new Transaction(door))), cancellationToken);
    }

    /// <inheritdoc cref="Transact{TResult}"/>
    public void Transact(Action<ITransaction> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        view.Door.Transact(
            door =>
            {
                body(new Transaction(door));
                return new ValueTask<bool>(true);
            },
            cancellationToken);
    }

    /// <summary>As <see cref="SubscribeToEventsAsync"/>, synchronously: nothing has to be waited for.</summary>
    /// <param name="filter">Which events are wanted; null for all.</param>
    /// <param name="capacity">Events buffered while nobody reads.</param>
    /// <param name="fullMode">Which event is lost when the buffer is full.</param>
    public Subscription<KeyEvent> SubscribeToEvents(
        KeyEventFilter? filter = null, int? capacity = null, FullMode fullMode = FullMode.DropOldest) =>
        view.SubscribeToEvents(filter, capacity, fullMode);

    /// <inheritdoc/>
    public ValueTask<Subscription<KeyEvent>> SubscribeToEventsAsync(
        KeyEventFilter? filter = null, int? capacity = null, FullMode fullMode = FullMode.DropOldest,
        CancellationToken cancellationToken = default) =>
        view.SubscribeToEventsAsync(filter, capacity, fullMode, cancellationToken);

    /// <summary>Ends the keyspace: commands that wait for the loop still run, everything else ends with an error.</summary>
    public async ValueTask DisposeAsync()
    {
        if (await store.Dispatcher.CloseAsync(Disposed).ConfigureAwait(false)) store.NoteClosed();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        if (store.Dispatcher.Close(Disposed)) store.NoteClosed();
    }

    private static ObjectDisposedException Disposed() =>
        new(nameof(Keyspace), "The keyspace has been disposed. Make commands before, and keep it as long as it is used.");
}
