using System.Collections.Concurrent;
using Garnet;
using KvEmbedded.Tests.Conformance;
using KvEmbedded.Tests.Differential;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace KvEmbedded.Tests.Conformance;

/// <summary>
/// The servers that all contract suites share, each started by the first test that needs it and ended with the last. Each test
/// has a database of its own, so that suites can run beside each other.
/// </summary>
public sealed class SharedServers : IAsyncDisposable
{
    private static readonly Lazy<RealRedis> RedisProcess = new(() => new RealRedis());
    private static readonly Lazy<InProcessGarnet> GarnetProcess = new(() => new InProcessGarnet());

    internal static Databases Redis { get; } = new(() => RedisProcess.Value.SocketPath);

    internal static Databases Garnet { get; } = new(() => GarnetProcess.Value.SocketPath);

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        await Garnet.DisposeAsync();
        if (RedisProcess.IsValueCreated) RedisProcess.Value.Dispose();
        if (GarnetProcess.IsValueCreated) GarnetProcess.Value.Dispose();
    }
}

/// <summary>The databases of one server, lent to one test each.</summary>
internal sealed class Databases(Func<string> socketPath) : IAsyncDisposable
{
    /// <summary>More than tests that can run beside each other.</summary>
    public const int Count = 64;

    private readonly ConcurrentQueue<int> free = new(Enumerable.Range(0, Count));
    private readonly Lazy<Task<ConnectionMultiplexer>> multiplexer = new(() => ConnectAsync(socketPath()));

    public static async Task<ConnectionMultiplexer> ConnectAsync(string socketPath)
    {
        var options = new ConfigurationOptions { AllowAdmin = true };
        options.EndPoints.Add(new System.Net.Sockets.UnixDomainSocketEndPoint(socketPath));
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    public Task<ConnectionMultiplexer> MultiplexerAsync() => multiplexer.Value;

    /// <summary>An empty database that nobody else uses until it is given back.</summary>
    public async Task<int> BorrowAsync()
    {
        if (!free.TryDequeue(out var database)) throw new InvalidOperationException($"All {Count} databases are lent.");
        await (await multiplexer.Value).GetDatabase(database).ExecuteAsync("FLUSHDB");
        return database;
    }

    public void Return(int database) => free.Enqueue(database);

    public async ValueTask DisposeAsync()
    {
        if (multiplexer.IsValueCreated) await (await multiplexer.Value).DisposeAsync();
    }
}

/// <summary>Microsoft's Garnet in this process, on a unix socket: a real peer on any machine.</summary>
internal sealed class InProcessGarnet : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kv-garnet-").FullName;
    private readonly GarnetServer server;

    public InProcessGarnet()
    {
        SocketPath = Path.Combine(folder, "garnet.sock");
        server = new GarnetServer(
        [
            "--unixsocket", SocketPath, "--port", "0", "--lua", "--max-databases", $"{Databases.Count}", "--memory", "64m", "--page", "1m",
            "--segment", "16m", "--index", "4m", "-q", "--logger-level", "None",
        ]);
        server.Start();
    }

    public string SocketPath { get; }

    public void Dispose()
    {
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
