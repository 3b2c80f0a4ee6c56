namespace KvEmbedded.Tests.Keys;

public sealed class KeyViewTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Keys_go_in_and_come_out_without_the_prefix()
    {
        await using var world = new KeysWorld();
        var view = world.Keyspace.WithPrefix("app:");
        await view.Strings.SetAsync("a", "1", Second);
        await world.SetAsync("a", "outside");

        Assert.True(await view.Keys.ExistsAsync("a"));
        Assert.False(await view.Keys.ExistsAsync("app:a"));
        Assert.Equal(Second, await view.Keys.GetTimeToLiveAsync("a"));
        Assert.Null(await world.Keys.GetTimeToLiveAsync("a"));
        Assert.Equal((KvKey)"a", await view.Keys.GetRandomAsync());
        Assert.Equal(["a"], await KeysWorld.ScanAsync(view.Keys));

        Assert.True(await view.Keys.RenameAsync("a", "b"));
        Assert.True(await view.Keys.CopyAsync("b", "c"));
        Assert.True(await view.Keys.DeleteAsync("b"));
        Assert.Equal(["a", "app:c"], await world.ScanAsync());
    }

    [Fact]
    public async Task A_view_sees_its_own_keys_alone()
    {
        await using var world = new KeysWorld();
        var view = world.Keyspace.WithPrefix("app:");
        for (var i = 0; i < 3_000; i++) await world.SetAsync($"other:{i}", i);
        for (var i = 0; i < 100; i++) await view.Strings.SetAsync(i, i);
        await view.Strings.SetAsync("", "the prefix itself");

        Assert.Equal(101, await view.Keys.CountAsync());
        Assert.Equal(101, (await KeysWorld.ScanAsync(view.Keys, new KeyScan { PageSize = 10 })).Length);
        Assert.Equal(10, (await KeysWorld.ScanAsync(view.Keys, new KeyScan { Pattern = "?" })).Length);

        await view.Keys.FlushAsync();

        Assert.Equal(0, await view.Keys.CountAsync());
        Assert.Null(await view.Keys.GetRandomAsync());
        Assert.Equal(3_000, await world.Keys.CountAsync());
        world.Turn.Table.CheckInvariants();
    }

    [Fact]
    public async Task Views_nest()
    {
        await using var world = new KeysWorld();
        var inner = world.Keyspace.WithPrefix("a:").WithPrefix("b:");
        await inner.Strings.SetAsync("x", "1");
        await world.Keyspace.WithPrefix("a:").Strings.SetAsync("y", "2");

        Assert.Equal(["a:b:x", "a:y"], await world.ScanAsync());
        Assert.Equal(["b:x", "y"], await KeysWorld.ScanAsync(world.Keyspace.WithPrefix("a:").Keys));
        Assert.Equal(["x"], await KeysWorld.ScanAsync(inner.Keys));
        Assert.Equal(1, await inner.Keys.CountAsync());

        await inner.Keys.FlushAsync();
        Assert.Equal(["a:y"], await world.ScanAsync());
    }

    [Theory]
    [InlineData("*")]
    [InlineData("a?")]
    [InlineData("[a-z]")]
    [InlineData("\\")]
    [InlineData("[")]
    public async Task Glob_characters_in_a_prefix_mean_themselves(string prefix)
    {
        await using var world = new KeysWorld();
        var view = world.Keyspace.WithPrefix(prefix);
        await view.Strings.SetAsync("mine", "1");
        foreach (var other in new[] { "xmine", "abmine", "m", "/mine" }) await world.SetAsync(other, "other");

        Assert.Equal(["mine"], await KeysWorld.ScanAsync(view.Keys));
        Assert.Equal(["mine"], await KeysWorld.ScanAsync(view.Keys, new KeyScan { Pattern = "m*" }));
        Assert.Equal(1, await view.Keys.CountAsync());
        Assert.Equal((KvKey)"mine", await view.Keys.GetRandomAsync());
        await view.Keys.FlushAsync();
        Assert.Equal(4, await world.Keys.CountAsync());
    }

    [Fact]
    public async Task A_random_key_of_a_small_view_is_each_with_the_same_chance()
    {
        // Too few to be drawn from the whole: the walk has to find them.
        await using var world = new KeysWorld();
        for (var i = 0; i < 2_000; i++) await world.SetAsync($"other:{i}", i);
        var view = world.Keyspace.WithPrefix("app:");
        for (var i = 0; i < 3; i++) await view.Strings.SetAsync(i, i);

        var drawn = new int[3];
        for (var i = 0; i < 900; i++) drawn[int.Parse((await view.Keys.GetRandomAsync())!.Value.ToString())]++;

        // 300 each; five standard deviations are 71.
        Assert.All(drawn, count => Assert.InRange(count, 229, 371));
    }

    [Fact]
    public async Task Expired_keys_of_a_view_are_not_counted()
    {
        await using var world = new KeysWorld(options => (options.ExpiredKeysPerTurnMax, options.CommandsPerHoldMax) = (1, 1));
        var view = world.Keyspace.WithPrefix("app:");
        for (var i = 0; i < 1_000; i++) await view.Strings.SetAsync(i, i, i % 10 == 0 ? Expiration.Never : Second);
        world.Advance(Second);

        Assert.Equal(100, await view.Keys.CountAsync());
    }

    [Fact]
    public async Task A_view_flushes_in_slices_that_let_others_have_their_turn()
    {
        await using var world = new KeysWorld();
        var view = world.Keyspace.WithPrefix("app:");
        for (var i = 0; i < 5_000; i++) await view.Strings.SetAsync(i, i);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await view.Keys.FlushAsync(cancellation.Token));
        Assert.Equal(5_000, await view.Keys.CountAsync());

        // In a transaction all slices are one step.
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.WithPrefix("app:").Keys.FlushAsync();
            Assert.Equal(0, await tx.WithPrefix("app:").Keys.CountAsync());
            throw new InvalidOperationException();
        }));
        Assert.Equal(5_000, await view.Keys.CountAsync());
        world.Turn.Table.CheckInvariants();
    }
}
