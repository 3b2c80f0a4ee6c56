using KvEmbedded.Redis.Connection;
using KvEmbedded.Tests.Differential;
using Reply = KvEmbedded.Redis.Connection.Reply;

namespace KvEmbedded.Tests.Redis;

/// <summary>The server's errors as the exceptions of the interfaces, with the key and the facts.</summary>
public sealed class ServerErrorTests(RealRedis redis) : IClassFixture<RealRedis>, IAsyncDisposable
{
    private readonly RedisKeyspace keyspace = new(
        new RedisKeyspaceOptions { ConnectionString = $"!{redis.SocketPath}", KeyPrefix = $"{Guid.NewGuid():N}:" });

    public ValueTask DisposeAsync() => keyspace.DisposeAsync();

    private string this[string key] => keyspace.String(key).Key.ToString();

    private void Configure(string name, string value)
    {
        redis.Connect().Add("CONFIG", "SET", name, value);
        Assert.Equal('+', redis.Connect().Send()[0].Kind);
    }

    private async Task<TResult> RunAsync<TResult>(Command command, Func<StackExchange.Redis.RedisResult, TResult> read)
    {
        await using var link = new ServerLink(null, new RedisKeyspaceOptions { ConnectionString = $"!{redis.SocketPath}" });
        return await new ServerDoor(link, []).RunAsync(command, read, CancellationToken.None);
    }

    [Fact]
    public async Task A_key_of_another_type_is_told_with_both_types()
    {
        await keyspace.Strings.SetAsync("b", "x");

        var error = await Assert.ThrowsAsync<WrongTypeException>(
            async () => await keyspace.SortedSets.StoreUnionAsync("to", ["a", "b"]));
        Assert.Equal((this["b"], KeyType.String, KeyType.SortedSet), (error.Key.ToString(), error.Actual, error.Expected));
        Assert.Equal($"Key '{this["b"]}' holds a String, but this operation needs a SortedSet. Use another key, or delete this one first.", error.Message);
    }

    [Fact]
    public async Task A_destination_that_is_overwritten_is_not_to_blame()
    {
        await keyspace.Strings.SetAsync("to", "x");
        await keyspace.Hash("other").SetAsync("f", "x");
        await keyspace.Set("set").AddAsync("x");
        Func<ValueTask>[] stores =
        [
            async () => await keyspace.SortedSet("other").StoreRangeAsync("to", ScoreRange.All),
            async () => await keyspace.SortedSets.StoreUnionAsync("to", ["set", "other"]),
            async () => await keyspace.SortedSets.GetUnionAsync(["set", "other"]),
            async () => await keyspace.Sets.StoreIntersectionAsync("to", ["set", "other"]),
            async () => await keyspace.GeoIndex("other").StoreSearchAsync("to", new GeoPoint(1, 1), GeoArea.Circle(1, GeoUnit.Kilometers)),
        ];
        foreach (var store in stores)
        {
            var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await store());
            Assert.Equal((this["other"], KeyType.Hash), (error.Key.ToString(), error.Actual));
        }

        await keyspace.Set("to").DeleteAsync();
        await keyspace.Set("to").AddAsync("x");
        var bits = await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.Bitmaps.CombineAsync(BitOperation.Or, "to", ["other"]));
        Assert.Equal((this["other"], KeyType.Hash), (bits.Key.ToString(), bits.Actual));
    }

    [Fact]
    public async Task Of_several_streams_the_one_without_the_group_is_told()
    {
        foreach (var key in new[] { "one", "two" }) await keyspace.Stream(key).AddAsync("n", 1);
        await keyspace.Stream("one").Group("g").CreateAsync(StreamPosition.Beginning);

        var error = await Assert.ThrowsAsync<NoSuchGroupException>(async () => await keyspace.Streams.ReadGroupAsync(["one", "two"], "g", "c"));
        Assert.Equal((this["two"], "g"), (error.Key.ToString(), error.Group.ToString()));
    }

    [Fact]
    public async Task A_time_to_live_without_end_is_told_as_the_longest()
    {
        await keyspace.Strings.SetAsync("a", "x", TimeSpan.MaxValue);

        Assert.Equal(DateTimeOffset.MaxValue, (await keyspace.Keys.GetLifetimeAsync("a")).ExpiresAt);
    }

    [Fact]
    public async Task An_overflow_is_told()
    {
        await keyspace.Counter("a").SetAsync(long.MaxValue);

        var error = await Assert.ThrowsAsync<NumberOverflowException>(async () => await keyspace.Counter("a").IncrementAsync());
        Assert.Equal(
            $"Adding at key '{this["a"]}' would give too large or too small a number, which is outside the 64-bit integers. " +
            "Nothing was changed; add less, or reset the number first.", error.Message);
    }

    [Fact]
    public async Task A_server_without_memory_is_told_with_its_figures()
    {
        Configure("maxmemory", "1mb");
        try
        {
            var error = await Assert.ThrowsAsync<MemoryLimitException>(async () => await keyspace.Strings.SetAsync("a", "x"));
            Assert.Equal((this["a"], 1 << 20), (error.Key.ToString(), error.LimitBytes));
            Assert.True(error.UsedBytes > 1 << 19);
            Assert.StartsWith($"The server has used up the memory it may have ({error.UsedBytes} of 1048576 bytes)", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<MemoryLimitException>(async () => await keyspace.Counter("a").IncrementAsync(1, TimeSpan.FromHours(1)));
        }
        finally
        {
            Configure("maxmemory", "0");
        }
    }

    [Fact]
    public async Task A_value_that_is_too_long_for_the_server_is_told()
    {
        Configure("proto-max-bulk-len", "1mb");
        var error = await Assert.ThrowsAsync<ValueTooLongException>(async () => await keyspace.String("a").SetRangeAsync(2 << 20, "x"));
        Configure("proto-max-bulk-len", "512mb");

        Assert.Equal($"The value of key '{this["a"]}' would be longer than the server allows. Store less, or let the server allow more.", error.Message);
    }

    [Fact]
    public async Task A_value_that_is_too_long_is_not_even_sent()
    {
        await using var small = new RedisKeyspace(new RedisKeyspaceOptions { ConnectionString = $"!{redis.SocketPath}", ValueLengthMax = 4 });
        await small.Strings.SetAsync("a", "1234");

        var error = await Assert.ThrowsAsync<ValueTooLongException>(async () => await small.Strings.SetAsync("a", "12345"));
        Assert.Equal(("a", 5, 4), (error.Key.ToString(), error.Length, error.LengthMax));
        Assert.Equal("The value for key 'a' is 5 bytes long, but at most 4 may be sent. Store less, or raise the option ValueLengthMax.", error.Message);
        await Assert.ThrowsAsync<ValueTooLongException>(async () => await small.SortedSet("b").AddAsync([new("x", 1), new("12345", 2)]));
        Assert.Equal("1234", (await small.Strings.GetAsync("a")).ToString());
    }

    [Fact]
    public async Task Strings_too_long_to_compare_are_told_with_their_lengths()
    {
        await keyspace.String("a").SetRangeAsync(20_000, "x");
        await keyspace.String("b").SetRangeAsync(10_000, "y");

        var error = await Assert.ThrowsAsync<ComparisonTooLargeException>(async () => await keyspace.String("a").GetCommonSubsequenceAsync("b"));
        Assert.Equal((this["a"], 20_001, this["b"], 10_001), (error.Key.ToString(), error.Length, error.OtherKey.ToString(), error.OtherLength));
    }

    [Fact]
    public async Task A_command_that_the_server_does_not_have_is_told_with_its_version()
    {
        var error = await Assert.ThrowsAsync<CommandNotSupportedException>(() => RunAsync(new Command("NOSUCHCOMMAND"), Reply.Flag));

        Assert.Equal("NOSUCHCOMMAND", error.Command);
        Assert.StartsWith("Redis 7", error.ServerVersion, StringComparison.Ordinal);
        Assert.StartsWith($"The server ({error.ServerVersion}) does not have NOSUCHCOMMAND in the form that is needed; it answered: ERR unknown command", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Use a server that has it, or another member.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_commands_in_one_step_the_one_that_was_refused_tells_why()
    {
        await using var link = new ServerLink(null, new RedisKeyspaceOptions { ConnectionString = $"!{redis.SocketPath}" });
        var error = await Assert.ThrowsAsync<CommandNotSupportedException>(async () => await new ServerDoor(link, []).RunTogetherAsync(
            [new Command("PTTL") { (StackExchange.Redis.RedisKey)"a" }, new Command("NOSUCHCOMMAND"), new Command("TIME")],
            static answers => answers.Length, CancellationToken.None));

        Assert.Equal("NOSUCHCOMMAND", error.Command);
    }

    [Fact]
    public async Task Any_other_error_is_told_in_the_words_of_the_server()
    {
        var error = await Assert.ThrowsAsync<ServerRefusedException>(
            () => RunAsync(new Command("CONFIG") { "SET", "nonsense", "1" }, Reply.Flag));

        Assert.Equal("CONFIG", error.Command);
        Assert.StartsWith("CONFIG was refused by the server: ERR Unknown option", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("ERR Unknown option", error.Reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_the_server_has_lost_is_sent_again()
    {
        await keyspace.Strings.SetAsync("a", "x");
        Assert.True(await keyspace.String("a").CompareAndSetAsync("x", "y"));
        redis.Connect().Add("SCRIPT", "FLUSH");
        redis.Connect().Send();

        Assert.True(await keyspace.String("a").CompareAndSetAsync("y", "z"));
    }
}
