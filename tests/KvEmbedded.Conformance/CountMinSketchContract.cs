namespace KvEmbedded.Conformance;

/// <summary><see cref="ICountMinSketch"/>.</summary>
public abstract class CountMinSketchContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static async ValueTask<ICountMinSketch> MakeAsync(IKeyspace keyspace, KvKey key, params ItemIncrement[] increments)
    {
        var sketch = keyspace.CountMinSketch(key);
        await sketch.CreateAsync(1_000, 5);
        if (increments.Length > 0) await sketch.IncrementAsync(increments);
        return sketch;
    }

    [Fact]
    public Task Items_are_counted() => RunAsync(async keyspace =>
    {
        var sketch = await MakeAsync(keyspace, "m");

        Assert.Equal(1, await sketch.IncrementAsync("a"));
        Assert.Equal(10, await sketch.IncrementAsync("a", 9));
        Assert.Equal([12L, 5, 6], (IEnumerable<long>)await sketch.IncrementAsync([new("a", 2), new("b", 5), new("b")]));
        Assert.Equal(12, await sketch.CountAsync("a"));
        Assert.Equal([6L, 0, 12], (IEnumerable<long>)await sketch.CountAsync(["b", "c", "a"]));
        Assert.Equal(new CountMinSketchInfo(1_000, 5, 18), await sketch.GetInfoAsync());
        Assert.Equal(KeyType.CountMinSketch, await keyspace.Keys.GetTypeAsync("m"));
    });

    [Fact]
    public Task Counts_are_never_too_low() => RunAsync(async keyspace =>
    {
        var sketch = keyspace.CountMinSketch("m");
        await sketch.CreateAsync(8, 2);
        await sketch.IncrementAsync([.. Enumerable.Range(1, 100).Select(static number => new ItemIncrement(number, number))]);

        var counts = await sketch.CountAsync([.. Enumerable.Range(1, 100).Select(static number => (KvValue)number)]);
        Assert.All(Enumerable.Range(1, 100), number => Assert.InRange(counts[number - 1], number, 5050));
    });

    [Fact]
    public Task A_sketch_is_made_for_a_promise() => RunAsync(async keyspace =>
    {
        var sketch = keyspace.CountMinSketch("m");
        await sketch.CreateForErrorAsync(0.001, 0.01);

        Assert.Equal(new CountMinSketchInfo(2_000, 7, 0), await sketch.GetInfoAsync());
        await Assert.ThrowsAsync<SketchExistsException>(async () => await sketch.CreateForErrorAsync(0.001, 0.01));
        await Assert.ThrowsAsync<SketchExistsException>(async () => await sketch.CreateAsync(10, 2));
    });

    [Fact]
    public Task A_missing_sketch_has_seen_nothing_and_is_not_written_to() => RunAsync(async keyspace =>
    {
        var sketch = keyspace.CountMinSketch("m");

        Assert.Equal(0, await sketch.CountAsync("a"));
        Assert.Equal([0L, 0], (IEnumerable<long>)await sketch.CountAsync(["a", "b"]));
        Assert.Null(await sketch.GetInfoAsync());
        await Assert.ThrowsAsync<SketchMissingException>(async () => await sketch.IncrementAsync("a"));
        await Assert.ThrowsAsync<SketchMissingException>(async () => await sketch.IncrementAsync([new("a")]));
        await Assert.ThrowsAsync<SketchMissingException>(async () => await sketch.MergeAsync(["m"]));
        Assert.False(await sketch.ExistsAsync());
    });

    [Fact]
    public Task Sketches_are_merged_with_weights() => RunAsync(async keyspace =>
    {
        await MakeAsync(keyspace, "one", new("a", 1), new("b", 2));
        await MakeAsync(keyspace, "two", new("b", 10), new("c", 20));
        var sum = await MakeAsync(keyspace, "sum", new ItemIncrement("z", 99));

        await sum.MergeAsync(["one", "two"]);
        Assert.Equal([1L, 12, 20, 0], (IEnumerable<long>)await sum.CountAsync(["a", "b", "c", "z"]));
        await sum.MergeAsync(["one", "two"], [3, 2]);
        Assert.Equal([3L, 26, 40, 0], (IEnumerable<long>)await sum.CountAsync(["a", "b", "c", "z"]));
        Assert.Equal(69, (await sum.GetInfoAsync())!.Count);
        await Assert.ThrowsAsync<SketchMissingException>(async () => await sum.MergeAsync(["one", "missing"]));
        await keyspace.CountMinSketch("other").CreateAsync(10, 2);
        await Assert.ThrowsAsync<SketchMismatchException>(async () => await sum.MergeAsync(["one", "other"]));
        Assert.Equal(69, (await sum.GetInfoAsync())!.Count);
    });

    [Fact]
    public Task A_counter_that_would_leave_its_range_is_an_error() => RunAsync(async keyspace =>
    {
        var sketch = await MakeAsync(keyspace, "m", new ItemIncrement("a", 4_000_000_000));

        await Assert.ThrowsAsync<NumberOverflowException>(async () => await sketch.IncrementAsync("a", 1_000_000_000));
    });

    [Fact]
    public Task Arguments_out_of_range_are_refused() => RunAsync(async keyspace =>
    {
        var sketch = keyspace.CountMinSketch("m");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sketch.CreateAsync(0, 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sketch.CreateAsync(1, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sketch.CreateForErrorAsync(0, 0.1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sketch.CreateForErrorAsync(0.1, 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sketch.IncrementAsync("a", 0));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await sketch.IncrementAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await sketch.CountAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await sketch.MergeAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await sketch.MergeAsync(["a"], [1, 2]));
        Assert.False(await sketch.ExistsAsync());
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("string", "x");
        var sketch = keyspace.CountMinSketch("string");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await sketch.CreateAsync(10, 2));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await sketch.IncrementAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await sketch.CountAsync("a"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await sketch.GetInfoAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await (await MakeAsync(keyspace, "m")).MergeAsync(["string"]));
        Assert.Equal("x", await TextAsync(keyspace, "string"));
    });
}
