namespace KvEmbedded.Conformance;

/// <summary><see cref="IKeyspace"/> and <see cref="IKeyHandle"/>.</summary>
public abstract class KeyspaceContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    [Fact]
    public Task A_handle_is_an_address_and_touches_nothing() => RunAsync(async keyspace =>
    {
        Assert.Equal(((KvKey)"a").WithPrefix(Backend.Prefix), keyspace.String("a").Key);
        Assert.Equal(((KvKey)"b").WithPrefix(Backend.Prefix), keyspace.Counter("b").Key);
        Assert.Equal(((KvKey)"v:c").WithPrefix(Backend.Prefix), keyspace.WithPrefix("v:").SortedSet("c").Key);

        Assert.Equal(0, await keyspace.Keys.CountAsync());
    });

    [Fact]
    public Task Two_handles_of_a_key_see_the_same_value() => RunAsync(async keyspace =>
    {
        await keyspace.Counter("a").IncrementAsync(7);

        Assert.Equal("7", (await keyspace.String("a").GetAsync()).ToString());
    });

    [Fact]
    public Task A_handle_outlives_its_key() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");
        await handle.SetAsync("x");

        Assert.True(await handle.ExistsAsync());
        Assert.True(await handle.DeleteAsync());
        Assert.False(await handle.ExistsAsync());
        Assert.False(await handle.DeleteAsync());
        Assert.True(await handle.SetAsync("y"));
    });

    [Fact]
    public Task A_handle_says_how_long_its_key_lives() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");
        Assert.False(await handle.ExpireAsync(TimeSpan.FromHours(1)));
        await handle.SetAsync("x");

        Assert.Null(await handle.GetTimeToLiveAsync());
        Assert.True(await handle.ExpireAsync(TimeSpan.FromHours(1)));
        Assert.InRange((await handle.GetTimeToLiveAsync())!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
        Assert.True(await handle.ExpireAsync(TimeSpan.Zero));
        Assert.False(await handle.ExistsAsync());
    });

    [Fact]
    public Task A_view_puts_its_prefix_before_every_key() => RunAsync(async keyspace =>
    {
        var view = keyspace.WithPrefix("app:");
        await view.String("a").SetAsync("x");
        await view.SortedSet("b").AddAsync("member", 1);
        await keyspace.Strings.SetAsync("a", "outside");

        Assert.Equal("x", await TextAsync(keyspace, "app:a"));
        Assert.Equal(1, await keyspace.SortedSet("app:b").CountAsync());
        Assert.Equal("x", await TextAsync(view, "a"));
        Assert.Equal(2, await view.Keys.CountAsync());
    });

    [Fact]
    public Task Views_of_views_add_up_their_prefixes() => RunAsync(async keyspace =>
    {
        await keyspace.WithPrefix("a:").WithPrefix("b:").Strings.SetAsync("c", "x");

        Assert.Equal("x", await TextAsync(keyspace, "a:b:c"));
    });

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("*?[")]
    [InlineData("\0")]
    [InlineData("ключ 🗝")]
    public Task Any_text_is_a_key(string name) => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync(name, "x");

        Assert.Equal("x", await TextAsync(keyspace, name));
        Assert.Equal((KvKey)name, await keyspace.Keys.GetRandomAsync());
    });

    [Fact]
    public Task Key_events_come_in_the_order_of_commits_without_the_prefix() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "before");
        await using var events = await keyspace.SubscribeToEventsAsync(new KeyEventFilter { Pattern = "[ab]" }, capacity: 100);

        await keyspace.Strings.SetAsync("a", "1");
        await keyspace.Strings.SetAsync("c", "1");
        await keyspace.Counter("b").IncrementAsync(1);
        await keyspace.Keys.DeleteAsync("a");
        await WhenOverAsync(async () =>
        {
            var seen = new List<string>();
            await foreach (var change in events)
            {
                seen.Add($"{change.Key} {change.Kind}");
                if (seen.Count == 3) break;
            }

            Assert.Equal(["a StringSet", "b CounterIncremented", "a Deleted"], seen);
        });
    });
}
