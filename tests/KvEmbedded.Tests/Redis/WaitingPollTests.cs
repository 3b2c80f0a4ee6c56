using KvEmbedded.Tests.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Redis;

/// <summary>How callers wait on a server: they ask again, on a clock that the test moves.</summary>
public sealed class WaitingPollTests : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private int database = -1;

    private async Task<RedisKeyspace> CreateAsync()
    {
        database = await SharedServers.Redis.BorrowAsync();
        return new RedisKeyspace(
            await SharedServers.Redis.MultiplexerAsync(), new RedisKeyspaceOptions { Database = database, TimeProvider = time });
    }

    public ValueTask DisposeAsync()
    {
        if (database >= 0) SharedServers.Redis.Return(database);
        return ValueTask.CompletedTask;
    }

    /// <summary>Moves the clock until the task ends; how far tells when it did.</summary>
    private async Task<TimeSpan> AdvanceUntilAsync(Task task)
    {
        var start = time.GetUtcNow();
        while (!task.IsCompleted)
        {
            // An answer of the server takes real time; only the waiting in between is virtual.
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
            if (!task.IsCompleted) time.Advance(Step);
        }

        return time.GetUtcNow() - start;
    }

    [Fact]
    public async Task A_wait_ends_exactly_when_its_time_is_over()
    {
        await using var keyspace = await CreateAsync();
        var pop = keyspace.SortedSet("a").PopAsync(waitingTime: TimeSpan.FromMilliseconds(300)).AsTask();

        Assert.Equal(TimeSpan.FromMilliseconds(300), await AdvanceUntilAsync(pop));
        Assert.Null(await pop);
    }

    [Fact]
    public async Task Who_came_last_may_be_served_first()
    {
        await using var keyspace = await CreateAsync();
        var set = keyspace.SortedSet("a");
        var first = set.PopAsync(waitingTime: TimeSpan.FromMinutes(1)).AsTask();
        await AdvanceUntilAsync(set.PopAsync(waitingTime: TimeSpan.FromSeconds(2)).AsTask());
        await set.AddAsync("x", 1);

        // The first looks every 250 ms by now; who asks anew finds what there is at once.
        Assert.NotNull(await set.PopAsync(waitingTime: TimeSpan.FromMinutes(1)));
        Assert.False(first.IsCompleted);
        await set.AddAsync("y", 2);
        await AdvanceUntilAsync(first);
        Assert.Equal("y", (await first)!.Value.Member.ToString());
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_has_taken_nothing()
    {
        await using var keyspace = await CreateAsync();
        var set = keyspace.SortedSet("a");
        using var cancellation = new CancellationTokenSource();
        var pop = set.PopAsync(waitingTime: Timeout.InfiniteTimeSpan, cancellationToken: cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pop);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        await set.AddAsync("x", 1);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await set.CountAsync());
    }

    [Fact]
    public async Task A_wait_ends_with_the_keyspace()
    {
        var keyspace = await CreateAsync();
        var pop = keyspace.SortedSet("a").PopAsync(waitingTime: Timeout.InfiniteTimeSpan).AsTask();
        await keyspace.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => pop);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await keyspace.SortedSet("a").PopAsync());
    }
}
