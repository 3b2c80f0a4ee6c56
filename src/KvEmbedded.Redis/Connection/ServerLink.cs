using System.Diagnostics.CodeAnalysis;
using KvEmbedded.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

/// <summary>
/// What all doors of one <see cref="RedisKeyspace"/> share: the multiplexer, which is its own or was given, the database, the
/// clock of those who wait, and whether the keyspace has been disposed.
/// </summary>
/// <remarks>An own multiplexer connects when it is first needed, and again whenever the connection is lost; nobody waits for it to be made.</remarks>
internal sealed class ServerLink : IAsyncDisposable, IDisposable
{
    private readonly Func<Task<IConnectionMultiplexer>> connect;
    private readonly ILogger logger;
    private readonly CancellationTokenSource closing = new();
    private readonly int database;

    // The attempt to make an own multiplexer, which all who come meanwhile share; another follows one that has failed.
    private Lazy<Task<IConnectionMultiplexer>>? own;
    private IConnectionMultiplexer? multiplexer;
    private IDatabase? connected;

    /// <param name="given">A multiplexer that somebody else disposes; null makes one from the options.</param>
    /// <param name="options">Checked.</param>
    /// <param name="connect">Makes an own multiplexer; null takes the client library.</param>
    public ServerLink(IConnectionMultiplexer? given, RedisKeyspaceOptions options, Func<Task<IConnectionMultiplexer>>? connect = null)
    {
        Options = options;
        this.connect = connect ?? (() => ConnectAsync(options.ConnectionString!));
        logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger(typeof(RedisKeyspace).FullName!);
        database = options.Database ?? -1;
        if (given is not null) (multiplexer, connected) = (given, given.GetDatabase(database));
        else own = new(this.connect);
    }

    public RedisKeyspaceOptions Options { get; }

    public TimeProvider TimeProvider => Options.TimeProvider;

    /// <summary>Cancelled when the keyspace is disposed.</summary>
    public CancellationToken Closing => closing.Token;

    public bool IsClosed => closing.IsCancellationRequested;

    /// <summary>The database, at once if it has been used before; a multiplexer that is yet to be made is waited for.</summary>
    /// <exception cref="ObjectDisposedException">The keyspace has been disposed.</exception>
    /// <exception cref="ServerUnavailableException">There could be made none; the next call tries again.</exception>
    public ValueTask<IDatabase> DatabaseAsync(CancellationToken cancellationToken)
    {
        if (IsClosed) throw Disposed();
        return connected is { } ready ? new(ready) : new(FirstAsync(cancellationToken));
    }

    /// <summary>The server that answers for all keys; null if there are several (a cluster) or none is known.</summary>
    public bool TryGetServer([NotNullWhen(true)] out IServer? server)
    {
        var all = multiplexer?.GetServers().Where(static one => !one.IsReplica).ToArray() ?? [];
        server = all.Length == 1 && all[0].ServerType != ServerType.Cluster ? all[0] : null;
        return server is not null;
    }

    /// <summary>What a connected server says it is: <c>Redis 7.0.15</c>.</summary>
    public string? Version => multiplexer?.GetServers().FirstOrDefault(static one => one.IsConnected) is { } server
        ? $"{server.GetProductVariant(out var version)} {version}"
        : null;

    /// <summary>Garnet empties a database in the background only after it has said that it is empty.</summary>
    public bool IsGarnet => multiplexer?.GetServers().Any(static one => one.GetProductVariant(out _) == ProductVariant.Garnet) == true;

    public bool IsCluster => multiplexer?.GetServers().Any(static one => one.ServerType == ServerType.Cluster) == true;

    public static ObjectDisposedException Disposed() =>
        new(nameof(RedisKeyspace), "The keyspace has been disposed. Make commands before, and keep it as long as it is used.");

    /// <summary>A subscriber's handler has thrown.</summary>
    public void HandlerHasFailed(Exception exception) =>
        LoopMonitor.Quietly(() => KeyspaceLog.HandlerFailed(logger, Name, exception));

    /// <summary>A subscriber has begun to lose events or messages.</summary>
    public void SubscriberIsBehind(int capacity) =>
        LoopMonitor.Quietly(() => KeyspaceLog.EventsDropped(logger, Name, capacity));

    public async ValueTask DisposeAsync()
    {
        if (IsClosed) return;
        await closing.CancelAsync().ConfigureAwait(false);
        if (own is { IsValueCreated: true } attempt) await CloseAsync(attempt.Value).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (IsClosed) return;
        closing.Cancel();
        if (own is not { IsValueCreated: true } attempt) return;
        if (multiplexer is { } made) made.Dispose();
        else _ = CloseAsync(attempt.Value);
    }

    /// <summary>Closes a connection as soon as it is made; nobody may be waiting for it any more.</summary>
    private static async Task CloseAsync(Task<IConnectionMultiplexer> connecting)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully) await (await connecting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<IConnectionMultiplexer> ConnectAsync(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);

        // A server that is down when the first command comes is one that is awaited, like one that goes down later.
        options.AbortOnConnectFail = false;

        // For FLUSHDB and INFO, which the interfaces stand for; nobody else gets at this multiplexer.
        options.AllowAdmin = true;
        return await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
    }

    private async Task<IDatabase> FirstAsync(CancellationToken cancellationToken)
    {
        var attempt = own!;
        try
        {
            multiplexer = await attempt.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (attempt.Value.IsFaulted || attempt.Value.IsCanceled)
        {
            Interlocked.CompareExchange(ref own, new(connect), attempt);
            throw new ServerUnavailableException("CONNECT", null, $"The connection could not be made: {exception.Message.TrimEnd('.')}.", exception);
        }

        if (IsClosed) await multiplexer.DisposeAsync().ConfigureAwait(false);
        return IsClosed ? throw Disposed() : connected = multiplexer.GetDatabase(database);
    }

    /// <summary>What the log calls the keyspace.</summary>
    private string Name => Options.KeyPrefix.Length == 0 ? nameof(RedisKeyspace) : $"{nameof(RedisKeyspace)} '{Options.KeyPrefix}'";
}
