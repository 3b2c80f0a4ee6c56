using System.Threading.Channels;
using KvEmbedded.Tests.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Redis;

/// <summary>How callers wait on a server: they ask again, on a clock that the test moves.</summary>
public sealed class WaitingPollTests : IAsyncDisposable
{
    private readonly ObservedTime time = new();
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

    [Fact]
    public async Task A_wait_asks_less_and_less_often_and_ends_exactly_when_its_time_is_over()
    {
        await using var keyspace = await CreateAsync();
        var pop = keyspace.SortedSet("a").PopAsync(waitingTime: TimeSpan.FromSeconds(1)).AsTask();

        var waits = await PassAllAsync(pop);
        Assert.Equal([10, 20, 40, 80, 160, 250, 250, 190], waits);
        Assert.Null(await pop);
    }

    [Fact]
    public async Task A_wait_that_ends_between_two_milliseconds_pauses_until_the_next()
    {
        await using var keyspace = await CreateAsync();
        var pop = keyspace.SortedSet("a").PopAsync(waitingTime: TimeSpan.FromTicks(300_001)).AsTask();

        var waits = await PassAllAsync(pop);
        Assert.Equal([10, 20, 1], waits);
        Assert.Null(await pop);
    }

    [Fact]
    public async Task A_wait_finds_what_comes_at_its_next_look()
    {
        await using var keyspace = await CreateAsync();
        var pop = keyspace.SortedSet("a").PopAsync(waitingTime: Timeout.InfiniteTimeSpan).AsTask();
        for (var i = 0; i < 3; i++) time.Advance(await time.NextDelayAsync());
        var next = await time.NextDelayAsync();
        await keyspace.SortedSet("a").AddAsync("x", 1);
        Assert.False(pop.IsCompleted);
        time.Advance(next);

        Assert.Equal(new SortedSetEntry("x", 1), await pop);
    }

    [Fact]
    public async Task A_key_that_comes_to_hold_another_type_ends_a_wait_at_several()
    {
        await using var keyspace = await CreateAsync();
        var pop = keyspace.Lists.PopAsync(["a", "b"], waitingTime: TimeSpan.FromMinutes(1)).AsTask();
        var next = await time.NextDelayAsync();
        await keyspace.Strings.SetAsync("a", "text");
        await keyspace.List("b").PushAsync("x");
        time.Advance(next);

        await Assert.ThrowsAsync<WrongTypeException>(() => pop);
        Assert.Equal(1, await keyspace.List("b").CountAsync());
    }

    [Fact]
    public async Task Who_came_last_may_be_served_first()
    {
        await using var keyspace = await CreateAsync();
        var set = keyspace.SortedSet("a");
        var first = set.PopAsync(waitingTime: TimeSpan.FromMinutes(1)).AsTask();
        var next = await time.NextDelayAsync();
        await set.AddAsync("x", 1);

        Assert.Equal("x", (await set.PopAsync(waitingTime: TimeSpan.FromMinutes(1)))!.Value.Member.ToString());
        Assert.False(first.IsCompleted);
        await set.AddAsync("y", 2);
        time.Advance(next);
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

    /// <summary>Lets every delay pass until the task ends; in milliseconds.</summary>
    private async Task<double[]> PassAllAsync(Task task)
    {
        var passed = new List<double>();
        while (true)
        {
            var next = time.NextDelayAsync();
            if (await Task.WhenAny(task, next) == task) return [.. passed];
            passed.Add((await next).TotalMilliseconds);
            time.Advance(await next);
        }
    }

    /// <summary>A clock that tells which delays are begun, so that it is moved when one is and not before.</summary>
    private sealed class ObservedTime : FakeTimeProvider
    {
        private readonly Channel<TimeSpan> delays = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            delays.Writer.TryWrite(dueTime);
            return timer;
        }

        public Task<TimeSpan> NextDelayAsync() => delays.Reader.ReadAsync().AsTask();
    }
}
