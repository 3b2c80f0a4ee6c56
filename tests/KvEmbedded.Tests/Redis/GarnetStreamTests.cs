using KvEmbedded.Tests.Conformance;

namespace KvEmbedded.Tests.Redis;

/// <summary>Why no contract suite of streams runs on Garnet.</summary>
public sealed class GarnetStreamTests : IAsyncLifetime
{
    private int database;
    private RedisKeyspace keyspace = null!;

    public async ValueTask InitializeAsync()
    {
        database = await SharedServers.Garnet.BorrowAsync();
        keyspace = new RedisKeyspace(await SharedServers.Garnet.MultiplexerAsync(), new RedisKeyspaceOptions { Database = database });
    }

    public async ValueTask DisposeAsync()
    {
        await keyspace.DisposeAsync();
        SharedServers.Garnet.Return(database);
    }

    [Fact]
    public async Task It_has_no_streams()
    {
        var stream = keyspace.Stream("a");
        Func<Task>[] calls =
        [
            async () => await stream.AddAsync("n", 1),
            async () => await stream.CountAsync(),
            async () => await stream.GetInfoAsync(),
            async () => await stream.Group("g").CreateAsync(StreamPosition.Beginning),
            async () => await stream.Group("g").ReadAsync("c"),
            async () => await keyspace.Streams.ReadGroupAsync(["a"], "g", "c"),
        ];
        foreach (var call in calls) await Assert.ThrowsAsync<CommandNotSupportedException>(call);
    }
}
