using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

/// <summary>
/// What all doors of one <see cref="RedisKeyspace"/> share: the multiplexer, which is its own or was given, the database, the
/// clock of those who wait, and whether the keyspace has been disposed.
/// </summary>
/// <remarks>An own multiplexer connects when it is first needed, and again whenever the connection is lost; nobody waits for it to be made.</remarks>
internal sealed class ServerLink : IAsyncDisposable, IDisposable
{
    private readonly Lazy<Task<IConnectionMultiplexer>>? own;
    private readonly CancellationTokenSource closing = new();
    private readonly int database;
    private IConnectionMultiplexer? multiplexer;
    private IDatabase? connected;

    /// <param name="given">A multiplexer that somebody else disposes; null makes one from the options.</param>
    /// <param name="options">Checked.</param>
    public ServerLink(IConnectionMultiplexer? given, RedisKeyspaceOptions options)
    {
        Options = options;
        database = options.Database ?? -1;
        if (given is not null) (multiplexer, connected) = (given, given.GetDatabase(database));
        else own = new(() => ConnectAsync(options.ConnectionString!));
    }

    public RedisKeyspaceOptions Options { get; }

    public TimeProvider TimeProvider => Options.TimeProvider;

    /// <summary>Cancelled when the keyspace is disposed.</summary>
    public CancellationToken Closing => closing.Token;

    public bool IsClosed => closing.IsCancellationRequested;

    /// <summary>The database, at once if it has been used before; a multiplexer that is yet to be made is waited for.</summary>
    /// <exception cref="ObjectDisposedException">The keyspace has been disposed.</exception>
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

    public async ValueTask DisposeAsync()
    {
        if (IsClosed) return;
        await closing.CancelAsync().ConfigureAwait(false);
        if (own is { IsValueCreated: true }) await (await own.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (IsClosed) return;
        closing.Cancel();
        if (own is not null) multiplexer?.Dispose();
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
        multiplexer = await own!.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (IsClosed) await multiplexer.DisposeAsync().ConfigureAwait(false);
        return IsClosed ? throw Disposed() : connected = multiplexer.GetDatabase(database);
    }
}
