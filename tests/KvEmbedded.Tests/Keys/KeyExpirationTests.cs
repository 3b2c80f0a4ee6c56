namespace KvEmbedded.Tests.Keys;

public sealed class KeyExpirationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task A_key_lives_to_the_last_moment_before_its_end_and_not_longer()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");
        Assert.True(await world.Keys.ExpireAsync("a", Second));

        world.Advance(Second - Tick);
        Assert.Equal("1", await world.GetAsync("a"));
        Assert.Equal(Tick, await world.Keys.GetTimeToLiveAsync("a"));

        world.Advance(Tick);
        Assert.Null(await world.GetAsync("a"));
        Assert.Equal(KeyLifetime.Missing, await world.Keys.GetLifetimeAsync("a"));
    }

    [Fact]
    public async Task A_key_expires_at_a_moment_of_the_wall_clock()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");
        var moment = world.Clock.GetUtcNow() + TimeSpan.FromDays(3);

        Assert.True(await world.Keys.ExpireAtAsync("a", moment.ToOffset(TimeSpan.FromHours(5))));

        Assert.Equal(KeyLifetime.Until(moment, TimeSpan.FromDays(3)), await world.Keys.GetLifetimeAsync("a"));
        world.Advance(TimeSpan.FromDays(3) - Tick);
        Assert.True(await world.Keys.ExistsAsync("a"));
        world.Advance(Tick);
        Assert.False(await world.Keys.ExistsAsync("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public async Task Zero_and_less_delete_the_key(long ticks)
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");

        Assert.True(await world.Keys.ExpireAsync("a", new TimeSpan(ticks)));

        Assert.False(await world.Keys.ExistsAsync("a"));
        Assert.False(await world.Keys.ExpireAsync("a", new TimeSpan(ticks)));
    }

    [Fact]
    public async Task A_past_moment_deletes_the_key_and_so_does_the_present_one()
    {
        await using var world = new KeysWorld();
        foreach (var moment in new[] { world.Clock.GetUtcNow(), world.Clock.GetUtcNow() - Tick, DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch })
        {
            await world.SetAsync("a", "1");
            Assert.True(await world.Keys.ExpireAtAsync("a", moment));
            Assert.False(await world.Keys.ExistsAsync("a"));
        }
    }

    [Fact]
    public async Task The_condition_is_asked_before_a_past_time_deletes()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("endless", "1");
        await world.SetAsync("mortal", "1", Second);

        Assert.False(await world.Keys.ExpireAsync("endless", -Second, ExpireWhen.WithExpiration));
        Assert.False(await world.Keys.ExpireAsync("endless", -Second, ExpireWhen.Later));
        Assert.False(await world.Keys.ExpireAsync("mortal", -Second, ExpireWhen.WithoutExpiration));
        Assert.False(await world.Keys.ExpireAsync("mortal", -Second, ExpireWhen.Later));
        Assert.Equal(2, await world.Keys.ExistsAsync(["endless", "mortal"]));
        Assert.Equal(Second, await world.Keys.GetTimeToLiveAsync("mortal"));

        Assert.True(await world.Keys.ExpireAsync("endless", -Second, ExpireWhen.Sooner));
        Assert.True(await world.Keys.ExpireAsync("mortal", -Second, ExpireWhen.WithExpiration));
        Assert.Equal(0, await world.Keys.ExistsAsync(["endless", "mortal"]));
    }

    [Theory]
    [InlineData(ExpireWhen.Always, true, true, true)]
    [InlineData(ExpireWhen.WithoutExpiration, true, false, false)]
    [InlineData(ExpireWhen.WithExpiration, false, true, true)]
    [InlineData(ExpireWhen.Later, false, false, true)]
    [InlineData(ExpireWhen.Sooner, true, true, false)]
    public async Task Each_condition_looks_at_the_time_to_live_that_is_there(
        ExpireWhen when, bool onEndless, bool whenSooner, bool whenLater)
    {
        await using var world = new KeysWorld();
        foreach (var (present, wanted, expected) in new[]
        {
            (default, 5 * Second, onEndless), ((TimeSpan?)(5 * Second), 4 * Second, whenSooner), (5 * Second, 6 * Second, whenLater),
        })
        {
            foreach (var isMoment in new[] { false, true })
            {
                await world.SetAsync("a", "1", present is { } time ? time : Expiration.Never);

                Assert.Equal(expected, isMoment
                    ? await world.Keys.ExpireAtAsync("a", world.Clock.GetUtcNow() + wanted, when)
                    : await world.Keys.ExpireAsync("a", wanted, when));
                Assert.Equal(expected ? wanted : present, await world.Keys.GetTimeToLiveAsync("a"));
            }
        }
    }

    [Fact]
    public async Task The_same_time_is_neither_later_nor_sooner()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1", Second);

        Assert.False(await world.Keys.ExpireAsync("a", Second, ExpireWhen.Later));
        Assert.False(await world.Keys.ExpireAsync("a", Second, ExpireWhen.Sooner));
    }

    [Fact]
    public async Task A_time_that_is_too_long_to_count_is_the_longest_there_is()
    {
        await using var world = new KeysWorld();
        world.Advance(Second);
        await world.SetAsync("a", "1");

        Assert.True(await world.Keys.ExpireAsync("a", TimeSpan.MaxValue));
        Assert.True(await world.Keys.GetTimeToLiveAsync("a") > TimeSpan.FromDays(365 * 20_000));
        Assert.Equal(DateTimeOffset.MaxValue, (await world.Keys.GetLifetimeAsync("a")).ExpiresAt);

        Assert.True(await world.Keys.ExpireAtAsync("a", DateTimeOffset.MaxValue));
        Assert.Equal(DateTimeOffset.MaxValue, (await world.Keys.GetLifetimeAsync("a")).ExpiresAt);
        world.Advance(TimeSpan.FromDays(365 * 100));
        Assert.True(await world.Keys.ExistsAsync("a"));
        Assert.True(await world.Keys.PersistAsync("a"));
        Assert.Equal(KeyLifetime.Endless, await world.Keys.GetLifetimeAsync("a"));
    }

    [Fact]
    public async Task Persist_takes_a_time_to_live_away_once()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1", Second);

        Assert.True(await world.Keys.PersistAsync("a"));
        Assert.False(await world.Keys.PersistAsync("a"));
        Assert.False(await world.Keys.PersistAsync("none"));

        world.Advance(TimeSpan.FromHours(1));
        Assert.Equal("1", await world.GetAsync("a"));
        Assert.Equal(0, world.Turn.TimerCount);
    }

    [Fact]
    public async Task A_lifetime_tells_missing_endless_and_mortal_apart()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("endless", "1");
        await world.SetAsync("mortal", "1", Second);

        Assert.Equal("missing", (await world.Keys.GetLifetimeAsync("none")).ToString());
        Assert.Equal("does not expire", (await world.Keys.GetLifetimeAsync("endless")).ToString());
        Assert.Equal("expires at 2030-01-01T00:00:01.0000000+00:00", (await world.Keys.GetLifetimeAsync("mortal")).ToString());
        Assert.Null(await world.Keys.GetTimeToLiveAsync("none"));
        Assert.Null(await world.Keys.GetTimeToLiveAsync("endless"));
        Assert.Equal(default, KeyLifetime.Missing);
    }

    [Fact]
    public async Task Every_form_of_value_expires()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("number", 7);
        await world.SetAsync("text", "seven");
        await world.SetAsync("blob", new string('x', 100_000));
        await world.AddAsync("numbers", 7);
        KvKey[] all = ["number", "text", "blob", "numbers"];
        foreach (var key in all) Assert.True(await world.Keys.ExpireAsync(key, Second));
        Assert.Equal("7", await world.GetAsync("number"));
        Assert.Equal("seven", await world.GetAsync("text"));
        Assert.Equal(4, world.Turn.TimerCount);

        world.Advance(Second);

        // The timers have removed them; nobody has asked yet.
        Assert.Equal(0, world.Turn.Table.Count);
        Assert.Equal(0, world.ValueBytes);
        Assert.Equal(0, world.Turn.TimerCount);
        Assert.Equal(0, await world.Keys.ExistsAsync(all));
    }

    [Fact]
    public async Task A_key_that_is_set_again_does_not_inherit_a_time_to_live()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1", Second);
        await world.Keys.DeleteAsync("a");
        await world.SetAsync("a", "2");

        world.Advance(Second);
        Assert.Equal("2", await world.GetAsync("a"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_wall_clock_set_by_an_hour_moves_no_time_to_live(int hours)
    {
        await using var world = new KeysWorld();
        await world.SetAsync("relative", "1");
        await world.SetAsync("moment", "1");
        await world.Keys.ExpireAsync("relative", TimeSpan.FromMinutes(1));
        await world.Keys.ExpireAtAsync("moment", world.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        world.Clock.Shift = TimeSpan.FromHours(hours);

        Assert.Equal(TimeSpan.FromMinutes(1), await world.Keys.GetTimeToLiveAsync("relative"));
        Assert.Equal(TimeSpan.FromMinutes(1), await world.Keys.GetTimeToLiveAsync("moment"));
        Assert.Equal(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(1), (await world.Keys.GetLifetimeAsync("moment")).ExpiresAt);

        world.Advance(TimeSpan.FromMinutes(1) - Tick);
        Assert.Equal(2, await world.Keys.ExistsAsync(["relative", "moment"]));
        world.Advance(Tick);
        Assert.Equal(0, await world.Keys.ExistsAsync(["relative", "moment"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_moment_is_understood_by_the_wall_clock_as_it_stands(int hours)
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");
        world.Clock.Shift = TimeSpan.FromHours(hours);

        await world.Keys.ExpireAtAsync("a", world.Clock.GetUtcNow() + Second);

        Assert.Equal(Second, await world.Keys.GetTimeToLiveAsync("a"));
    }

    [Fact]
    public async Task An_unknown_condition_is_refused_and_changes_nothing()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ = world.Keys.ExpireAsync("a", Second, (ExpireWhen)9));
        Assert.Equal("when", error.ParamName);
        Assert.StartsWith("There is no such ExpireWhen. Use a named one.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = world.Keys.ExpireAtAsync("a", default, (ExpireWhen)(-1)));

        Assert.Equal(KeyLifetime.Endless, await world.Keys.GetLifetimeAsync("a"));
    }

    [Fact]
    public async Task A_hundred_thousand_keys_that_end_at_once_are_never_seen_late()
    {
        await using var world = new KeysWorld();
        for (var i = 0; i < 100_000; i++) await world.SetAsync(i, i, Second);
        Assert.Equal(100_000, await world.Keys.CountAsync());

        world.Advance(Second);

        Assert.Empty(await world.ScanAsync());
        Assert.Null(await world.Keys.GetRandomAsync());
        Assert.Equal(0, await world.Keys.CountAsync());
        Assert.Equal(0, world.Turn.Table.Count);
    }
}
