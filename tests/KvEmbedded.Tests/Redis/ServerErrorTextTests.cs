using StackExchange.Redis;
using static KvEmbedded.Tests.Redis.ScriptedServer;

namespace KvEmbedded.Tests.Redis;

/// <summary>Which exception a text of the server means: by its code, and never by what the caller has sent.</summary>
public sealed class ServerErrorTextTests
{
    private readonly ScriptedServer server = new();

    private Task<long> CountAsync(string error) =>
        server.SendsAsync("CMS.QUERY k x", static async k => (long)await k.CountMinSketch("k").CountAsync("x"), new Error(error));

    [Theory]
    [InlineData("ERR unknown command 'CMS.QUERY', with args beginning with: 'k' '404 not found' ")]
    [InlineData("ERR unknown command 'CMS.QUERY', with args beginning with: 'k' 'does not exist' ")]
    [InlineData("ERR unknown command 'CMS.QUERY', with args beginning with: 'room 5' 'WRONGTYPE OOM BUSY' ")]
    [InlineData("ERR Unknown subcommand or wrong number of arguments for 'is not an integer'.")]
    [InlineData("ERR Lua encountered an error: ERR unknown command 'OOM '")]
    [InlineData("ERR Unknown Redis command called from script script: 1, on @user_script:3.")]
    public async Task A_command_that_is_not_there_is_told_whatever_its_arguments_are(string text)
    {
        var error = await Assert.ThrowsAsync<CommandNotSupportedException>(() => CountAsync(text));
        Assert.Equal(
            $"The server does not have CMS.QUERY in the form that is needed; it answered: {text.TrimEnd('.')}. Use a server that has it, or another member.",
            error.Message);
    }

    [Theory]
    [InlineData("ERR a room is no place, and busy people come in readonly")]
    [InlineData("NOPERM this user has no permissions to access one of the keys used as arguments: room 5, BUSY ")]
    public async Task Codes_stand_at_the_start(string text)
    {
        var error = await Assert.ThrowsAsync<ServerRefusedException>(() => CountAsync(text));
        Assert.Equal($"CMS.QUERY on key 'k' was refused by the server: {text}", error.Message);
    }

    [Theory]
    [InlineData("LOADING Redis is loading the dataset in memory")]
    [InlineData("BUSY Redis is busy running a script.")]
    [InlineData("READONLY You can't write against a read only replica.")]
    [InlineData("MASTERDOWN Link with MASTER is down")]
    [InlineData("CLUSTERDOWN The cluster is down")]
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot")]
    [InlineData("NOREPLICAS Not enough good replicas to write.")]
    [InlineData("MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.")]
    public async Task A_server_that_takes_no_commands_now_is_unavailable(string text)
    {
        var error = await Assert.ThrowsAsync<ServerUnavailableException>(() => CountAsync(text));
        Assert.Equal(
            $"CMS.QUERY on key 'k' was not run: The server answered: {text} Nothing was changed; send it again when the server can be reached.",
            error.Message);
    }

    public static TheoryData<Exception, string> Losses { get; } = new()
    {
        {
            new RedisTimeoutException(CommandFlags.None, "x", CommandStatus.WaitingInBacklog),
            "GET on key 'k' was not run: There was no connection to the server for as long as a command may take. Nothing was changed; send it again when the server can be reached."
        },
        {
            new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "x", null, CommandStatus.Unknown),
            "GET on key 'k' was not run: There is no connection to the server. Nothing was changed; send it again when the server can be reached."
        },
        {
            new RedisConnectionException(ConnectionFailureType.SocketFailure, CommandFlags.None, "x", null, CommandStatus.WaitingToBeSent),
            "GET on key 'k' was not run: There is no connection to the server. Nothing was changed; send it again when the server can be reached."
        },
        {
            new RedisConnectionException(ConnectionFailureType.SocketFailure, CommandFlags.None, "x", null, CommandStatus.Sent),
            "GET on key 'k' was sent, but the server has not answered: the connection broke. It may have run or not. Read what it would have changed before sending it again."
        },
        {
            new RedisTimeoutException(CommandFlags.None, "x", CommandStatus.Sent),
            "GET on key 'k' was sent, but the server has not answered: the time for it is over. It may have run or not. Read what it would have changed before sending it again."
        },
        { new RedisException("No."), "GET on key 'k' was refused by the server: No." },
        {
            new RedisCommandException("This operation is not available."),
            "The server does not have GET in the form that is needed; it answered: This operation is not available. Use a server that has it, or another member."
        },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_command_without_an_answer_is_told_as_not_run_or_unknown(Exception lost, string text)
    {
        var error = await Assert.ThrowsAnyAsync<KeyspaceException>(() => server.SendsAsync("GET k", static k => k.Strings.GetAsync("k"), lost));

        Assert.Equal(text, error.Message);
        Assert.Same(lost, error.InnerException);
    }

    [Fact]
    public async Task A_cluster_has_no_commands_on_all_keys()
    {
        var cluster = new ScriptedServer
        {
            Servers =
            [
                Proxy<IServer>(static call => call.Method.Name switch
                {
                    "get_ServerType" => ServerType.Cluster,
                    nameof(IServer.GetProductVariant) => ProductVariant.Redis,
                    _ => false,
                }),
            ],
        };
        foreach (var (name, call) in new (string, Func<IKeyspace, Task>)[]
        {
            ("DBSIZE", static async k => await k.Keys.CountAsync()),
            ("SCAN", static async k => await k.Keys.ScanPageAsync(0)),
            ("RANDOMKEY", static async k => await k.Keys.GetRandomAsync()),
            ("FLUSHDB", static async k => await k.Keys.FlushAsync()),
        })
        {
            var error = await Assert.ThrowsAsync<CommandNotSupportedException>(() => call(cluster.Keyspace));
            Assert.Equal(
                $"The server does not have {name} in the form that is needed; it answered: It is a cluster, whose servers have a part of the keys each. " +
                "Use a server that has it, or another member.", error.Message);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("KE")]
    [InlineData("EA")]
    public async Task A_server_that_tells_no_changes_is_told_with_what_to_set(string setting)
    {
        var error = await Assert.ThrowsAsync<CommandNotSupportedException>(() => server.SendsAsync(
            "CONFIG GET notify-keyspace-events", static k => k.SubscribeToEventsAsync(), List("notify-keyspace-events", setting)));
        Assert.Equal(
            $"The server does not have key events in the form that is needed; it answered: notify-keyspace-events is \"{setting}\", so that it " +
            "tells of no changes. Set it to KA on the server. Use a server that has it, or another member.", error.Message);
    }

    [Fact]
    public async Task Times_of_fields_are_no_longer_than_the_server_takes()
    {
        const string longest = "140737488355328";
        await server.SendsAsync(
            $"HPEXPIRE h {longest} FIELDS 1 f", static k => k.Hash("h").ExpireFieldAsync("f", TimeSpan.MaxValue), List(1));
        var sent = await server.SentAsync(static k => k.Hash("h").SetAsync([new HashEntry("f", "x")], TimeSpan.MaxValue), 1);
        Assert.EndsWith($" HPEXPIRE {longest} f x", sent, StringComparison.Ordinal);
        sent = await server.SentAsync(static k => k.Hash("h").GetAndExpireAsync(["f"], TimeSpan.MaxValue), List("x"));
        Assert.EndsWith($" HPEXPIRE {longest} f", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ranks_of_digests_keep_all_their_digits()
    {
        Assert.Null(await server.SendsAsync("TDIGEST.BYRANK t 9223372036854775807", static k => k.TDigest("t").GetByRankAsync(long.MaxValue), List("inf")));
        Assert.Equal(
            [1.5], await server.SendsAsync("TDIGEST.BYREVRANK t 9007199254740993", static k => k.TDigest("t").GetByRankAsync([9007199254740993], Order.Descending), List("1.5")));
    }

    [Fact]
    public async Task More_words_than_one_call_takes_are_not_sent()
    {
        var members = new KvValue[1_048_575];
        Array.Fill(members, "x");
        var error = await Assert.ThrowsAsync<ArgumentException>(() => server.SendsAsync("", k => k.Set("s").AddAsync(members)));

        Assert.Equal("SADD on key 's' would have 1048576 arguments, but at most 1048575 can be sent at once. Give it less, in several calls.", error.Message);
    }
}
