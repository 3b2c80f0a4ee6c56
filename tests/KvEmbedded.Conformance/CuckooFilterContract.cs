namespace KvEmbedded.Conformance;

/// <summary><see cref="ICuckooFilter"/>.</summary>
public abstract class CuckooFilterContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly KvValue[] Numbers = [.. Enumerable.Range(0, 500).Select(static number => (KvValue)number)];

    [Fact]
    public Task An_item_is_there_as_often_as_it_was_added_and_not_removed() => RunAsync(async keyspace =>
    {
        var filter = keyspace.CuckooFilter("c");

        Assert.False(await filter.ContainsAsync("a"));
        Assert.Equal(0, await filter.CountAsync("a"));
        await filter.AddAsync("a");
        await filter.AddAsync("a");
        Assert.True(await filter.ContainsAsync("a"));
        Assert.Equal(2, await filter.CountAsync("a"));
        Assert.True(await filter.RemoveAsync("a"));
        Assert.Equal(1, await filter.CountAsync("a"));
        Assert.True(await filter.RemoveAsync("a"));
        Assert.False(await filter.ContainsAsync("a"));
        Assert.False(await filter.RemoveAsync("a"));
        Assert.False(await keyspace.CuckooFilter("missing").RemoveAsync("a"));
        Assert.Equal("--", Signs.Of(await keyspace.CuckooFilter("missing").ContainsAsync(["a", "b"])));
    });

    [Fact]
    public Task An_item_that_is_there_is_not_added_again_if_it_need_not_be() => RunAsync(async keyspace =>
    {
        var filter = keyspace.CuckooFilter("c");

        Assert.True(await filter.TryAddAsync("a"));
        Assert.False(await filter.TryAddAsync("a"));
        Assert.Equal(1, await filter.CountAsync("a"));
    });

    [Fact]
    public Task Items_are_added_together_and_make_a_filter_where_there_is_none() => RunAsync(async keyspace =>
    {
        var filter = keyspace.CuckooFilter("c");

        await filter.AddAsync(["a", "b", "a"]);
        Assert.Equal((2, 1), (await filter.CountAsync("a"), await filter.CountAsync("b")));
        Assert.Equal("-+-", Signs.Of(await filter.TryAddAsync(["a", "c", "c"])));
        Assert.Equal("+", Signs.Of(await keyspace.CuckooFilter("d").TryAddAsync(["a"])));
        Assert.Equal((4L, 2), ((await filter.GetInfoAsync())!.ItemCount, (await filter.GetInfoAsync())!.BucketSize));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await filter.AddAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await filter.TryAddAsync([]));
    });

    [Fact]
    public Task Items_are_inserted_into_a_filter_made_as_it_is_said() => RunAsync(async keyspace =>
    {
        var filter = keyspace.CuckooFilter("c");

        Assert.False(await filter.InsertAsync(["a"], null));
        Assert.Null(await filter.TryInsertAsync(["a"], null));
        Assert.False(await filter.ExistsAsync());
        Assert.True(await filter.InsertAsync(["a", "a"], new CuckooFilterOptions { Capacity = 64, BucketSize = 4, MaxIterations = 50, Expansion = 2 }));
        Assert.Equal(2, await filter.CountAsync("a"));
        Assert.Equal("-++-", Signs.Of(await filter.TryInsertAsync(["a", "b", "c", "b"], null)));
        Assert.Equal("+-+", Signs.Of(await filter.ContainsAsync(["c", "d", "a"])));
        var info = (await filter.GetInfoAsync())!;
        Assert.Equal((1, 4L, 0L, 4, 2, 50), (info.LayerCount, info.ItemCount, info.RemovedCount, info.BucketSize, info.Expansion, info.MaxIterations));
        Assert.Equal("++", Signs.Of(await keyspace.CuckooFilter("d").TryInsertAsync(["a", "b"], new CuckooFilterOptions())));
    });

    [Fact]
    public Task A_filter_is_made_for_a_number_of_items() => RunAsync(async keyspace =>
    {
        var filter = keyspace.CuckooFilter("c");
        Assert.Null(await filter.GetInfoAsync());
        await filter.ReserveAsync(1_000, bucketSize: 4, maxIterations: 30, expansion: 2);

        await Assert.ThrowsAsync<SketchExistsException>(async () => await filter.ReserveAsync(1_000));
        await filter.InsertAsync(Numbers, null);
        await filter.RemoveAsync(7);
        var info = (await filter.GetInfoAsync())!;
        Assert.Equal((1, 499L, 1L, 4, 2, 30), (info.LayerCount, info.ItemCount, info.RemovedCount, info.BucketSize, info.Expansion, info.MaxIterations));
        Assert.InRange(info.BucketCount, 250, 1_000);
        Assert.InRange(info.MemoryBytes, 1_000, 20_000);
        Assert.Equal(KeyType.CuckooFilter, await keyspace.Keys.GetTypeAsync("c"));
    });

    [Fact]
    public Task A_full_filter_grows() => RunAsync(async keyspace =>
    {
        var filter = keyspace.CuckooFilter("c");
        await filter.ReserveAsync(64, expansion: 2);
        await filter.InsertAsync(Numbers, null);

        Assert.All(await filter.ContainsAsync(Numbers), Assert.True);
        Assert.InRange((await filter.GetInfoAsync())!.LayerCount, 2, 10);
    });

    [Fact]
    public Task A_full_filter_of_fixed_size_refuses_items() => RunAsync(async keyspace =>
    {
        var filter = keyspace.CuckooFilter("c");
        await filter.ReserveAsync(4, expansion: 0);

        await Assert.ThrowsAsync<FilterFullException>(async () =>
        {
            foreach (var number in Numbers) await filter.AddAsync(number);
        });
        Assert.Equal(1, (await filter.GetInfoAsync())!.LayerCount);
    });

    [Fact]
    public Task Sizes_out_of_range_are_refused() => RunAsync(async keyspace =>
    {
        var filter = keyspace.CuckooFilter("c");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.ReserveAsync(0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.ReserveAsync(1, bucketSize: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.ReserveAsync(1, maxIterations: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.ReserveAsync(1, expansion: -1));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await filter.InsertAsync([], null));
        Assert.False(await filter.ExistsAsync());
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("string", "x");
        var filter = keyspace.CuckooFilter("string");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.AddAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.TryAddAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.AddAsync(["a"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.TryAddAsync(["a"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.InsertAsync(["a"], null));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.TryInsertAsync(["a"], null));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.ReserveAsync(1));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.ContainsAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.CountAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.RemoveAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.GetInfoAsync());
        Assert.Equal("x", await TextAsync(keyspace, "string"));
    });
}
