namespace KvEmbedded.Tests.Keys;

public sealed class KeyWholeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Count_is_exact_even_before_the_timers_have_come()
    {
        // One expired key a turn: the clockwork lags behind, the count does not.
        await using var world = new KeysWorld(options => (options.ExpiredKeysPerTurnMax, options.CommandsPerHoldMax) = (1, 1));
        for (var i = 0; i < 500; i++) await world.SetAsync(i, i, i % 5 == 0 ? Expiration.Never : Second);
        Assert.Equal(500, await world.Keys.CountAsync());

        world.Advance(Second);

        Assert.Equal(100, await world.Keys.CountAsync());
        Assert.Equal(100, world.Turn.Table.Count);
        Assert.Equal(100, (await world.ScanAsync()).Length);
    }

    [Fact]
    public async Task Flush_lets_everything_go_at_once()
    {
        await using var world = new KeysWorld();
        for (var i = 0; i < 5_000; i++) await world.SetAsync(i, i, Second);
        await world.AddAsync("numbers", 1);

        await world.Keys.FlushAsync();

        Assert.Equal(0, await world.Keys.CountAsync());
        Assert.Empty(await world.ScanAsync());
        Assert.Null(await world.GetAsync(1));
        Assert.Null(await world.Keys.GetRandomAsync());
        Assert.Equal(0, world.ValueBytes);
        Assert.Equal(0, world.Turn.TimerCount);

        // And life goes on; the old timers do not touch the new keys.
        await world.SetAsync(1, "new");
        world.Advance(Second);
        Assert.Equal("new", await world.GetAsync(1));
    }

    [Fact]
    public async Task A_scan_goes_on_after_a_flush()
    {
        await using var world = new KeysWorld();
        for (var i = 0; i < 2_000; i++) await world.SetAsync(i, i);
        var page = await world.Keys.ScanPageAsync(0);

        await world.Keys.FlushAsync();
        while (page.NextCursor != 0)
        {
            page = await world.Keys.ScanPageAsync(page.NextCursor);
            Assert.Empty(page.Keys);
        }
    }

    [Fact]
    public async Task A_random_key_is_each_with_the_same_chance()
    {
        await using var world = new KeysWorld();
        Assert.Null(await world.Keys.GetRandomAsync());
        for (var i = 0; i < 10; i++) await world.SetAsync(i, i);

        var drawn = new int[10];
        for (var i = 0; i < 10_000; i++) drawn[int.Parse((await world.Keys.GetRandomAsync())!.Value.ToString())]++;

        // 1,000 each; five standard deviations are 150.
        Assert.All(drawn, count => Assert.InRange(count, 850, 1_150));
    }

    [Fact]
    public async Task A_random_key_is_never_one_that_has_expired()
    {
        await using var world = new KeysWorld(options => (options.ExpiredKeysPerTurnMax, options.CommandsPerHoldMax) = (1, 1));
        for (var i = 0; i < 1_000; i++) await world.SetAsync(i, i, Second);
        await world.SetAsync("stays", "1");
        world.Advance(Second);

        for (var i = 0; i < 20; i++) Assert.Equal((KvKey)"stays", await world.Keys.GetRandomAsync());
    }
}
