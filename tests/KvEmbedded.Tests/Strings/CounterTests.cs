namespace KvEmbedded.Tests.Strings;

public sealed class CounterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_missing_counter_reads_as_null_and_counts_from_zero()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        Assert.Null(await counter.GetAsync());
        Assert.Null(await counter.GetFloatAsync());
        Assert.Equal(1, await counter.IncrementAsync());
        Assert.Equal(11, await counter.IncrementAsync(10));
        Assert.Equal(8, await counter.DecrementAsync(3));
        Assert.Equal(7, await counter.DecrementAsync());
        Assert.Equal(7, await counter.GetAsync());
        Assert.Equal(7.0, await counter.GetFloatAsync());
        Assert.Equal("7", await world.TextAsync("n"));
        Assert.Equal("n", counter.Key.ToString());
    }

    [Fact]
    public async Task A_counter_is_a_string_that_spells_an_integer()
    {
        await using var world = new StringWorld();
        await world["n"].SetAsync("41");
        Assert.Equal(42, await world.Keyspace.Counter("n").IncrementAsync());
        await world["n"].SetAsync("-9223372036854775808");
        Assert.Equal(long.MinValue, await world.Keyspace.Counter("n").GetAsync());
        Assert.Equal(-1, await world.Keyspace.Counter("n").IncrementAsync(long.MaxValue));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("-0")]
    [InlineData("1.0")]
    [InlineData("9223372036854775808")]
    [InlineData("long")]
    public async Task What_spells_no_integer_is_refused_and_stays(string text)
    {
        await using var world = new StringWorld();
        if (text == "long") text = new string('1', 20_000);
        await world["n"].SetAsync(text, Minute);
        var counter = world.Keyspace.Counter("n");
        await RefusedAsync(() => counter.IncrementAsync());
        await RefusedAsync(() => counter.DecrementAsync());
        await RefusedAsync(() => counter.IncrementAsync(1, new IncrementOptions()));
        await RefusedAsync(() => counter.GetAndResetAsync());
        await RefusedAsync(() => counter.GetAsync());
        Assert.Equal((text, (TimeSpan?)Minute), (await world.TextAsync("n"), await world.GetTimeToLiveAsync("n")));

        static async Task RefusedAsync<T>(Func<ValueTask<T>> command)
        {
            var error = await Assert.ThrowsAsync<NotANumberException>(async () => await command());
            Assert.Equal("Key 'n' holds a string that is not a 64-bit integer. Set the key to a number first, or use another key.", error.Message);
        }
    }

    [Theory]
    [InlineData(long.MaxValue, 1, "9223372036854775808")]
    [InlineData(long.MaxValue, long.MaxValue, "18446744073709551614")]
    [InlineData(long.MinValue, -1, "-9223372036854775809")]
    [InlineData(-2, long.MinValue, "-9223372036854775810")]
    public async Task Overflow_is_an_error_and_the_number_stays(long value, long by, string sum)
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        await counter.SetAsync(value, Minute);
        var error = await Assert.ThrowsAsync<NumberOverflowException>(async () => await counter.IncrementAsync(by));
        Assert.Equal(
            $"Adding at key 'n' would give {sum}, which is outside the 64-bit integers. Nothing was changed; add less, or reset the number first.",
            error.Message);
        Assert.Equal((value, (TimeSpan?)Minute), (await counter.GetAsync(), await world.GetTimeToLiveAsync("n")));
    }

    [Fact]
    public async Task The_edges_of_the_range_are_reached()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        await counter.SetAsync(long.MaxValue - 1);
        Assert.Equal(long.MaxValue, await counter.IncrementAsync());
        Assert.Equal(-1, await counter.IncrementAsync(long.MinValue));
        Assert.Equal(long.MinValue, await counter.DecrementAsync(long.MaxValue));
        Assert.Equal(
            "by", Assert.Throws<ArgumentOutOfRangeException>(() => counter.DecrementAsync(long.MinValue)).ParamName);
        Assert.Equal(long.MinValue, await counter.GetAsync());
    }

    [Fact]
    public async Task Set_follows_its_conditions()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        Assert.False(await counter.SetAsync(1, when: SetWhen.Present));
        Assert.True(await counter.SetAsync(2, Minute, SetWhen.Missing));
        Assert.False(await counter.SetAsync(3, when: SetWhen.Missing));
        Assert.Equal(2, await counter.GetAsync());
        Assert.True(await counter.SetAsync(4, Expiration.Keep));
        Assert.Equal(Minute, await world.GetTimeToLiveAsync("n"));
        Assert.True(await counter.SetAsync(5));
        Assert.Null(await world.GetTimeToLiveAsync("n"));
        await world.PutOtherTypeAsync("n");
        Assert.True(await counter.SetAsync(6));
        Assert.Equal(6, await counter.GetAsync());
    }

    [Fact]
    public async Task Get_and_reset_answers_the_number_before()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        Assert.Null(await counter.GetAndResetAsync());
        Assert.Equal(0, await counter.GetAsync());
        await counter.SetAsync(5, Minute);
        Assert.Equal(5, await counter.GetAndResetAsync(Expiration.Keep));
        Assert.Equal((0, (TimeSpan?)Minute), (await counter.GetAsync(), await world.GetTimeToLiveAsync("n")));
        Assert.Equal(0, await counter.GetAndResetAsync());
        Assert.Null(await world.GetTimeToLiveAsync("n"));
    }

    [Fact]
    public async Task Adding_keeps_the_time_to_live_that_is_there()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("n");
        await counter.SetAsync(1, Minute);
        world.Time.Advance(Minute / 2);
        Assert.Equal(2, await counter.IncrementAsync(1, 10 * Minute));
        Assert.Equal(1, await counter.DecrementAsync(1, 10 * Minute));
        Assert.Equal(1.5, await counter.IncrementFloatAsync(0.5, 10 * Minute));
        Assert.Equal(Minute / 2, await world.GetTimeToLiveAsync("n"));
    }

    // Done in two commands, SET NX EX and INCR, the key may expire between them, and the counter then lives for ever.
    [Fact]
    public async Task A_counter_that_expires_between_two_calls_begins_anew_with_a_full_time_to_live()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("hits");
        Assert.Equal(1, await counter.IncrementAsync(1, Minute));
        world.Time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Equal(2, await counter.IncrementAsync(1, Minute));
        Assert.Equal(TimeSpan.FromTicks(1), await world.GetTimeToLiveAsync("hits"));

        world.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, await counter.IncrementAsync(1, Minute));
        Assert.Equal(Minute, await world.GetTimeToLiveAsync("hits"));
        world.Time.Advance(Minute);
        Assert.Null(await counter.GetAsync());
    }

    [Fact]
    public async Task A_counter_that_was_created_for_ever_stays_for_ever()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("hits");
        await counter.IncrementAsync();
        await counter.IncrementAsync(1, Minute);
        Assert.Null(await world.GetTimeToLiveAsync("hits"));
    }

    [Fact]
    public async Task A_counter_created_with_a_past_moment_is_gone_at_once()
    {
        await using var world = new StringWorld();
        Assert.Equal(5, await world.Keyspace.Counter("n").IncrementAsync(5, world.Time.GetUtcNow() - Minute));
        Assert.Null(await world.Keyspace.Counter("n").GetAsync());
    }

    [Fact]
    public async Task Counting_allocates_nothing_while_the_loop_is_idle()
    {
        await using var keyspace = new Keyspace();
        var plain = keyspace.Counter("plain");
        var expiring = keyspace.Counter("expiring");
        var synchronous = keyspace.Synchronous.Counter("plain");
        Count(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = Count(1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2_000, await expiring.GetAsync());
        Assert.NotEqual(0, sum);

        long Count(int times)
        {
            var total = 0L;
            for (var i = 0; i < times; i++)
            {
                total += plain.IncrementAsync().Result;
                total += plain.DecrementAsync(2).Result;
                total += synchronous.IncrementAsync(3).Result;
                total += expiring.IncrementAsync(1, TimeSpan.FromHours(1)).Result;
                total += plain.GetAsync().Result!.Value;
            }

            return total;
        }
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_threads_count()
    {
        await using var keyspace = new Keyspace();
        var flows = Enumerable.Range(0, 8).Select(flow => Task.Run(async () =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                await keyspace.Counter("n").IncrementAsync();
                await keyspace.Counter("bounded").IncrementAsync(1, new IncrementOptions { Max = 1_000 });
                if (flow % 2 == 0) keyspace.Synchronous.Counter("n").DecrementAsync().GetAwaiter().GetResult();
            }
        }));
        await Task.WhenAll(flows);
        Assert.Equal(20_000, await keyspace.Counter("n").GetAsync());
        Assert.Equal(1_000, await keyspace.Counter("bounded").GetAsync());
    }
}
