namespace KvEmbedded.Conformance;

/// <summary><see cref="ICounter"/>.</summary>
public abstract class CounterContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public Task A_missing_counter_counts_from_0() => RunAsync(async keyspace =>
    {
        var counter = keyspace.Counter("a");

        Assert.Null(await counter.GetAsync());
        Assert.Null(await counter.GetFloatAsync());
        Assert.Equal(1, await counter.IncrementAsync());
        Assert.Equal(11, await counter.IncrementAsync(10));
        Assert.Equal(9, await counter.DecrementAsync(2));
        Assert.Equal(8, await counter.DecrementAsync());
        Assert.Equal(8, await counter.GetAsync());
        Assert.Equal(-2, await counter.IncrementAsync(-10));
    });

    [Fact]
    public Task Adding_0_makes_the_key() => RunAsync(async keyspace =>
    {
        Assert.Equal(0, await keyspace.Counter("a").IncrementAsync(0));
        Assert.True(await keyspace.Keys.ExistsAsync("a"));
    });

    [Fact]
    public Task A_counter_is_set_and_reset() => RunAsync(async keyspace =>
    {
        var counter = keyspace.Counter("a");

        Assert.Null(await counter.GetAndResetAsync());
        Assert.Equal(0, await counter.GetAsync());
        Assert.True(await counter.SetAsync(41, Hour));
        Assert.False(await counter.SetAsync(42, when: SetWhen.Missing));
        Assert.Equal(41, await counter.GetAndResetAsync(Expiration.Keep));
        Assert.NotNull(await counter.GetTimeToLiveAsync());
        Assert.Equal(0, await counter.GetAndResetAsync());
        Assert.Null(await counter.GetTimeToLiveAsync());
    });

    [Fact]
    public Task Only_a_call_that_creates_the_counter_says_when_it_ends() => RunAsync(async keyspace =>
    {
        var counter = keyspace.Counter("a");

        await counter.IncrementAsync(1, Hour);
        await counter.IncrementAsync(1, TimeSpan.FromDays(1));
        await counter.DecrementAsync(1, TimeSpan.FromDays(1));
        await counter.IncrementFloatAsync(1, TimeSpan.FromDays(1));
        Assert.InRange((await counter.GetTimeToLiveAsync())!.Value, TimeSpan.FromMinutes(55), Hour);
    });

    [Theory]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, -1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public Task A_sum_beyond_64_bits_is_an_error_and_changes_nothing(long value, long by) => RunAsync(async keyspace =>
    {
        var counter = keyspace.Counter("a");
        await counter.SetAsync(value);

        await Assert.ThrowsAsync<NumberOverflowException>(async () => await counter.IncrementAsync(by));
        Assert.Equal(value, await counter.GetAsync());
    });

    [Fact]
    public Task The_least_number_cannot_be_taken_away() => RunAsync(async keyspace =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Counter("a").DecrementAsync(long.MinValue)));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(" 1")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("9223372036854775808")]
    public Task A_string_that_is_no_integer_is_an_error_and_stays(string text) => RunAsync(async keyspace =>
    {
        var counter = keyspace.Counter("a");
        await keyspace.Strings.SetAsync("a", text);

        await Assert.ThrowsAsync<NotANumberException>(async () => await counter.IncrementAsync());
        await Assert.ThrowsAsync<NotANumberException>(async () => await counter.DecrementAsync());
        await Assert.ThrowsAsync<NotANumberException>(async () => await counter.GetAsync());
        await Assert.ThrowsAsync<NotANumberException>(async () => await counter.GetAndResetAsync());
        Assert.Equal(text, await TextAsync(keyspace, "a"));
    });

    [Fact]
    public Task Numbers_that_are_not_whole_add_up() => RunAsync(async keyspace =>
    {
        var counter = keyspace.Counter("a");

        Assert.Equal(10.5, await counter.IncrementFloatAsync(10.5));
        Assert.Equal(8.25, await counter.IncrementFloatAsync(-2.25));
        Assert.Equal(8.25, await counter.GetFloatAsync());
        Assert.Equal("8.25", await TextAsync(keyspace, "a"));
        Assert.Equal(8, await counter.IncrementFloatAsync(-0.25));
        Assert.Equal(9, await counter.IncrementAsync());
    });

    [Fact]
    public Task What_is_not_finite_cannot_be_added() => RunAsync(async keyspace =>
    {
        var counter = keyspace.Counter("a");
        await keyspace.Strings.SetAsync("a", "text");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await counter.IncrementFloatAsync(double.NaN));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await counter.IncrementFloatAsync(double.PositiveInfinity));
        await Assert.ThrowsAsync<NotANumberException>(async () => await counter.IncrementFloatAsync(1));
        await Assert.ThrowsAsync<NotANumberException>(async () => await counter.GetFloatAsync());
        Assert.Equal("text", await TextAsync(keyspace, "a"));
    });

    [Fact]
    public Task A_bound_refuses_or_stops_the_number() => RunAsync(async keyspace =>
    {
        var counter = keyspace.Counter("a");
        var refusing = new IncrementOptions { Min = 0, Max = 10 };

        Assert.Equal(new IncrementResult(7, 7, false), await counter.IncrementAsync(7, refusing));
        Assert.Equal(new IncrementResult(7, 0, true), await counter.IncrementAsync(4, refusing));
        Assert.Equal(new IncrementResult(10, 3, false), await counter.IncrementAsync(4, refusing with { AtBound = AtBound.Saturate }));
        Assert.Equal(new IncrementResult(10, 0, true), await counter.IncrementAsync(-11, refusing));
        Assert.Equal(10, await counter.GetAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await counter.IncrementAsync(1, new IncrementOptions { Min = 1, Max = 0 }));
    });

    [Fact]
    public Task A_refused_addition_makes_no_key() => RunAsync(async keyspace =>
    {
        Assert.True((await keyspace.Counter("a").IncrementAsync(5, new IncrementOptions { Max = 4 })).IsRefused);
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
    });

    [Fact]
    public Task An_addition_within_bounds_may_say_when_the_key_ends() => RunAsync(async keyspace =>
    {
        var counter = keyspace.Counter("a");
        await counter.SetAsync(1);

        await counter.IncrementAsync(1, new IncrementOptions { Expiration = Hour });
        Assert.Null(await counter.GetTimeToLiveAsync());
        await counter.IncrementAsync(1, new IncrementOptions { Expiration = Hour, ExpireWhen = ExpireCounterWhen.WithoutExpiration });
        Assert.InRange((await counter.GetTimeToLiveAsync())!.Value, TimeSpan.FromMinutes(55), Hour);
        await counter.IncrementAsync(1, new IncrementOptions { Expiration = 2 * Hour, ExpireWhen = ExpireCounterWhen.WithoutExpiration });
        Assert.InRange((await counter.GetTimeToLiveAsync())!.Value, TimeSpan.FromMinutes(55), Hour);
        await counter.IncrementAsync(1, new IncrementOptions { Expiration = 2 * Hour, ExpireWhen = ExpireCounterWhen.Always });
        Assert.InRange((await counter.GetTimeToLiveAsync())!.Value, TimeSpan.FromMinutes(115), 2 * Hour);
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error() => RunAsync(async keyspace =>
    {
        await PutSortedSetAsync(keyspace, "a");
        var counter = keyspace.Counter("a");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await counter.GetAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await counter.GetFloatAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await counter.IncrementAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await counter.IncrementAsync(1, new IncrementOptions()));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await counter.DecrementAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await counter.IncrementFloatAsync(1));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await counter.GetAndResetAsync());
        Assert.Equal(KeyType.SortedSet, await keyspace.Keys.GetTypeAsync("a"));
    });
}
