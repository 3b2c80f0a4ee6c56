using KvEmbedded.Tests.Differential;
using StackExchange.Redis;

namespace KvEmbedded.Tests.Redis;

/// <summary>Keys that have expired on a server that has not removed them yet.</summary>
public sealed class ExpiredKeysTests(RealRedis redis) : IClassFixture<RealRedis>
{
    [Fact]
    public async Task The_count_may_have_keys_that_have_expired()
    {
        await using var multiplexer = await Conformance.Databases.ConnectAsync(redis.SocketPath);
        await multiplexer.GetDatabase().ExecuteAsync("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        await using var keyspace = new RedisKeyspace(multiplexer);
        await keyspace.Strings.SetAsync("view:a", "x", TimeSpan.FromMilliseconds(1));
        await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);

        Assert.Equal(1, await keyspace.Keys.CountAsync());
        Assert.Equal(0, await keyspace.WithPrefix("view:").Keys.CountAsync());
        Assert.False(await keyspace.Keys.ExistsAsync("view:a"));
        Assert.Equal(0, await keyspace.Keys.CountAsync());
    }
}
