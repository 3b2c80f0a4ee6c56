using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Tests.Redis;

/// <summary>A keyspace's own connection: that it is closed whenever it comes, and made anew when it could not be made.</summary>
public sealed class ServerLinkTests
{
    private readonly TaskCompletionSource<IConnectionMultiplexer> connecting = new();
    private readonly TaskCompletionSource closed = new();
    private readonly IConnectionMultiplexer connection;

    public ServerLinkTests() => connection = ScriptedServer.Proxy<IConnectionMultiplexer>(call =>
    {
        if (call.Method.Name == nameof(IConnectionMultiplexer.GetDatabase)) return ScriptedServer.Proxy<IDatabase>(static _ => null);
        closed.TrySetResult();
        return call.Method.ReturnType == typeof(ValueTask) ? ValueTask.CompletedTask : null;
    });

    private static ServerLink Link(Func<Task<IConnectionMultiplexer>> connect) => new(null, new RedisKeyspaceOptions(), connect);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_comes_after_the_end_is_closed(bool isAsynchronous)
    {
        var link = Link(() => connecting.Task);
        using var cancellation = new CancellationTokenSource();
        var first = link.DatabaseAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var end = Task.CompletedTask;
        if (isAsynchronous) end = link.DisposeAsync().AsTask();
        else link.Dispose();
        connecting.SetResult(connection);
        await closed.Task;
        await end;
    }

    [Fact]
    public async Task A_connection_that_nobody_waits_for_any_more_is_closed()
    {
        var link = Link(() => connecting.Task);
        using var cancellation = new CancellationTokenSource();
        var first = link.DatabaseAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        connecting.SetResult(connection);

        link.Dispose();
        await closed.Task;
    }

    [Fact]
    public async Task A_connection_that_could_not_be_made_is_tried_again()
    {
        var attempts = 0;
        await using var link = Link(() => ++attempts == 1 ? Task.FromException<IConnectionMultiplexer>(new ArgumentException("No way.")) : Task.FromResult(connection));

        var error = await Assert.ThrowsAsync<ServerUnavailableException>(async () => await link.DatabaseAsync(CancellationToken.None));
        Assert.Equal(
            "CONNECT was not run: The connection could not be made: No way. Nothing was changed; send it again when the server can be reached.",
            error.Message);
        await link.DatabaseAsync(CancellationToken.None);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task An_attempt_that_fails_after_the_end_is_of_no_concern()
    {
        var link = Link(() => connecting.Task);
        var first = link.DatabaseAsync(CancellationToken.None).AsTask();
        var end = link.DisposeAsync();
        connecting.SetException(new ArgumentException("No way."));

        await end;
        await Assert.ThrowsAsync<ServerUnavailableException>(() => first);
    }
}
