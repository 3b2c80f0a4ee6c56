using KvEmbedded.Tests.Conformance;

namespace KvEmbedded.Tests.Redis;

/// <summary>On a Garnet of its own: what it does here would disturb other tests.</summary>
public sealed class GarnetBitOperationTests
{
    [Fact]
    public async Task Combining_strings_breaks_the_connection()
    {
        using var garnet = new InProcessGarnet();
        await using var multiplexer = await Databases.ConnectAsync(garnet.SocketPath);
        await using var keyspace = new RedisKeyspace(multiplexer);
        await keyspace.Strings.SetAsync("a", "x");
        await keyspace.Strings.SetAsync("b", "y");

        await Assert.ThrowsAsync<OutcomeUnknownException>(
            async () => await keyspace.Bitmaps.CombineAsync(BitOperation.And, "to", ["a", "b"]));
    }
}
