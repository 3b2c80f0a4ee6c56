using System.Text;

namespace KvEmbedded.Tests.Strings;

public sealed class StringEditTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Append_creates_a_missing_key_even_with_nothing()
    {
        await using var world = new StringWorld();
        Assert.Equal(0, await world["a"].AppendAsync(""));
        Assert.Equal("", await world.TextAsync("a"));
        Assert.Equal(2, await world["b"].AppendAsync("xy"));
        Assert.Equal("xy", await world.TextAsync("b"));
    }

    [Fact]
    public async Task Append_keeps_the_time_to_live_and_appends_to_numbers_as_text()
    {
        await using var world = new StringWorld();
        await world.Keyspace.Counter("a").SetAsync(-4, Minute);
        Assert.Equal(3, await world["a"].AppendAsync(2));
        Assert.Equal(("-42", (TimeSpan?)Minute), (await world.TextAsync("a"), await world.GetTimeToLiveAsync("a")));
        Assert.Equal(-41, await world.Keyspace.Counter("a").IncrementAsync());
    }

    [Fact]
    public async Task Set_range_fills_a_gap_with_zeros_and_keeps_the_time_to_live()
    {
        await using var world = new StringWorld();
        Assert.Equal(4, await world["a"].SetRangeAsync(3, "x"));
        Assert.Equal("\0\0\0x", await world.TextAsync("a"));
        await world["b"].SetAsync("Hello World", Minute);
        Assert.Equal(11, await world["b"].SetRangeAsync(6, "Redis"));
        Assert.Equal(("Hello Redis", (TimeSpan?)Minute), (await world.TextAsync("b"), await world.GetTimeToLiveAsync("b")));
        Assert.Equal(14, await world["b"].SetRangeAsync(12, "!!"));
        Assert.Equal("Hello Redis\0!!", await world.TextAsync("b"));
    }

    [Fact]
    public async Task Set_range_with_nothing_changes_nothing_and_creates_nothing()
    {
        await using var world = new StringWorld();
        Assert.Equal(0, await world["a"].SetRangeAsync(5, ""));
        Assert.Null(await world["a"].GetAsync());
        await world["a"].SetAsync("abc");
        Assert.Equal(3, await world["a"].SetRangeAsync(5, ""));
        Assert.Equal("abc", await world.TextAsync("a"));
    }

    [Fact]
    public async Task Set_range_refuses_a_negative_offset()
    {
        await using var world = new StringWorld();
        Assert.Throws<ArgumentOutOfRangeException>(() => world["a"].SetRangeAsync(-1, "x"));
        Assert.Null(await world["a"].GetAsync());
    }

    [Fact]
    public async Task Set_range_at_the_greatest_offset_is_refused_before_anything_is_allocated()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync("abc");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = await Assert.ThrowsAsync<ValueTooLongException>(async () => await world["a"].SetRangeAsync(int.MaxValue, "xyz"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(int.MaxValue + 3L, error.Length);
        Assert.Equal("abc", await world.TextAsync("a"));
    }

    [Theory]
    [InlineData("Hello", 0, false, 0, true, "Hello")]
    [InlineData("Hello", 1, false, 3, false, "el")]
    [InlineData("Hello", 3, true, 100, false, "llo")]
    [InlineData("Hello", 100, true, 2, false, "He")]
    [InlineData("Hello", 3, false, 2, false, "")]
    [InlineData("Hello", 10, false, 20, false, "")]
    [InlineData("Hello", 1, true, 2, true, "")]
    [InlineData("Hello", 0, false, 98, true, "")]
    [InlineData("-1234", 1, false, 3, false, "12")]
    [InlineData("", 0, false, 0, true, "")]
    public async Task Get_range_moves_ends_that_lie_outside(string value, int start, bool startFromEnd, int end, bool endFromEnd, string expected)
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(value);
        var range = new Range(new Index(start, startFromEnd), new Index(end, endFromEnd));
        Assert.Equal(expected, (await world["a"].GetRangeAsync(range)).ToString());
        Assert.Equal(expected, await world.Keyspace.TransactAsync(async tx => (await tx.String("a").GetRangeAsync(range)).ToString()));
    }

    [Fact]
    public async Task Get_range_of_a_counter_is_a_range_of_its_text()
    {
        await using var world = new StringWorld();
        await world.Keyspace.Counter("n").SetAsync(-98765);
        Assert.Equal("876", (await world["n"].GetRangeAsync(2..5)).ToString());
        Assert.Equal(6, await world["n"].GetLengthAsync());
    }

    [Fact]
    public async Task Get_range_and_length_of_a_missing_key_are_empty()
    {
        await using var world = new StringWorld();
        Assert.Equal(KvValue.Empty, await world["a"].GetRangeAsync(..));
        Assert.Equal(0, await world["a"].GetLengthAsync());
    }

    // The border between records and blobs is at 16 KiB.
    [Theory]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    public async Task A_string_may_cross_the_border_of_short_and_long(int length)
    {
        await using var world = new StringWorld();
        var text = new string('a', length);
        await world["a"].SetAsync(text, Minute);
        Assert.Equal(length, await world["a"].GetLengthAsync());
        Assert.Equal(length + 2, await world["a"].AppendAsync("bc"));
        Assert.Equal(text + "bc", await world.TextAsync("a"));
        Assert.Equal("abc", (await world["a"].GetRangeAsync(^3..)).ToString());
        Assert.Equal("aaa", (await world["a"].GetRangeAsync(1..4)).ToString());
        Assert.Equal(Minute, await world.GetTimeToLiveAsync("a"));
        Assert.Equal(length + 2, await world["a"].SetRangeAsync(1, "zz"));
        Assert.Equal("azza", (await world["a"].GetRangeAsync(..4)).ToString());
        world.Time.Advance(Minute);
        Assert.Null(await world["a"].GetAsync());
    }

    [Fact]
    public async Task Set_range_far_out_makes_a_long_string_of_zeros()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync("start");
        Assert.Equal(100_001, await world["a"].SetRangeAsync(100_000, "x"));
        var expected = new byte[100_001];
        Encoding.ASCII.GetBytes("start", expected);
        expected[^1] = (byte)'x';
        Assert.Equal(expected, (await world["a"].GetAsync())!.Value.ToArray());
        Assert.Equal(100_001, await world["a"].GetLengthAsync());
    }

    [Fact]
    public async Task A_long_string_is_set_short_again()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(new byte[50_000]);
        var before = world.Keyspace.Store.Dispatcher.Turn.MemoryBytes;
        await world["a"].SetAsync("7");
        Assert.Equal(8, await world.Keyspace.Counter("a").IncrementAsync());
        Assert.InRange(before - world.Keyspace.Store.Dispatcher.Turn.MemoryBytes, 50_000, 50_300);
    }

    [Fact]
    public async Task Memory_at_its_limit_refuses_to_grow_a_string_and_changes_nothing()
    {
        await using var world = new StringWorld(options => options.MemoryLimitBytes = 1_048_576);
        await world["short"].SetAsync("x");
        await world["big"].SetAsync(new byte[900_000]);
        await world["long"].SetAsync(new byte[200_000]);
        async Task RefusedAsync<T>(Func<ValueTask<T>> command) =>
            Assert.Matches(
                "^The keyspace holds [0-9]+ bytes(, [0-9]+ more are asked for,)? and its limit is 1048576, so key '[a-z]+' was not written. " +
                "Delete keys, give them a time to live, or raise KeyspaceOptions.MemoryLimitBytes.$",
                (await Assert.ThrowsAsync<MemoryLimitException>(async () => await command())).Message);

        await RefusedAsync(() => world["short"].SetAsync("y"));
        await RefusedAsync(() => world["short"].AppendAsync("y"));
        await RefusedAsync(() => world["short"].SetRangeAsync(20_000, "y"));
        await RefusedAsync(() => world["long"].AppendAsync("y"));
        await RefusedAsync(() => world.Keyspace.Counter("n").IncrementAsync());
        await RefusedAsync(() => world.Keyspace.Counter("n").IncrementFloatAsync(1));
        await RefusedAsync(() => world.Keyspace.Strings.SetAsync([new("p", 1), new("q", 2)]));
        Assert.Equal("x", await world.TextAsync("short"));
        Assert.Equal(200_000, await world["long"].GetLengthAsync());
        Assert.Equal(3, world.Keyspace.Store.Table.Count);
        Assert.NotNull(await world["big"].GetAndDeleteAsync());
        Assert.True(await world["short"].SetAsync("y"));
    }
}
