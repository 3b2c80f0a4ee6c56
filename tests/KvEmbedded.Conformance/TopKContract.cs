namespace KvEmbedded.Conformance;

/// <summary><see cref="ITopK"/>.</summary>
public abstract class TopKContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static async ValueTask<ITopK> MakeAsync(IKeyspace keyspace, int count)
    {
        // So wide that no two items share a counter.
        var list = keyspace.TopK("t");
        await list.ReserveAsync(count, 2_000, 5, 0.9);
        return list;
    }

    private static string Text(IEnumerable<TopKEntry> entries) => string.Join(' ', entries.Select(static entry => $"{entry.Item}={entry.Count}"));

    private static string Text(IEnumerable<KvValue?> values) => string.Join(' ', values.Select(static value => value?.ToString() ?? "none"));

    [Fact]
    public Task The_most_often_seen_items_are_listed_with_their_counts() => RunAsync(async keyspace =>
    {
        var list = await MakeAsync(keyspace, 3);

        Assert.Null(await list.AddAsync("a"));
        Assert.Null(await list.IncrementAsync("b", 5));
        Assert.Equal("none none none", Text(await list.AddAsync(["a", "a", "b"])));
        Assert.Equal("none none", Text(await list.IncrementAsync([new("c", 2), new("c", 2)])));
        Assert.Equal("b=6 c=4 a=3", Text(await list.GetItemsAsync()));
        Assert.Equal(KeyType.TopK, await keyspace.Keys.GetTypeAsync("t"));
    });

    [Fact]
    public Task An_item_that_enters_a_full_list_expels_the_least() => RunAsync(async keyspace =>
    {
        var list = await MakeAsync(keyspace, 2);
        await list.IncrementAsync([new("a", 10), new("b", 5)]);

        Assert.Null(await list.IncrementAsync("c", 3));
        Assert.Equal("b", (await list.IncrementAsync("c", 4)).ToString());
        Assert.Equal("none c none", Text(await list.IncrementAsync([new("a", 1), new("d", 100), new("d", 1)])));
        Assert.Equal("d=101 a=11", Text(await list.GetItemsAsync()));
    });

    [Fact]
    public Task Items_are_looked_for() => RunAsync(async keyspace =>
    {
        var list = await MakeAsync(keyspace, 2);
        await list.IncrementAsync([new("a", 10), new("b", 5), new("c", 3)]);

        Assert.True(await list.ContainsAsync("a"));
        Assert.False(await list.ContainsAsync("c"));
        Assert.Equal("-+-", Signs.Of(await list.ContainsAsync(["c", "b", "d"])));
        Assert.Equal(10, await list.CountAsync("a"));
        Assert.Equal([3L, 5, 0], (IEnumerable<long>)await list.CountAsync(["c", "b", "d"]));
    });

    [Fact]
    public Task A_list_is_made_once() => RunAsync(async keyspace =>
    {
        var list = keyspace.TopK("t");

        Assert.Null(await list.GetInfoAsync());
        await list.ReserveAsync(50, 2_000, 7, 0.925);
        Assert.Equal(new TopKInfo(50, 2_000, 7, 0.925), await list.GetInfoAsync());
        await Assert.ThrowsAsync<SketchExistsException>(async () => await list.ReserveAsync(50));
        await keyspace.TopK("u").ReserveAsync(3);
        Assert.Equal(new TopKInfo(3, 8, 7, 0.9), await keyspace.TopK("u").GetInfoAsync());
    });

    [Fact]
    public Task A_missing_list_is_empty_and_is_not_written_to() => RunAsync(async keyspace =>
    {
        var list = keyspace.TopK("t");

        Assert.Empty(await list.GetItemsAsync());
        Assert.False(await list.ContainsAsync("a"));
        Assert.Equal("--", Signs.Of(await list.ContainsAsync(["a", "b"])));
        Assert.Equal(0, await list.CountAsync("a"));
        Assert.Equal([0L], (IEnumerable<long>)await list.CountAsync(["a"]));
        await Assert.ThrowsAsync<SketchMissingException>(async () => await list.AddAsync("a"));
        await Assert.ThrowsAsync<SketchMissingException>(async () => await list.AddAsync(["a"]));
        await Assert.ThrowsAsync<SketchMissingException>(async () => await list.IncrementAsync("a", 2));
        await Assert.ThrowsAsync<SketchMissingException>(async () => await list.IncrementAsync([new("a", 2)]));
        Assert.False(await list.ExistsAsync());
    });

    [Fact]
    public Task Arguments_out_of_range_are_refused() => RunAsync(async keyspace =>
    {
        var list = keyspace.TopK("t");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.ReserveAsync(0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.ReserveAsync(1, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.ReserveAsync(1, 1, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.ReserveAsync(1, 1, 1, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.IncrementAsync("a", 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.IncrementAsync("a", 100_001));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await list.AddAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await list.IncrementAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await list.ContainsAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await list.CountAsync([]));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("string", "x");
        var list = keyspace.TopK("string");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.ReserveAsync(3));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.AddAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.IncrementAsync("a", 2));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.ContainsAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.CountAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.GetItemsAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.GetInfoAsync());
        Assert.Equal("x", await TextAsync(keyspace, "string"));
    });
}
