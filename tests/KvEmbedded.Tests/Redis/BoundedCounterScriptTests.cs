using KvEmbedded.Tests.Conformance;

namespace KvEmbedded.Tests.Redis;

/// <summary>Additions within bounds: Lua has numbers of 53 bits, so 64 are put together from two halves.</summary>
public sealed class BoundedCounterScriptTests
{
    private static readonly long[] Edges =
    [
        long.MinValue, long.MinValue + 1, -20_000_000_000, -10_000_000_000, -9_999_999_999, -1, 0, 1, 9_999_999_999, 10_000_000_000,
        9_007_199_254_740_993, long.MaxValue - 1, long.MaxValue,
    ];

    [Fact]
    public async Task They_are_those_of_the_embedded_keyspace_at_all_edges()
    {
        await using var embedded = new Keyspace();
        var database = await SharedServers.Redis.BorrowAsync();
        await using var server = new RedisKeyspace(
            await SharedServers.Redis.MultiplexerAsync(), new RedisKeyspaceOptions { Database = database });

        foreach (var old in Edges)
        {
            var worlds = from add in Edges from min in Edges from max in Edges where min <= max from atBound in Enum.GetValues<AtBound>()
                         select (add, new IncrementOptions { Min = min, Max = max, AtBound = atBound, Expiration = Expiration.Never });
            foreach (var some in worlds.Chunk(250))
            {
                // Each has a counter of its own, so that they need not wait for each other.
                var here = await Task.WhenAll(some.Select((world, i) => AddAsync(embedded, i, old, world)));
                var there = await Task.WhenAll(some.Select((world, i) => AddAsync(server, i, old, world)));
                for (var i = 0; i < some.Length; i++)
                    Assert.True(here[i] == there[i], $"{old} and {some[i]}: {here[i]} embedded, {there[i]} on the server.");
            }
        }

        SharedServers.Redis.Return(database);
    }

    private static async Task<string> AddAsync(IKeyspace keyspace, int name, long old, (long By, IncrementOptions Options) world)
    {
        var counter = keyspace.Counter(name);
        var set = counter.SetAsync(old);
        string answer;
        try
        {
            answer = (await counter.IncrementAsync(world.By, world.Options)).ToString();
        }
        catch (NumberOverflowException)
        {
            answer = "overflow";
        }

        await set;
        return $"{answer} then {await counter.GetAsync()}";
    }
}
