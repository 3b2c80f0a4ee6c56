using KvEmbedded.Tests.Differential;

namespace KvEmbedded.Tests.Redis;

/// <summary>What callers are told when the connection breaks, and that it comes back.</summary>
public sealed class LostConnectionTests : IDisposable
{
    private readonly RealRedis redis = new();

    public void Dispose() => redis.Dispose();

    private static RedisKeyspace Connect(string address, string more = "asyncTimeout=5000") => new($"{address},connectTimeout=500,{more}");

    private RedisKeyspace ConnectDirectly(string more = "asyncTimeout=5000") => Connect($"!{redis.SocketPath}", more);

    /// <summary>Asks again until it holds; an answer takes real time.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds()) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
    }

    [Fact]
    public async Task An_answer_that_is_lost_with_the_connection_leaves_the_outcome_unknown()
    {
        await using var wire = new HeldWire(redis.SocketPath);
        await using var keyspace = Connect(wire.ConnectionString);
        await using var direct = ConnectDirectly();
        await keyspace.Counter("a").SetAsync(0);

        wire.HoldAnswers();
        var call = keyspace.Counter("a").IncrementAsync().AsTask();
        await UntilAsync(async () => await direct.Counter("a").GetAsync() == 1);
        wire.Cut();

        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => call);
        Assert.Equal(("INCRBY", "a"), (error.Command, error.Key.ToString()));
        Assert.Equal(
            "INCRBY on key 'a' was sent, but the server has not answered: the connection broke. It may have run or not. " +
            "Read what it would have changed before sending it again.", error.Message);
        Assert.Equal(1, await direct.Counter("a").GetAsync());
        Assert.Equal(2, await keyspace.Counter("a").IncrementAsync());
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_leaves_the_outcome_unknown()
    {
        await using var wire = new HeldWire(redis.SocketPath);
        await using var keyspace = Connect(wire.ConnectionString, "asyncTimeout=300");
        await keyspace.Counter("a").SetAsync(0);

        wire.HoldAnswers();
        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(async () => await keyspace.Counter("a").IncrementAsync());
        Assert.Contains("the time for it is over", error.Message, StringComparison.Ordinal);
        wire.ReleaseAnswers();
        await UntilAsync(async () => await keyspace.Counter("a").GetAsync() == 1);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_after_it_was_sent_ends_with_its_result()
    {
        await using var wire = new HeldWire(redis.SocketPath);
        await using var keyspace = Connect(wire.ConnectionString);
        await using var direct = ConnectDirectly();
        await keyspace.Counter("a").SetAsync(0);
        using var cancellation = new CancellationTokenSource();

        wire.HoldAnswers();
        var call = keyspace.Counter("a").IncrementAsync(cancellationToken: cancellation.Token).AsTask();
        await UntilAsync(async () => await direct.Counter("a").GetAsync() == 1);
        await cancellation.CancelAsync();
        Assert.False(call.IsCompleted);
        wire.ReleaseAnswers();

        Assert.Equal(1, await call);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_was_sent_is_not_run()
    {
        await using var keyspace = ConnectDirectly();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await keyspace.Counter("a").IncrementAsync(cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await keyspace.Keys.GetLifetimeAsync("a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await keyspace.SortedSet("a").PopAsync(cancellationToken: cancelled));
        Assert.Null(await keyspace.Counter("a").GetAsync());
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_the_connection_is_made_is_not_run()
    {
        await using var wire = new HeldWire(redis.SocketPath);
        wire.HoldAnswers();
        await using var keyspace = Connect(wire.ConnectionString);
        using var cancellation = new CancellationTokenSource();
        var call = keyspace.Counter("a").IncrementAsync(cancellationToken: cancellation.Token).AsTask();
        Assert.False(call.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        wire.ReleaseAnswers();
        Assert.Null(await keyspace.Counter("a").GetAsync());
    }

    [Fact]
    public async Task Calls_that_are_outstanding_end_with_the_keyspace()
    {
        await using var wire = new HeldWire(redis.SocketPath);
        var keyspace = Connect(wire.ConnectionString);
        await keyspace.Counter("a").SetAsync(0);
        wire.HoldAnswers();
        var calls = Enumerable.Range(0, 100).Select(_ => keyspace.Counter("a").IncrementAsync().AsTask()).ToArray();

        var start = TimeProvider.System.GetTimestamp();
        await keyspace.DisposeAsync();
        foreach (var call in calls) await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task While_the_server_is_away_calls_fail_clearly_and_when_it_is_back_they_work()
    {
        await using var keyspace = ConnectDirectly("asyncTimeout=500");
        await keyspace.Counter("a").IncrementAsync();
        var pop = keyspace.SortedSet("board").PopAsync(waitingTime: Timeout.InfiniteTimeSpan).AsTask();

        redis.Kill();
        var error = await Assert.ThrowsAsync<ServerUnavailableException>(async () =>
        {
            // The first may still be sent into the connection that is just breaking.
            while (true)
            {
                try
                {
                    await keyspace.Counter("a").IncrementAsync();
                }
                catch (OutcomeUnknownException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
                }
            }
        });
        Assert.Equal(("INCRBY", "a"), (error.Command, error.Key.ToString()));
        Assert.StartsWith("INCRBY on key 'a' was not run: There ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed; send it again when the server can be reached.", error.Message, StringComparison.Ordinal);
        Assert.True(await Record.ExceptionAsync(() => pop) is ServerUnavailableException or OutcomeUnknownException);

        redis.Restart();
        await UntilAsync(async () => await Record.ExceptionAsync(async () => await keyspace.Keys.CountAsync()) is null);
        Assert.Equal(1, await keyspace.Counter("a").IncrementAsync());

        // The new server does not know the scripts.
        Assert.True(await keyspace.String("a").CompareAndSetAsync("1", "2"));
    }

    [Fact]
    public async Task A_server_that_comes_later_than_the_first_call_is_found()
    {
        var path = redis.SocketPath;
        redis.Kill();
        await using var keyspace = Connect($"!{path}", "asyncTimeout=300");
        await Assert.ThrowsAsync<ServerUnavailableException>(async () => await keyspace.Strings.GetAsync("a"));

        redis.Restart();
        await UntilAsync(async () => await Record.ExceptionAsync(async () => await keyspace.Strings.SetAsync("a", "x")) is null);
        Assert.Equal("x", (await keyspace.Strings.GetAsync("a")).ToString());
    }
}
