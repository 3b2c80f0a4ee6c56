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
