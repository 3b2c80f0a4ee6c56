using KvEmbedded.HyperLogLogs;
using KvEmbedded.Tests.Strings;

namespace KvEmbedded.Tests.HyperLogLogs;

public sealed class HyperLogLogTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did_and_one_that_changed_nothing_is_silent()
    {
        await using var world = new StringWorld();
        await using var events = world.Note();
        var (a, all) = (world.Keyspace.HyperLogLog("a"), world.Keyspace.HyperLogLogs);

        await SaysAsync("HyperLogLogAdded a", a.AddAsync("x"));
        await SaysAsync("", a.AddAsync("x"));
        await SaysAsync("HyperLogLogAdded a", a.AddAsync(["x", "y", "z"]));
        await SaysAsync("", a.AddAsync([]));
        await SaysAsync("", a.CountAsync());
        await SaysAsync("", all.CountUnionAsync(["a", "b"]));
        await SaysAsync("HyperLogLogAdded b", world.Keyspace.HyperLogLog("b").AddAsync([]));
        await all.MergeAsync("c", ["a", "b"]);
        Assert.Equal("HyperLogLogMerged c", await events.TakeAsync());

        async Task SaysAsync<T>(string expected, ValueTask<T> command)
        {
            await command;
            Assert.Equal(expected, await events.TakeAsync());
        }
    }

    [Fact]
    public async Task Errors_say_what_is_wrong_and_what_to_do()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync("x");
        await world["b"].SetAsync("HYLL\u0001\0\0\0\0\0\0\0\0\0\0\0\u0001");
        var error = await Assert.ThrowsAsync<NotAHyperLogLogException>(async () => await world.Keyspace.HyperLogLog("a").CountAsync());
        Assert.Equal("Key 'a' holds a string that is no HyperLogLog. Use another key, or delete this one first.", error.Message);
        var damaged = await Assert.ThrowsAsync<CorruptHyperLogLogException>(async () => await world.Keyspace.HyperLogLog("b").CountAsync());
        Assert.Equal(
            "Key 'b' holds a HyperLogLog whose registers are damaged: somebody has written into its string. Delete it, or set it to a copy that is whole.",
            damaged.Message);
    }

    [Fact]
    public async Task Elements_are_added_to_a_large_one_without_garbage_but_for_its_event()
    {
        await using var world = new StringWorld();
        var large = world.Keyspace.HyperLogLog("a");
        for (var i = 0; i < 10_000; i++) await large.AddAsync(i);
        var memory = world.Keyspace.Store.Dispatcher.Turn.MemoryBytes;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 10_000; i < 11_000; i++) await large.AddAsync(i);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(memory, world.Keyspace.Store.Dispatcher.Turn.MemoryBytes);
    }

    [Fact]
    public async Task A_large_one_that_was_set_as_a_plain_string_counts_and_grows_as_any_other()
    {
        await using var world = new StringWorld();
        await world.Keyspace.HyperLogLog("a").AddAsync([.. Enumerable.Range(0, 5_000).Select(i => (KvValue)i)]);
        await world["b"].SetAsync((await world["a"].GetAsync())!.Value, TimeSpan.FromMinutes(1));

        Assert.Equal(await world.Keyspace.HyperLogLog("a").CountAsync(), await world.Keyspace.HyperLogLog("b").CountAsync());
        Assert.Equal((await world["a"].GetAsync())!.Value, (await world["b"].GetAsync())!.Value);
        Assert.True(await world.Keyspace.HyperLogLog("b").AddAsync([.. Enumerable.Range(5_000, 5_000).Select(i => (KvValue)i)]));
        Assert.InRange(await world.Keyspace.HyperLogLog("b").CountAsync(), 9_700, 10_300);
        Assert.Equal(TimeSpan.FromMinutes(1), await world.GetTimeToLiveAsync("b"));
    }

    [Fact]
    public async Task What_is_written_into_a_large_one_as_a_string_is_seen_by_the_next_count()
    {
        await using var world = new StringWorld();
        await world.Keyspace.HyperLogLog("a").AddAsync([.. Enumerable.Range(0, 5_000).Select(i => (KvValue)i)]);
        await world.Keyspace.HyperLogLog("a").CountAsync();
        await world["a"].SetRangeAsync(16, new byte[HyperLogLogFormat.DenseLength - 16]);
        Assert.InRange(await world.Keyspace.HyperLogLog("a").CountAsync(), 4_800, 5_200);
        Assert.True(await world.Keyspace.HyperLogLog("a").AddAsync("x"));
        Assert.Equal(1, await world.Keyspace.HyperLogLog("a").CountAsync());
        await world["a"].SetRangeAsync(0, "x");
        await Assert.ThrowsAsync<NotAHyperLogLogException>(async () => await world.Keyspace.HyperLogLog("a").CountAsync());
    }

    [Fact]
    public async Task Memory_is_accounted_when_somebody_writes_into_the_string_of_a_large_one()
    {
        await using var world = new StringWorld();
        await world.Keyspace.HyperLogLog("a").AddAsync([.. Enumerable.Range(0, 10_000).Select(static i => (KvValue)i)]);

        await world["a"].SetRangeAsync(3_000, "x");

        var (all, held) = (world.Keyspace.Store.Dispatcher.Turn.MemoryBytes, await world.Keyspace.Keys.GetMemoryUsageAsync("a"));
        await world.Keyspace.Keys.DeleteAsync("a");
        Assert.Equal(held, all - world.Keyspace.Store.Dispatcher.Turn.MemoryBytes);
    }
}
