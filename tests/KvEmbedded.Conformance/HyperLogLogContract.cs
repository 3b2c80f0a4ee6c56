using System.Globalization;

namespace KvEmbedded.Conformance;

/// <summary><see cref="IHyperLogLog"/> and <see cref="IHyperLogLogs"/>.</summary>
public abstract class HyperLogLogContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    [Fact]
    public Task Different_elements_are_counted_once_each() => RunAsync(async keyspace =>
    {
        var visitors = keyspace.HyperLogLog("a");

        Assert.Equal(0, await visitors.CountAsync());
        Assert.True(await visitors.AddAsync("alice"));
        Assert.True(await visitors.AddAsync("bob"));
        Assert.False(await visitors.AddAsync("alice"));
        Assert.Equal(2, await visitors.CountAsync());
        Assert.True(await visitors.AddAsync(["bob", "carol", "", 7]));
        Assert.False(await visitors.AddAsync(["bob", "carol", "", 7]));
        Assert.Equal(5, await visitors.CountAsync());
        Assert.Equal(5, await visitors.CountAsync());
    });

    [Fact]
    public Task No_element_makes_a_missing_key() => RunAsync(async keyspace =>
    {
        Assert.True(await keyspace.HyperLogLog("a").AddAsync([]));
        Assert.False(await keyspace.HyperLogLog("a").AddAsync([]));
        Assert.True(await keyspace.Keys.ExistsAsync("a"));
        Assert.Equal(0, await keyspace.HyperLogLog("a").CountAsync());
    });

    // What redis-server 7.0 says of the same elements: registers, hash and estimator are its own.
    [Theory]
    [InlineData(100, 100)]
    [InlineData(1_000, 990)]
    [InlineData(10_000, 9_951)]
    [InlineData(100_000, 100_479)]
    public Task The_estimate_is_that_of_Redis(int count, long expected) => RunAsync(async keyspace =>
    {
        var visitors = keyspace.HyperLogLog("a");
        foreach (var some in Elements(0, count).Chunk(1_000)) await visitors.AddAsync(some);

        Assert.Equal(expected, await visitors.CountAsync());
    });

    [Fact]
    public Task The_value_is_a_string_with_the_bytes_of_Redis() => RunAsync(async keyspace =>
    {
        await keyspace.HyperLogLog("a").AddAsync(["a", "b", "c"]);
        await keyspace.HyperLogLog("a").CountAsync();

        var bytes = (await keyspace.Strings.GetAsync("a"))!.Value;
        Assert.Equal(KeyType.String, await keyspace.Keys.GetTypeAsync("a"));
        Assert.Equal("48594C4C010000000300000000000000", Convert.ToHexString(bytes.ToArray().AsSpan(0, 16)));
        await keyspace.Strings.SetAsync("b", bytes);
        Assert.Equal(3, await keyspace.HyperLogLog("b").CountAsync());
        Assert.False(await keyspace.HyperLogLog("b").AddAsync("b"));
        Assert.True(await keyspace.HyperLogLog("b").AddAsync("d"));
        Assert.Equal(4, await keyspace.HyperLogLog("b").CountAsync());
    });

    [Fact]
    public Task A_value_takes_12_KiB_at_most() => RunAsync(async keyspace =>
    {
        await keyspace.HyperLogLog("a").AddAsync(Elements(0, 20_000));

        Assert.Equal(12_304, await keyspace.String("a").GetLengthAsync());
        Assert.InRange(await keyspace.HyperLogLog("a").CountAsync(), 19_500, 20_500);
    });

    [Theory]
    [InlineData(100)]
    [InlineData(20_000)]
    public Task The_union_counts_what_several_have_seen_once(int count) => RunAsync(async keyspace =>
    {
        await keyspace.HyperLogLog("a").AddAsync(Elements(0, count));
        await keyspace.HyperLogLog("b").AddAsync(Elements(count / 2, count));
        await keyspace.HyperLogLog("all").AddAsync(Elements(0, count + (count / 2)));
        var expected = await keyspace.HyperLogLog("all").CountAsync();

        Assert.Equal(expected, await keyspace.HyperLogLogs.CountUnionAsync(["a", "b", "missing"]));
        Assert.Equal(await keyspace.HyperLogLog("a").CountAsync(), await keyspace.HyperLogLogs.CountUnionAsync(["a"]));
        Assert.Equal(0, await keyspace.HyperLogLogs.CountUnionAsync(["missing", "missing too"]));
        await keyspace.HyperLogLogs.MergeAsync("to", ["a", "b", "missing"]);
        Assert.Equal(expected, await keyspace.HyperLogLog("to").CountAsync());
        await keyspace.HyperLogLogs.MergeAsync("a", ["b"]);
        Assert.Equal(expected, await keyspace.HyperLogLog("a").CountAsync());
    });

    [Fact]
    public Task Merging_nothing_makes_one_that_has_seen_nothing() => RunAsync(async keyspace =>
    {
        await keyspace.HyperLogLogs.MergeAsync("to", ["missing"]);

        Assert.True(await keyspace.Keys.ExistsAsync("to"));
        Assert.Equal(0, await keyspace.HyperLogLog("to").CountAsync());
    });

    [Fact]
    public Task Adding_and_merging_keep_the_time_to_live() => RunAsync(async keyspace =>
    {
        await keyspace.HyperLogLog("a").AddAsync("x");
        await keyspace.Keys.ExpireAsync("a", TimeSpan.FromHours(1));
        await keyspace.HyperLogLog("a").AddAsync(Elements(0, 20_000));
        await keyspace.HyperLogLogs.MergeAsync("a", ["a", "b"]);
        await keyspace.HyperLogLog("a").CountAsync();

        Assert.NotNull(await keyspace.HyperLogLog("a").GetTimeToLiveAsync());
    });

    [Theory]
    [InlineData("")]
    [InlineData("HYLL")]
    [InlineData("no HyperLogLog at all")]
    [InlineData("HYLL\u0002\0\0\0\0\0\0\0\0\0\0\0\u007f\u007f")]
    [InlineData("HYLL\0\0\0\0\0\0\0\0\0\0\0\0\u007f\u007f")]
    public Task Another_string_is_an_error_and_stays_as_it_is(string text) => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", text);
        await keyspace.HyperLogLog("b").AddAsync("x");

        var error = await Assert.ThrowsAsync<NotAHyperLogLogException>(async () => await keyspace.HyperLogLog("a").AddAsync("x"));
        Assert.EndsWith("a", error.Key!.Value.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotAHyperLogLogException>(async () => await keyspace.HyperLogLog("a").AddAsync(["x", "y"]));
        await Assert.ThrowsAsync<NotAHyperLogLogException>(async () => await keyspace.HyperLogLog("a").CountAsync());
        await Assert.ThrowsAsync<NotAHyperLogLogException>(async () => await keyspace.HyperLogLogs.CountUnionAsync(["b", "a"]));
        await Assert.ThrowsAsync<NotAHyperLogLogException>(async () => await keyspace.HyperLogLogs.MergeAsync("b", ["a"]));
        await Assert.ThrowsAsync<NotAHyperLogLogException>(async () => await keyspace.HyperLogLogs.MergeAsync("a", ["b"]));
        Assert.Equal(text, await TextAsync(keyspace, "a"));
        Assert.Equal(1, await keyspace.HyperLogLog("b").CountAsync());
    });

    [Fact]
    public Task Damaged_registers_are_an_error() => RunAsync(async keyspace =>
    {
        await keyspace.HyperLogLog("b").AddAsync("x");
        await keyspace.Strings.SetAsync("a", "HYLL\u0001\0\0\0\0\0\0\0\0\0\0\u0001\u0001");
        await keyspace.String("a").SetRangeAsync(15, new byte[] { 0x80 });

        await Assert.ThrowsAsync<CorruptHyperLogLogException>(async () => await keyspace.HyperLogLog("a").CountAsync());
        await Assert.ThrowsAsync<CorruptHyperLogLogException>(async () => await keyspace.HyperLogLog("a").AddAsync("x"));
        await Assert.ThrowsAsync<CorruptHyperLogLogException>(async () => await keyspace.HyperLogLogs.CountUnionAsync(["a", "b"]));
        await Assert.ThrowsAsync<CorruptHyperLogLogException>(async () => await keyspace.HyperLogLogs.MergeAsync("b", ["a"]));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error_and_stays_as_it_is() => RunAsync(async keyspace =>
    {
        await PutSortedSetAsync(keyspace, "a");

        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.HyperLogLog("a").AddAsync("x"));
        Assert.Equal((KeyType.SortedSet, KeyType.String), (error.Actual, error.Expected));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.HyperLogLog("a").AddAsync(["x"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.HyperLogLog("a").CountAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.HyperLogLogs.CountUnionAsync(["a", "b"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.HyperLogLogs.MergeAsync("a", ["b"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.HyperLogLogs.MergeAsync("b", ["a"]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.HyperLogLogs.CountUnionAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.HyperLogLogs.MergeAsync("b", []));
        Assert.Equal(1, await keyspace.SortedSet("a").CountAsync());
        Assert.False(await keyspace.Keys.ExistsAsync("b"));
    });

    private static KvValue[] Elements(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(i => (KvValue)string.Create(CultureInfo.InvariantCulture, $"visitor:{i}"))];
}
