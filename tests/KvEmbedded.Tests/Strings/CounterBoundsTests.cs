namespace KvEmbedded.Tests.Strings;

public sealed class CounterBoundsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task An_increment_beyond_the_bound_is_refused_and_changes_nothing()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        await counter.SetAsync(99, Minute);
        var options = new IncrementOptions { Max = 100, Expiration = 10 * Minute, ExpireWhen = ExpireCounterWhen.Always };
        Assert.Equal(new IncrementResult(99, 0, IsRefused: true), await counter.IncrementAsync(5, options));
        Assert.Equal((99, (TimeSpan?)Minute), (await counter.GetAsync(), await world.GetTimeToLiveAsync("n")));
        var last = await counter.IncrementAsync(1, options);
        Assert.Equal((100, 1, false), (last.Value, last.Added, last.IsRefused));
        Assert.Equal(10 * Minute, await world.GetTimeToLiveAsync("n"));
    }

    [Fact]
    public async Task A_refused_increment_does_not_create_the_key()
    {
        await using var world = new StringWorld();
        Assert.Equal(
            new IncrementResult(0, 0, IsRefused: true), await world.Keyspace.Counter("n").IncrementAsync(5, new IncrementOptions { Max = 4 }));
        Assert.Null(await world["n"].GetAsync());
    }

    [Fact]
    public async Task A_saturating_increment_stops_at_the_bound_and_says_how_far_it_came()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        var options = new IncrementOptions { Min = -10, Max = 100, AtBound = AtBound.Saturate };
        Assert.Equal(new IncrementResult(-10, -10, IsRefused: false), await counter.IncrementAsync(-1_000, options));
        Assert.Equal(new IncrementResult(100, 110, IsRefused: false), await counter.IncrementAsync(1_000, options));
        Assert.Equal(new IncrementResult(100, 0, IsRefused: false), await counter.IncrementAsync(1, options));
        Assert.Equal(new IncrementResult(60, -40, IsRefused: false), await counter.IncrementAsync(-40, options));
    }

    [Fact]
    public async Task Without_bounds_the_range_of_the_integers_is_the_bound()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        await counter.SetAsync(long.MaxValue - 3);
        Assert.Equal(new IncrementResult(long.MaxValue - 3, 0, IsRefused: true), await counter.IncrementAsync(4, new IncrementOptions()));
        Assert.Equal(
            new IncrementResult(long.MaxValue, 3, IsRefused: false),
            await counter.IncrementAsync(4, new IncrementOptions { AtBound = AtBound.Saturate }));
    }

    [Fact]
    public async Task A_number_outside_the_bounds_counts_by_its_result()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        await counter.SetAsync(200);
        Assert.Equal(new IncrementResult(200, 0, IsRefused: true), await counter.IncrementAsync(-1, new IncrementOptions { Max = 100 }));
        Assert.Equal(
            new IncrementResult(100, -100, IsRefused: false),
            await counter.IncrementAsync(1, new IncrementOptions { Max = 100, AtBound = AtBound.Saturate }));
    }

    [Fact]
    public async Task A_way_to_the_bound_that_is_too_long_for_a_number_is_an_error()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        await counter.SetAsync(long.MaxValue);
        var error = await Assert.ThrowsAsync<NumberOverflowException>(
            async () => await counter.IncrementAsync(1, new IncrementOptions { Max = -2, AtBound = AtBound.Saturate }));
        Assert.Contains("-9223372036854775809", error.Message, StringComparison.Ordinal);
        Assert.Equal(long.MaxValue, await counter.GetAsync());
    }

    [Fact]
    public async Task Bounds_that_are_upside_down_are_a_mistake()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        var error = Assert.Throws<ArgumentException>(() => counter.IncrementAsync(1, new IncrementOptions { Min = 2, Max = 1 }));
        Assert.Equal("Min is 2 and Max is 1. Give a lower bound that is not above the upper one. (Parameter 'options')", error.Message);
        Assert.Throws<ArgumentNullException>(() => counter.IncrementAsync(1, null!));
    }

    [Theory]
    [InlineData(ExpireCounterWhen.Created, null, null)]
    [InlineData(ExpireCounterWhen.Created, 60, 60)]
    [InlineData(ExpireCounterWhen.WithoutExpiration, null, 10)]
    [InlineData(ExpireCounterWhen.WithoutExpiration, 60, 60)]
    [InlineData(ExpireCounterWhen.Always, null, 10)]
    [InlineData(ExpireCounterWhen.Always, 60, 10)]
    public async Task The_expiration_is_for_the_keys_it_is_meant_for(ExpireCounterWhen when, int? before, int? after)
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        var options = new IncrementOptions { Expiration = TimeSpan.FromSeconds(10), ExpireWhen = when };
        await world.Keyspace.Counter("new").IncrementAsync(1, options);
        Assert.Equal(TimeSpan.FromSeconds(10), await world.GetTimeToLiveAsync("new"));

        await counter.SetAsync(1, before is { } seconds ? TimeSpan.FromSeconds(seconds) : Expiration.Never);
        Assert.Equal(2, (await counter.IncrementAsync(1, options)).Value);
        Assert.Equal(after is { } left ? TimeSpan.FromSeconds(left) : null, await world.GetTimeToLiveAsync("n"));
    }

    [Fact]
    public async Task The_time_to_live_is_kept_by_default_and_can_be_taken_away()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        await counter.SetAsync(1, Minute);
        await counter.IncrementAsync(1, new IncrementOptions());
        Assert.Equal(Minute, await world.GetTimeToLiveAsync("n"));
        await counter.IncrementAsync(1, new IncrementOptions { Expiration = Expiration.Never, ExpireWhen = ExpireCounterWhen.Always });
        Assert.Null(await world.GetTimeToLiveAsync("n"));
    }

    // A fixed window of 3 calls: the window is opened by the first call, and never by a refused one.
    [Fact]
    public async Task A_window_counter_lets_through_what_fits_and_opens_anew_when_it_has_expired()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("limit:alice");
        var options = new IncrementOptions { Max = 3, Expiration = Minute };
        for (var window = 0; window < 3; window++)
        {
            var refused = new List<bool>();
            for (var call = 0; call < 5; call++) refused.Add((await counter.IncrementAsync(1, options)).IsRefused);
            Assert.Equal([false, false, false, true, true], refused);
            Assert.Equal(Minute, await world.GetTimeToLiveAsync("limit:alice"));
            world.Time.Advance(Minute);
        }
    }
}
