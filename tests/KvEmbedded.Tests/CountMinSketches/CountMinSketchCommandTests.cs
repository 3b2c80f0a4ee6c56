using KvEmbedded.CountMinSketches;
using KvEmbedded.Tests.SortedSets;

namespace KvEmbedded.Tests.CountMinSketches;

public sealed class CountMinSketchCommandTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did()
    {
        await using var world = new BoardWorld();
        await using var events = world.Note();
        var sketch = world.Keyspace.CountMinSketch("m");

        await sketch.CreateAsync(100, 5);
        await world.Keyspace.CountMinSketch("n").CreateForErrorAsync(0.02, 0.05);
        Assert.Equal("CountMinSketchCreated m, CountMinSketchCreated n", await events.TakeAsync());
        await sketch.IncrementAsync("a");
        await sketch.IncrementAsync([new("a", 1), new("b", 2)]);
        await sketch.CountAsync("a");
        Assert.Equal("CountMinSketchIncremented m, CountMinSketchIncremented m", await events.TakeAsync());
        await world.Keyspace.CountMinSketch("n").MergeAsync(["m"]);
        Assert.Equal("CountMinSketchMerged n", await events.TakeAsync());
    }

    [Fact]
    public async Task A_sketch_must_have_been_made()
    {
        await using var world = new BoardWorld();
        var sketch = world.Keyspace.CountMinSketch("m");

        var exception = await Assert.ThrowsAsync<SketchMissingException>(async () => await sketch.IncrementAsync("a"));
        Assert.Equal(
            "Key 'm' does not exist, but this operation needs a CountMinSketch that has been made. Make it first, with the sizes it shall have.",
            exception.Message);
        Assert.Equal((KeyType.CountMinSketch, "m"), (exception.Type, exception.Key.ToString()));
        await Assert.ThrowsAsync<SketchMissingException>(async () => await sketch.IncrementAsync([new("a")]));
        await Assert.ThrowsAsync<SketchMissingException>(async () => await sketch.MergeAsync(["m"]));
        await sketch.CreateAsync(10, 2);
        exception = await Assert.ThrowsAsync<SketchMissingException>(async () => await sketch.MergeAsync(["m", "n"]));
        Assert.Equal("n", exception.Key.ToString());
        var exists = await Assert.ThrowsAsync<SketchExistsException>(async () => await sketch.CreateForErrorAsync(0.1, 0.1));
        Assert.StartsWith("Key 'm' holds a CountMinSketch already,", exists.Message);
    }

    [Fact]
    public async Task Only_sketches_of_one_size_are_merged()
    {
        await using var world = new BoardWorld();
        await world.Keyspace.CountMinSketch("m").CreateAsync(10, 2);
        await world.Keyspace.CountMinSketch("n").CreateAsync(10, 3);

        var exception = await Assert.ThrowsAsync<SketchMismatchException>(async () => await world.Keyspace.CountMinSketch("m").MergeAsync(["m", "n"]));
        Assert.Equal(
            "Key 'm' holds 2 rows of 10 counters and key 'n' 3 rows of 10. " +
            "Only sketches of the same width and depth can be merged; make them with the same sizes.",
            exception.Message);
        Assert.Equal(("m", "n"), (exception.Key.ToString(), exception.OtherKey.ToString()));
    }

    [Fact]
    public async Task A_counter_that_would_leave_its_range_says_so()
    {
        await using var world = new BoardWorld();
        var sketch = world.Keyspace.CountMinSketch("m");
        await sketch.CreateAsync(10, 2);
        await sketch.IncrementAsync("a", uint.MaxValue);

        var exception = await Assert.ThrowsAsync<NumberOverflowException>(async () => await sketch.IncrementAsync("a"));
        Assert.Equal(
            "Adding at key 'm' would give a counter above 4294967295 or a count of 2^63 and more, which is outside the counters of a count-min sketch. " +
            "Nothing was changed; add less, or reset the number first.",
            exception.Message);
        await Assert.ThrowsAsync<NumberOverflowException>(async () => await sketch.IncrementAsync([new("b"), new("a")]));
        await Assert.ThrowsAsync<NumberOverflowException>(async () => await sketch.MergeAsync(["m", "m"]));
        Assert.Equal(uint.MaxValue, (await sketch.GetInfoAsync())!.Count);
    }

    [Fact]
    public async Task Arguments_are_checked_first()
    {
        await using var world = new BoardWorld();
        var sketch = world.Keyspace.CountMinSketch("m");

        await SaysAsync("The width of a count-min sketch is 1 to 4294967296 counters. (Parameter 'width')", sketch.CreateAsync, 0L, 1);
        await SaysAsync("The depth of a count-min sketch is 1 to 1024 rows. (Parameter 'depth')", sketch.CreateAsync, 1L, 1025);
        await SaysAsync("1024 rows of 4294967296 counters are more than the 4294967296 counters that are allowed. Ask for less. (Parameter 'width')", sketch.CreateAsync, 1L << 32, 1024);
        await SaysAsync("A share is above 0 and below 1. 0.01 is usual. (Parameter 'errorRate')", sketch.CreateForErrorAsync, 0.0, 0.5);
        await SaysAsync("A share is above 0 and below 1. 0.01 is usual. (Parameter 'errorProbability')", sketch.CreateForErrorAsync, 0.5, 1.0);
        await SaysAsync("A share of 1E-12 takes more than the 4294967296 counters that are allowed. Ask for a larger one. (Parameter 'errorRate')", sketch.CreateForErrorAsync, 1e-12, 0.5);
        Assert.StartsWith(
            "An increment is at least 1. (Parameter 'by')",
            (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sketch.IncrementAsync("a", 0))).Message);
        Assert.StartsWith(
            "An increment is at least 1. (Parameter 'increments')",
            (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sketch.IncrementAsync([new("a", -1)]))).Message);
        Assert.StartsWith(
            "There are 1 weights for 2 sources. Give one for each.",
            (await Assert.ThrowsAsync<ArgumentException>(async () => await sketch.MergeAsync(["a", "b"], [1]))).Message);
        Assert.StartsWith(
            "A weight is 0 or more: what was counted cannot be taken back.",
            (await Assert.ThrowsAsync<ArgumentException>(async () => await sketch.MergeAsync(["a"], [-1]))).Message);

        static async Task SaysAsync<TFirst, TSecond>(
            string text, Func<TFirst, TSecond, CancellationToken, ValueTask> create, TFirst first, TSecond second) =>
            Assert.StartsWith(text, (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await create(first, second, default))).Message);
    }

    [Fact]
    public async Task A_transaction_that_fails_has_changed_nothing()
    {
        await using var world = new BoardWorld();
        var sketch = world.Keyspace.CountMinSketch("m");
        await sketch.CreateAsync(10, 2);
        await sketch.IncrementAsync("a", 5);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            var inside = tx.CountMinSketch("m");
            await inside.IncrementAsync([new("a", 1), new("b", 2)]);
            await inside.MergeAsync(["m", "m"]);
            await inside.IncrementAsync("c");
            throw new InvalidOperationException();
        }));

        Assert.Equal([5L, 0, 0], (IEnumerable<long>)await sketch.CountAsync(["a", "b", "c"]));
        Assert.Equal(5, (await sketch.GetInfoAsync())!.Count);
    }

    [Fact]
    public async Task Its_sizes_and_what_was_counted_are_told()
    {
        await using var world = new BoardWorld();
        await world.Keyspace.CountMinSketch("m").CreateForErrorAsync(0.01, 0.25);
        var increment = new ItemIncrement("a", 7);
        await world.Keyspace.CountMinSketch("m").IncrementAsync(increment.Item, increment.By);

        var info = (await world.Keyspace.CountMinSketch("m").GetInfoAsync())!;
        Assert.Equal((200L, 2, 7L), (info.Width, info.Depth, info.Count));
        Assert.Equal(1, new ItemIncrement("a").By);
    }
}

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class CountMinSketchMemoryTests
{
    [Theory]
    [InlineData(10, 2)]
    [InlineData(2_000, 7)]
    [InlineData(200_000, 5)]
    public void Memory_is_what_the_garbage_collector_says(int width, int depth)
    {
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, Math.Max(1, 500_000 / (width * depth))).Select(_ => Filled(width, depth)).ToArray(),
            static sketches => sketches.Sum(static sketch => sketch.MemoryBytes));

        Assert.InRange(ratio, 0.97, 1.03);
    }

    private static CountMinGrid Filled(int width, int depth)
    {
        var sketch = new CountMinGrid(width, depth);
        for (var number = 0; number < Math.Min(width, 10_000); number++) sketch.TryIncrement([(Records.Items.Item(number), 1)], new long[1]);
        return sketch;
    }
}
