using KvEmbedded.Redis.Connection;
using KvEmbedded.Tests.Conformance;
using KvEmbedded.Tests.Differential;
using StackExchange.Redis;

namespace KvEmbedded.Tests.Redis;

/// <summary>Differences of redis-server that no contract test shows: lines of <see cref="RedisDifferences"/> name these.</summary>
public sealed class ServerDifferenceTests(RealRedis redis) : IClassFixture<RealRedis>, IAsyncLifetime
{
    private ConnectionMultiplexer multiplexer = null!;
    private RedisKeyspace keyspace = null!;

    private IDatabase Server => multiplexer.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        multiplexer = await Databases.ConnectAsync(redis.SocketPath);
        await Server.ExecuteAsync("FLUSHDB");
        keyspace = new RedisKeyspace(multiplexer);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.ExecuteAsync("DEBUG", "SET-ACTIVE-EXPIRE", "1");
        await keyspace.DisposeAsync();
        await multiplexer.DisposeAsync();
    }

    [Fact]
    public async Task The_count_may_have_keys_that_have_expired()
    {
        await Server.ExecuteAsync("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        await keyspace.Strings.SetAsync("view:a", "x", TimeSpan.FromMilliseconds(1));
        await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);

        Assert.Equal(1, await keyspace.Keys.CountAsync());
        Assert.Equal(0, await keyspace.WithPrefix("view:").Keys.CountAsync());
        Assert.False(await keyspace.Keys.ExistsAsync("view:a"));
        Assert.Equal(0, await keyspace.Keys.CountAsync());
    }

    [Fact]
    public async Task A_scan_may_return_a_key_twice_while_keys_go()
    {
        for (var first = 0; first < 8_192; first += 1_024)
            await keyspace.Strings.SetAsync([.. Enumerable.Range(first, 1_024).Select(i => new KeyValuePair<KvKey, KvValue>(i, "x"))]);
        var start = await keyspace.Keys.ScanPageAsync(0, new KeyScan { PageSize = 10 });
        var gone = Enumerable.Range(0, 8_192).Select(i => (KvKey)i).Except(start.Keys).ToArray();
        await keyspace.Keys.DeleteAsync(gone);

        // The table becomes smaller in the background, so what was seen comes to stand before the cursor again.
        while (await Server.ExecuteAsync("DEBUG", "HTSTATS", "0") is var table
            && (!$"{table}".Contains(" table size: 16\n", StringComparison.Ordinal) || $"{table}".Contains("rehashing", StringComparison.Ordinal)))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        var rest = await keyspace.Keys.ScanPageAsync(start.NextCursor, new KeyScan { PageSize = 1_000 });

        Assert.NotEmpty(rest.Keys.Intersect(start.Keys));
    }

    [Fact]
    public async Task Any_cursor_is_one() =>
        Assert.Empty((await keyspace.Keys.ScanPageAsync(ulong.MaxValue)).Keys);

    [Fact]
    public async Task Times_are_whole_milliseconds()
    {
        var moment = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await keyspace.Strings.SetAsync("a", "x", moment.AddTicks(5_000));

        Assert.Equal(moment, (await keyspace.Keys.GetLifetimeAsync("a")).ExpiresAt);
    }

    [Fact]
    public async Task An_error_inside_of_a_list_is_an_answer_that_is_lost()
    {
        var list = new KvEmbedded.Redis.Connection.Script("list", "return { 1, redis.pcall('NOSUCHCOMMAND') }");
        await using var link = new ServerLink(multiplexer, new RedisKeyspaceOptions());
        await Assert.ThrowsAsync<OutcomeUnknownException>(
            async () => await new ServerDoor(link, []).RunAsync(new Command(list, KeyType.None), static answer => answer.Length, CancellationToken.None));

        Assert.Equal(0, await keyspace.Keys.CountAsync());
    }

    [Fact]
    public async Task A_set_is_a_sorted_set_whose_scores_are_1()
    {
        await Server.SetAddAsync("set", "x");

        Assert.Equal([new("x", 1)], await keyspace.SortedSets.GetUnionAsync(["set"]));
    }
}
