using KvEmbedded.Tests.Differential;

namespace KvEmbedded.Tests.Redis;

/// <summary>
/// Members that are several commands in one step, on a server that refuses some commands: in MULTI it refuses all of them,
/// reads included.
/// </summary>
public sealed class RefusedTogetherTests : IAsyncLifetime
{
    private readonly RealRedis redis = new();
    private RedisKeyspace keyspace = null!;

    public async ValueTask InitializeAsync()
    {
        keyspace = new RedisKeyspace($"!{redis.SocketPath}");
        await keyspace.Strings.SetAsync("string", "abcdef");
        await keyspace.List("list").PushAsync(["a", "b", "c", "d"]);
        await keyspace.SortedSet("board").AddAsync("ann", 2.5);
        await keyspace.Stream("log").AddAsync([new("n", 1)], new StreamAddOptions { Id = NewStreamId.Exactly(new StreamId(1, 1)) });
    }

    public async ValueTask DisposeAsync()
    {
        await keyspace.DisposeAsync();
        redis.Dispose();
    }

    private void Send(params ReadOnlySpan<KvValue> words)
    {
        redis.Connect().Add(words);
        Assert.NotEqual('-', redis.Connect().Send()[0].Kind);
    }

    [Fact]
    public async Task Where_memory_is_used_up_reads_and_removals_work()
    {
        Send("CONFIG", "SET", "maxmemory", "1");

        Assert.Equal(KeyLifetime.Endless, await keyspace.Keys.GetLifetimeAsync("string"));
        Assert.True(await keyspace.Keys.GetMemoryUsageAsync("string") > 6);
        Assert.Null(await keyspace.Keys.GetMemoryUsageAsync("missing"));
        Assert.Equal((KeyType.List, KeyLifetime.Endless), await keyspace.Keys.GetInfoAsync("list") is { } info ? (info.Type, info.Lifetime) : default);
        Assert.Null(await keyspace.Keys.GetInfoAsync("missing"));
        Assert.Equal("bcd", (await keyspace.String("string").GetRangeAsync(1..^2)).ToString());
        Assert.Equal(10, await keyspace.Bitmap("string").CountAsync(BitRange.OfBytes(..^3)));
        Assert.Equal(1, await keyspace.Bitmap("string").FindAsync(true, BitRange.OfBytes(..^1)));
        Assert.Equal(new SortedSetRank(0, 2.5), await keyspace.SortedSet("board").GetRankAndScoreAsync("ann"));
        Assert.Null(await keyspace.SortedSet("board").GetRankAndScoreAsync("bob"));
        Assert.Equal(2, await keyspace.List("list").TrimAsync(1..3));
        Assert.Equal(
            [StreamRemoval.Removed, StreamRemoval.NotFound],
            await keyspace.Stream("log").RemoveAsync([new StreamId(1, 1), new StreamId(2, 2)], StreamReferences.Keep));
    }

    [Fact]
    public async Task Errors_are_those_of_each_command()
    {
        Send("CONFIG", "SET", "maxmemory", "1");

        await Assert.ThrowsAsync<MemoryLimitException>(async () => await keyspace.List("list").PushAndTrimAsync("e", 3));
        Assert.Equal(4, await keyspace.List("list").CountAsync());
        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.List("string").TrimAsync(1..));
        Assert.Equal(("string", KeyType.String, KeyType.List), (error.Key.ToString(), error.Actual, error.Expected));
    }

    [Fact]
    public async Task Many_elements_are_pushed_and_trimmed_in_one_step()
    {
        KvValue[] elements = [.. Enumerable.Range(0, 20_000).Select(static i => (KvValue)i)];
        Assert.Equal(15_000, await keyspace.List("many").PushAndTrimAsync(elements, 15_000, ListEnd.Tail));
        Assert.Equal(["5000", "19999"], [(await keyspace.List("many").GetAsync(0)).ToString(), (await keyspace.List("many").GetAsync(^1)).ToString()]);

        Send("CONFIG", "SET", "maxmemory", "1");
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await keyspace.List("many").PushAndTrimAsync(elements, 15_000, ListEnd.Head));
        Assert.Equal(15_000, await keyspace.List("many").CountAsync());
    }

    [Fact]
    public async Task Without_enough_replicas_reads_work_and_writes_wait_for_them()
    {
        Send("CONFIG", "SET", "min-replicas-to-write", "1");

        Assert.Equal(KeyLifetime.Endless, await keyspace.Keys.GetLifetimeAsync("string"));
        var error = await Assert.ThrowsAsync<ServerUnavailableException>(async () => await keyspace.List("list").TrimAsync(1..));
        Assert.StartsWith("LTRIM on key 'list' was not run: The server answered: NOREPLICAS ", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ServerUnavailableException>(async () => await keyspace.Strings.SetAsync("string", "x"));
    }

    [Fact]
    public async Task What_the_user_may_not_do_is_told_with_the_command()
    {
        Send("ACL", "SETUSER", "default", "-ltrim");

        Assert.Equal(2.5, (await keyspace.SortedSet("board").GetRankAndScoreAsync("ann"))?.Score);
        var error = await Assert.ThrowsAsync<ServerRefusedException>(async () => await keyspace.List("list").TrimAsync(1..));
        Assert.Equal("LTRIM", error.Command);
        Assert.Equal(4, await keyspace.List("list").CountAsync());
    }
}
