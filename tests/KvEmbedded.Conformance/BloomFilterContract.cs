namespace KvEmbedded.Conformance;

/// <summary><see cref="IBloomFilter"/>.</summary>
public abstract class BloomFilterContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly KvValue[] Numbers = [.. Enumerable.Range(0, 1_000).Select(static number => (KvValue)number)];

    [Fact]
    public Task An_item_is_there_once_it_was_added() => RunAsync(async keyspace =>
    {
        var filter = keyspace.BloomFilter("b");

        Assert.False(await filter.ContainsAsync("a"));
        Assert.True(await filter.AddAsync("a"));
        Assert.False(await filter.AddAsync("a"));
        Assert.True(await filter.ContainsAsync("a"));
        Assert.False(await filter.ContainsAsync("b"));
        Assert.Equal(1, await filter.CountAsync());
        Assert.Equal(Backend.Prefix.ToString() + "b", filter.Key.ToString());
    });

    [Fact]
    public Task Items_are_added_and_looked_for_together() => RunAsync(async keyspace =>
    {
        var filter = keyspace.BloomFilter("b");

        Assert.Equal("--", Signs.Of(await filter.ContainsAsync(["a", "b"])));
        Assert.Equal("++-+", Signs.Of(await filter.AddAsync(["a", "b", "a", ""])));
        Assert.Equal("+++-", Signs.Of(await filter.ContainsAsync(["", "a", "b", "c"])));
        Assert.Equal(3, await filter.CountAsync());
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await filter.AddAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await filter.ContainsAsync([]));
    });

    [Fact]
    public Task A_missing_filter_is_made_by_the_first_item() => RunAsync(async keyspace =>
    {
        var filter = keyspace.BloomFilter("b");

        Assert.Null(await filter.GetInfoAsync());
        Assert.Equal(0, await filter.CountAsync());
        await filter.AddAsync("a");
        var info = await filter.GetInfoAsync();
        Assert.Equal((100L, 1, 1L, 2), (info!.Capacity, info.LayerCount, info.ItemCount, info.Expansion));
        Assert.InRange(info.MemoryBytes, 100, 1_000);
        Assert.Equal(KeyType.BloomFilter, await keyspace.Keys.GetTypeAsync("b"));
    });

    [Fact]
    public Task A_filter_is_made_for_a_number_of_items() => RunAsync(async keyspace =>
    {
        var filter = keyspace.BloomFilter("b");
        await filter.ReserveAsync(0.001, 1_000, 4);

        await Assert.ThrowsAsync<SketchExistsException>(async () => await filter.ReserveAsync(0.001, 1_000));
        var added = await filter.AddAsync(Numbers);
        Assert.InRange(added.Count(static isNew => isNew), 995, 1_000);
        Assert.All(await filter.ContainsAsync(Numbers), Assert.True);
        var info = await filter.GetInfoAsync();
        Assert.Equal((1_000L, 1, 4), (info!.Capacity, info.LayerCount, info.Expansion));
    });

    [Fact]
    public Task A_full_filter_grows() => RunAsync(async keyspace =>
    {
        var filter = keyspace.BloomFilter("b");
        await filter.ReserveAsync(0.001, 10);
        await filter.AddAsync(Numbers);

        Assert.All(await filter.ContainsAsync(Numbers), Assert.True);
        var info = await filter.GetInfoAsync();
        Assert.Equal((10L * 127, 7), (info!.Capacity, info.LayerCount));
    });

    [Fact]
    public Task A_full_filter_of_fixed_size_refuses_items() => RunAsync(async keyspace =>
    {
        var filter = keyspace.BloomFilter("b");
        await filter.ReserveAsync(0.001, 2, expansion: 0);
        await filter.AddAsync(["a", "b"]);

        await Assert.ThrowsAsync<FilterFullException>(async () => await filter.AddAsync("c"));
        await Assert.ThrowsAsync<FilterFullException>(async () => await filter.AddAsync(["d", "e"]));
        Assert.Equal(2, await filter.CountAsync());
        Assert.False(await filter.AddAsync("a"));
        Assert.Equal(0, (await filter.GetInfoAsync())!.Expansion);
    });

    [Fact]
    public Task Items_are_inserted_into_a_filter_made_as_it_is_said() => RunAsync(async keyspace =>
    {
        var filter = keyspace.BloomFilter("b");

        Assert.Null(await filter.InsertAsync(["a"], null));
        Assert.False(await filter.ExistsAsync());
        var create = new BloomFilterOptions { Capacity = 50, ErrorRate = 0.001, Expansion = 3 };
        Assert.Equal("++", Signs.Of(await filter.InsertAsync(["a", "b"], create)));
        var info = await filter.GetInfoAsync();
        Assert.Equal((50L, 3, 2L), (info!.Capacity, info.Expansion, info.ItemCount));
        Assert.Equal("-+", Signs.Of(await filter.InsertAsync(["a", "c"], new BloomFilterOptions { Capacity = 7 })));
        Assert.Equal("+", Signs.Of(await filter.InsertAsync(["d"], null)));
        Assert.Equal(50, (await filter.GetInfoAsync())!.Capacity);
    });

    [Fact]
    public Task Sizes_out_of_range_are_refused() => RunAsync(async keyspace =>
    {
        var filter = keyspace.BloomFilter("b");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.ReserveAsync(0, 100));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.ReserveAsync(1, 100));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.ReserveAsync(0.1, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await filter.ReserveAsync(0.1, 1, -1));
        Assert.False(await filter.ExistsAsync());
    });

    [Fact]
    public Task A_copy_is_a_filter_of_its_own() => RunAsync(async keyspace =>
    {
        await keyspace.BloomFilter("b").AddAsync("a");
        await keyspace.Keys.CopyAsync("b", "copy");
        await keyspace.BloomFilter("copy").AddAsync("b");

        Assert.Equal("+-", Signs.Of(await keyspace.BloomFilter("b").ContainsAsync(["a", "b"])));
        Assert.Equal("++", Signs.Of(await keyspace.BloomFilter("copy").ContainsAsync(["a", "b"])));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("string", "x");
        var filter = keyspace.BloomFilter("string");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.AddAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.AddAsync(["a"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.InsertAsync(["a"], null));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.ReserveAsync(0.1, 1));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.ContainsAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.CountAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await filter.GetInfoAsync());
        Assert.Equal("x", await TextAsync(keyspace, "string"));
    });
}
