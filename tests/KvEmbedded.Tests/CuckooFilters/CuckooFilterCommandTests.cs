using KvEmbedded.CuckooFilters;
using KvEmbedded.Engine;
using KvEmbedded.Tests.SortedSets;

namespace KvEmbedded.Tests.CuckooFilters;

public sealed class CuckooFilterCommandTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did()
    {
        await using var world = new BoardWorld();
        await using var events = world.Note();
        var filter = world.Keyspace.CuckooFilter("c");

        await SaysAsync("", filter.RemoveAsync("a"));
        await SaysAsync("", filter.InsertAsync(["a"], null));
        await SaysAsync("", filter.TryInsertAsync(["a"], null));
        await SaysAsync("CuckooFilterAdded c", filter.TryAddAsync("a"));
        await SaysAsync("", filter.TryAddAsync("a"));
        await SaysAsync("CuckooFilterAdded c", filter.InsertAsync(["a", "b"], null));
        await SaysAsync("", filter.TryInsertAsync(["a", "b"], null));
        await SaysAsync("CuckooFilterRemoved c", filter.RemoveAsync("b"));
        await SaysAsync("", filter.RemoveAsync("b"));
        await SaysAsync("Deleted c", filter.DeleteAsync());
        await filter.AddAsync("a");
        await filter.DeleteAsync();
        await filter.ReserveAsync(100);
        Assert.Equal("CuckooFilterAdded c, Deleted c, CuckooFilterReserved c", await events.TakeAsync());

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
        await world.Keyspace.CuckooFilter("c").ReserveAsync(100);

        var exception = await Assert.ThrowsAsync<SketchExistsException>(async () => await world.Keyspace.CuckooFilter("c").ReserveAsync(7));

        Assert.StartsWith("Key 'c' holds a CuckooFilter already,", exception.Message);
    }

    [Fact]
    public async Task A_full_filter_of_fixed_size_says_so_and_nothing_has_changed()
    {
        await using var world = new BoardWorld();
        var filter = world.Keyspace.CuckooFilter("c");
        await filter.ReserveAsync(1, bucketSize: 1, expansion: 0);
        var taken = 0;
        while (await TookAsync()) taken++;

        var exception = await Assert.ThrowsAsync<FilterFullException>(async () => await filter.AddAsync("a"));
        Assert.Equal(
            $"Key 'c' holds a CuckooFilter of fixed size for 1 items, which has {taken} and no room for more. " +
            "Make one with a larger capacity at another key, or one that grows.",
            exception.Message);
        await Assert.ThrowsAsync<FilterFullException>(async () => await filter.InsertAsync(["b", "c"], null));
        await Assert.ThrowsAsync<FilterFullException>(async () => await filter.TryInsertAsync(["b", "c"], null));
        Assert.Equal(taken, (await filter.GetInfoAsync())!.ItemCount);
        Assert.False(await filter.TryAddAsync("a"));

        async Task<bool> TookAsync()
        {
            try
            {
                await filter.AddAsync("a");
                return true;
            }
            catch (FilterFullException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_missing_filter_is_not_made_by_items_that_do_not_fit()
    {
        await using var world = new BoardWorld();
        var filter = world.Keyspace.CuckooFilter("c");
        var create = new CuckooFilterOptions { Capacity = 1, BucketSize = 1, Expansion = 0 };

        await Assert.ThrowsAsync<FilterFullException>(
            async () => await filter.InsertAsync([.. Enumerable.Range(0, 100).Select(static number => (KvValue)number)], create));
        Assert.False(await filter.ExistsAsync());
    }

    [Theory]
    [InlineData(0L, 2, 20, 1, "The capacity of a cuckoo filter is 1 to 4294967296 items. (Parameter 'capacity')\nActual value was 0.")]
    [InlineData(1L, 0, 20, 1, "The bucket size of a cuckoo filter is 1 to 255 fingerprints. (Parameter 'bucketSize')\nActual value was 0.")]
    [InlineData(1L, 256, 20, 1, "The bucket size of a cuckoo filter is 1 to 255 fingerprints. (Parameter 'bucketSize')\nActual value was 256.")]
    [InlineData(1L, 2, 65_536, 1, "The iterations of a cuckoo filter are 1 to 65535. (Parameter 'maxIterations')\nActual value was 65536.")]
    [InlineData(1L, 2, 20, -1, "An expansion is 0 (a fixed size) to 32768. (Parameter 'expansion')\nActual value was -1.")]
    public async Task A_size_that_cannot_be_is_refused(long capacity, int bucketSize, int maxIterations, int expansion, string text)
    {
        await using var world = new BoardWorld();
        var filter = world.Keyspace.CuckooFilter("c");
        var options = new CuckooFilterOptions { Capacity = capacity, BucketSize = bucketSize, MaxIterations = maxIterations, Expansion = expansion };

        var exception = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await filter.ReserveAsync(capacity, bucketSize, maxIterations, expansion));
        Assert.Equal(text, exception.Message.ReplaceLineEndings("\n"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.InsertAsync(["x"], options));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.TryInsertAsync(["x"], options));
    }

    [Fact]
    public async Task A_transaction_that_fails_has_changed_nothing()
    {
        await using var world = new BoardWorld();
        var filter = world.Keyspace.CuckooFilter("c");
        await filter.ReserveAsync(2, bucketSize: 1, maxIterations: 2);
        await filter.InsertAsync(["a", "b"], null);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.CuckooFilter("c").RemoveAsync("a");
            await tx.CuckooFilter("c").InsertAsync([.. Enumerable.Range(0, 100).Select(static number => (KvValue)number)], null);
            throw new InvalidOperationException();
        }));

        var info = (await filter.GetInfoAsync())!;
        Assert.Equal((2L, 0L, 1), (info.ItemCount, info.RemovedCount, info.LayerCount));
        Assert.Equal((1L, 1L, 0L), (await filter.CountAsync("a"), await filter.CountAsync("b"), await filter.CountAsync(7)));
        world.Turn.Find<CuckooLayers>(new EncodedKey("c"u8.ToArray()))!.CheckInvariants();
    }

    [Fact]
    public async Task A_keyspace_at_its_memory_limit_takes_no_more_items()
    {
        await using var world = new BoardWorld(static options => options.MemoryLimitBytes = 1L << 20);
        var filter = world.Keyspace.CuckooFilter("c");
        await filter.AddAsync("a");
        await world.Keyspace.Strings.SetAsync("big", new byte[1_300_000]);

        await Assert.ThrowsAsync<MemoryLimitException>(async () => await filter.AddAsync("b"));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await filter.InsertAsync(["b"], null));
        Assert.True(await filter.RemoveAsync("a"));
    }
}

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class CuckooFilterMemoryTests
{
    [Theory]
    [InlineData(10, 100)]
    [InlineData(1_000_000, 1_000_000)]
    [InlineData(1_000, 50_000)]
    public void Memory_is_what_the_garbage_collector_says(int capacity, int count)
    {
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, Math.Max(1, 1_000_000 / count)).Select(_ => Filled(capacity, count)).ToArray(),
            static filters => filters.Sum(static filter => filter.MemoryBytes));

        Assert.InRange(ratio, 0.97, 1.03);
    }

    private static CuckooLayers Filled(int capacity, int count)
    {
        var filter = new CuckooLayers(new CuckooFilterOptions { Capacity = capacity });
        for (var number = 0; number < count; number++) filter.TryAdd(Records.Items.Item(number));
        return filter;
    }
}
