using KvEmbedded.BloomFilters;
using KvEmbedded.Conformance;
using KvEmbedded.Engine;
using KvEmbedded.Tests.SortedSets;
using KvEmbedded.Tests.Strings;

namespace KvEmbedded.Tests.BloomFilters;

public sealed class BloomFilterCommandTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did()
    {
        await using var world = new BoardWorld();
        await using var events = world.Note();
        var filter = world.Keyspace.BloomFilter("b");

        await SaysAsync("", filter.ContainsAsync("a"));
        await SaysAsync("", filter.InsertAsync(["a"], null));
        await SaysAsync("BloomFilterAdded b", filter.AddAsync("a"));
        await SaysAsync("", filter.AddAsync("a"));
        await SaysAsync("BloomFilterAdded b", filter.AddAsync(["a", "b"]));
        await SaysAsync("", filter.AddAsync(["a", "b"]));
        await SaysAsync("BloomFilterAdded b", filter.InsertAsync(["c"], new BloomFilterOptions()));
        await SaysAsync("", filter.CountAsync());
        await SaysAsync("Deleted b", filter.DeleteAsync());
        await filter.ReserveAsync(0.01, 100);
        Assert.Equal("BloomFilterReserved b", await events.TakeAsync());

        async Task SaysAsync<T>(string expected, ValueTask<T> command)
        {
            await command;
            Assert.Equal(expected, await events.TakeAsync());
        }
    }

    [Fact]
    public async Task A_filter_that_exists_is_not_made_again()
    {
        await using var world = new BoardWorld();
        await world.Keyspace.BloomFilter("b").ReserveAsync(0.01, 100);

        var exception = await Assert.ThrowsAsync<SketchExistsException>(async () => await world.Keyspace.BloomFilter("b").ReserveAsync(0.5, 7));

        Assert.Equal(
            "Key 'b' holds a BloomFilter already, and a new one would lose what is in it. Use the one that is there, or delete the key first.",
            exception.Message);
        Assert.Equal((KeyType.BloomFilter, "b"), (exception.Type, exception.Key.ToString()));
        Assert.Equal(100, (await world.Keyspace.BloomFilter("b").GetInfoAsync())!.Capacity);
    }

    [Fact]
    public async Task A_full_filter_of_fixed_size_says_so()
    {
        await using var world = new BoardWorld();
        var filter = world.Keyspace.BloomFilter("b");
        await filter.ReserveAsync(0.001, 3, expansion: 0);
        await filter.AddAsync(["1", "2", "3"]);

        var exception = await Assert.ThrowsAsync<FilterFullException>(async () => await filter.AddAsync("4"));

        Assert.Equal(
            "Key 'b' holds a BloomFilter of fixed size for 3 items, which has 3 and no room for more. " +
            "Make one with a larger capacity at another key, or one that grows.",
            exception.Message);
        Assert.Equal((KeyType.BloomFilter, 3L, 3L), (exception.Type, exception.Count, exception.Capacity));
        Assert.False(await filter.AddAsync("3"));
    }

    [Fact]
    public async Task Many_items_fit_or_none_is_added()
    {
        await using var world = new BoardWorld();
        var filter = world.Keyspace.BloomFilter("b");
        var create = new BloomFilterOptions { Capacity = 3, ErrorRate = 0.001, Expansion = 0 };

        await Assert.ThrowsAsync<FilterFullException>(async () => await filter.InsertAsync(["1", "2", "3", "4"], create));
        Assert.False(await filter.ExistsAsync());
        Assert.Equal("+-+", Signs.Of(await filter.InsertAsync(["1", "1", "2"], create)));
        await Assert.ThrowsAsync<FilterFullException>(async () => await filter.AddAsync(["1", "3", "4"]));
        Assert.Equal(2, await filter.CountAsync());
        Assert.Equal("-+--", Signs.Of(await filter.AddAsync(["1", "3", "3", "2"])));
    }

    [Theory]
    [InlineData(0.0, 1L, 2, "An error rate is a share above 0 and below 1. 0.01 is usual. (Parameter 'errorRate')\nActual value was 0.")]
    [InlineData(1.0, 1L, 2, "An error rate is a share above 0 and below 1. 0.01 is usual. (Parameter 'errorRate')\nActual value was 1.")]
    [InlineData(double.NaN, 1L, 2, "An error rate is a share above 0 and below 1. 0.01 is usual. (Parameter 'errorRate')\nActual value was NaN.")]
    [InlineData(0.1, 0L, 2, "The capacity of a Bloom filter is 1 to 4294967296 items. (Parameter 'capacity')\nActual value was 0.")]
    [InlineData(0.1, 1L + (1L << 32), 2, "The capacity of a Bloom filter is 1 to 4294967296 items. (Parameter 'capacity')\nActual value was 4294967297.")]
    [InlineData(0.1, 1L, -1, "An expansion is 0 (a fixed size) to 32768. (Parameter 'expansion')\nActual value was -1.")]
    [InlineData(0.1, 1L, 32_769, "An expansion is 0 (a fixed size) to 32768. (Parameter 'expansion')\nActual value was 32769.")]
    [InlineData(1e-12, 1L << 32, 2,
        "A Bloom filter for 4294967296 items with an error rate of 1E-12 takes 31650283672 bytes, and 17179869184 are allowed. Ask for fewer items or a higher error rate. (Parameter 'capacity')\nActual value was 4294967296.")]
    public async Task A_size_that_cannot_be_is_refused(double errorRate, long capacity, int expansion, string text)
    {
        await using var world = new BoardWorld();
        var filter = world.Keyspace.BloomFilter("b");

        var exception = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.ReserveAsync(errorRate, capacity, expansion));
        Assert.Equal(text, exception.Message.ReplaceLineEndings("\n"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await filter.InsertAsync(["x"], new BloomFilterOptions { ErrorRate = errorRate, Capacity = capacity, Expansion = expansion }));
        Assert.False(await filter.ExistsAsync());
    }

    [Fact]
    public async Task A_transaction_that_fails_has_added_nothing()
    {
        await using var world = new BoardWorld();
        var filter = world.Keyspace.BloomFilter("b");
        await filter.ReserveAsync(0.0001, 2);
        await filter.AddAsync("a");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.BloomFilter("b").AddAsync(["b", "c", "d", "e"]);
            await tx.BloomFilter("new").ReserveAsync(0.1, 7);
            throw new InvalidOperationException();
        }));

        Assert.Equal("+----", Signs.Of(await filter.ContainsAsync(["a", "b", "c", "d", "e"])));
        Assert.Equal((1L, 1), ((await filter.GetInfoAsync())!.ItemCount, (await filter.GetInfoAsync())!.LayerCount));
        Assert.False(await world.Keyspace.Keys.ExistsAsync("new"));
        world.Turn.Find<BloomLayers>(new EncodedKey("b"u8.ToArray()))!.CheckInvariants();
    }

    [Fact]
    public async Task A_keyspace_at_its_memory_limit_takes_no_more_items()
    {
        await using var world = new BoardWorld(static options => options.MemoryLimitBytes = 1L << 20);
        var filter = world.Keyspace.BloomFilter("b");
        await world.Keyspace.Strings.SetAsync("big", new byte[1_300_000]);

        await Assert.ThrowsAsync<MemoryLimitException>(async () => await filter.AddAsync("a"));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await filter.AddAsync(["a"]));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await filter.ReserveAsync(0.1, 1));
        Assert.False(await filter.ContainsAsync("a"));
    }

    [Fact]
    public async Task Commands_wait_for_the_loop_when_it_is_busy()
    {
        await using var world = new BoardWorld();
        var filter = world.Keyspace.BloomFilter("b");
        var items = Enumerable.Range(0, 4_000).ToArray();

        await Parallel.ForEachAsync(items, async (item, cancellationToken) => await filter.AddAsync(item, cancellationToken));

        Assert.All(await filter.ContainsAsync([.. items.Select(static item => (KvValue)item)]), Assert.True);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await filter.AddAsync("a", new CancellationToken(true)));
    }
}
