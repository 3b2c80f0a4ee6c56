namespace KvEmbedded.Conformance;

/// <summary><see cref="IKeys"/>, but what needs time to pass.</summary>
public abstract partial class KeysContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    [Fact]
    public Task A_key_is_there_from_its_first_write_to_its_deletion() => RunAsync(async keyspace =>
    {
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
        await keyspace.Strings.SetAsync("a", "");

        Assert.True(await keyspace.Keys.ExistsAsync("a"));
        Assert.True(await keyspace.Keys.DeleteAsync("a"));
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
        Assert.False(await keyspace.Keys.DeleteAsync("a"));
    });

    [Fact]
    public Task A_key_named_twice_exists_twice_and_is_deleted_once() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "1");
        await keyspace.Strings.SetAsync("b", "2");

        Assert.Equal(3, await keyspace.Keys.ExistsAsync(["a", "a", "b", "missing"]));
        Assert.Equal(3, await keyspace.Keys.TouchAsync(["a", "a", "b", "missing"]));
        Assert.Equal(2, await keyspace.Keys.DeleteAsync(["a", "a", "b", "missing"]));
        Assert.Equal(0, await keyspace.Keys.CountAsync());
    });

    [Fact]
    public Task Unlinking_deletes() => RunAsync(async keyspace =>
    {
        foreach (KvKey key in (KvKey[])["a", "b", "c"]) await keyspace.Strings.SetAsync(key, "x");

        Assert.True(await keyspace.Keys.UnlinkAsync("a"));
        Assert.False(await keyspace.Keys.UnlinkAsync("a"));
        Assert.Equal(2, await keyspace.Keys.UnlinkAsync(["a", "b", "b", "c"]));
        Assert.Equal(0, await keyspace.Keys.CountAsync());
    });

    [Fact]
    public Task Commands_on_several_keys_need_one() => RunAsync(async keyspace =>
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Keys.ExistsAsync(Array.Empty<KvKey>()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Keys.DeleteAsync(Array.Empty<KvKey>()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Keys.UnlinkAsync(Array.Empty<KvKey>()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Keys.TouchAsync(Array.Empty<KvKey>()));
    });

    [Fact]
    public Task The_type_of_a_key_is_that_of_its_value() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("string", "x");
        await keyspace.Counter("counter").IncrementAsync();
        await PutSortedSetAsync(keyspace, "set");

        Assert.Equal(KeyType.String, await keyspace.Keys.GetTypeAsync("string"));
        Assert.Equal(KeyType.String, await keyspace.Keys.GetTypeAsync("counter"));
        Assert.Equal(KeyType.SortedSet, await keyspace.Keys.GetTypeAsync("set"));
        Assert.Equal(KeyType.None, await keyspace.Keys.GetTypeAsync("missing"));
    });

    [Fact]
    public Task Touching_a_key_asks_whether_it_exists() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");

        Assert.True(await keyspace.Keys.TouchAsync("a"));
        Assert.False(await keyspace.Keys.TouchAsync("b"));
    });

    [Fact]
    public Task A_key_takes_more_memory_the_more_it_holds() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("small", "x");
        await keyspace.Strings.SetAsync("large", new byte[100_000]);

        Assert.Null(await keyspace.Keys.GetMemoryUsageAsync("missing"));
        Assert.InRange((await keyspace.Keys.GetMemoryUsageAsync("small"))!.Value, 6, 1_000);
        Assert.InRange((await keyspace.Keys.GetMemoryUsageAsync("large"))!.Value, 100_000, 300_000);
    });

    [Fact]
    public Task All_that_is_known_of_a_key_comes_in_one_step() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x", TimeSpan.FromHours(1));
        await PutSortedSetAsync(keyspace, "b");

        Assert.Null(await keyspace.Keys.GetInfoAsync("missing"));
        var (a, b) = ((await keyspace.Keys.GetInfoAsync("a"))!.Value, (await keyspace.Keys.GetInfoAsync("b"))!.Value);
        Assert.Equal((KeyType.String, KeyType.SortedSet), (a.Type, b.Type));
        Assert.InRange(a.Lifetime.TimeToLive!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
        Assert.Equal(KeyLifetime.Endless, b.Lifetime);
        Assert.Equal(await keyspace.Keys.GetMemoryUsageAsync("a"), a.MemoryBytes);
    });

    [Fact]
    public Task A_random_key_is_one_that_exists() => RunAsync(async keyspace =>
    {
        Assert.Null(await keyspace.Keys.GetRandomAsync());
        for (var i = 0; i < 5; i++) await keyspace.Strings.SetAsync(i, "x");

        for (var i = 0; i < 20; i++) Assert.Contains((await keyspace.Keys.GetRandomAsync()).ToString()!, "01234");
    });

    [Fact]
    public Task Flushing_leaves_no_key() => RunAsync(async keyspace =>
    {
        for (var i = 0; i < 50; i++) await keyspace.Strings.SetAsync(i, "x");
        Assert.Equal(50, await keyspace.Keys.CountAsync());

        await keyspace.Keys.FlushAsync();

        Assert.Equal(0, await keyspace.Keys.CountAsync());
        Assert.Null(await TextAsync(keyspace, 7));
    });

    [Fact]
    public Task A_view_counts_picks_and_flushes_its_own_keys_alone() => RunAsync(async keyspace =>
    {
        var view = keyspace.WithPrefix("v:");
        await keyspace.Strings.SetAsync("outside", "x");
        await view.Strings.SetAsync("inside", "y");

        Assert.Equal(1, await view.Keys.CountAsync());
        Assert.Equal("inside", (await view.Keys.GetRandomAsync()).ToString());
        await view.Keys.FlushAsync();
        Assert.Equal(0, await view.Keys.CountAsync());
        Assert.Equal("x", await TextAsync(keyspace, "outside"));
    });

    [Fact]
    public Task A_renamed_key_keeps_value_and_time_to_live_and_replaces_what_was_there() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x", TimeSpan.FromHours(1));
        await PutSortedSetAsync(keyspace, "b");

        Assert.True(await keyspace.Keys.RenameAsync("a", "b"));
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
        Assert.Equal("x", await TextAsync(keyspace, "b"));
        Assert.NotNull(await keyspace.Keys.GetTimeToLiveAsync("b"));
    });

    [Fact]
    public Task Renaming_may_spare_a_key_that_is_there_and_needs_one_to_rename() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");
        await keyspace.Strings.SetAsync("b", "y");

        Assert.False(await keyspace.Keys.RenameAsync("a", "b", ExistingDestination.Keep));
        Assert.True(await keyspace.Keys.RenameAsync("a", "c", ExistingDestination.Keep));
        Assert.False(await keyspace.Keys.RenameAsync("missing", "b"));
        Assert.Equal(("y", "x"), (await TextAsync(keyspace, "b"), await TextAsync(keyspace, "c")));
    });

    [Fact]
    public Task A_key_renamed_to_itself_stays_as_it_is() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");

        Assert.True(await keyspace.Keys.RenameAsync("a", "a"));
        Assert.False(await keyspace.Keys.RenameAsync("a", "a", ExistingDestination.Keep));
        Assert.Equal("x", await TextAsync(keyspace, "a"));
    });

    [Fact]
    public Task A_copy_has_nothing_to_do_with_its_source() => RunAsync(async keyspace =>
    {
        await keyspace.SortedSet("a").AddAsync("x", 1);
        await keyspace.Keys.ExpireAsync("a", TimeSpan.FromHours(1));

        Assert.True(await keyspace.Keys.CopyAsync("a", "b"));
        await keyspace.SortedSet("b").AddAsync("y", 2);
        Assert.Equal((1, 2), (await keyspace.SortedSet("a").CountAsync(), await keyspace.SortedSet("b").CountAsync()));
        Assert.NotNull(await keyspace.Keys.GetTimeToLiveAsync("b"));
    });

    [Fact]
    public Task Copying_spares_a_key_that_is_there_unless_told_otherwise() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");
        await keyspace.Strings.SetAsync("b", "y");

        Assert.False(await keyspace.Keys.CopyAsync("a", "b"));
        Assert.Equal("y", await TextAsync(keyspace, "b"));
        Assert.True(await keyspace.Keys.CopyAsync("a", "b", ExistingDestination.Overwrite));
        Assert.Equal("x", await TextAsync(keyspace, "b"));
        Assert.False(await keyspace.Keys.CopyAsync("missing", "b", ExistingDestination.Overwrite));
        Assert.Equal("x", await TextAsync(keyspace, "b"));
    });

    [Fact]
    public Task A_key_is_not_copied_onto_itself() => RunAsync(async keyspace =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Keys.CopyAsync("a", "a")));

    [Fact]
    public Task A_scan_returns_every_key_once() => RunAsync(async keyspace =>
    {
        for (var i = 0; i < 300; i++) await keyspace.Strings.SetAsync($"k{i}", "x");

        var seen = new List<string>();
        await foreach (var key in keyspace.Keys.ScanAsync(new KeyScan { PageSize = 20 })) seen.Add(key.ToString());

        Assert.Equal(300, seen.Count);
        Assert.Equal(300, seen.Distinct().Count());
    });

    [Fact]
    public Task A_scan_in_pages_ends_with_the_cursor_0() => RunAsync(async keyspace =>
    {
        for (var i = 0; i < 100; i++) await keyspace.Strings.SetAsync(i, "x");

        var (seen, cursor) = (new HashSet<KvKey>(), 0ul);
        do
        {
            var page = await keyspace.Keys.ScanPageAsync(cursor, new KeyScan { PageSize = 10 });
            seen.UnionWith(page.Keys);
            cursor = page.NextCursor;
        }
        while (cursor != 0);

        Assert.Equal(100, seen.Count);
    });

    [Fact]
    public Task A_scan_returns_the_keys_of_a_pattern_and_a_type() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a1", "x");
        await keyspace.Strings.SetAsync("b1", "x");
        await PutSortedSetAsync(keyspace, "a2");

        Assert.Equal(["a1", "a2"], await ScanAsync(new KeyScan { Pattern = "a*" }));
        Assert.Equal(["a2"], await ScanAsync(new KeyScan { Type = KeyType.SortedSet }));
        Assert.Equal(["a1"], await ScanAsync(new KeyScan { Pattern = "[^b]?", Type = KeyType.String }));

        async Task<string[]> ScanAsync(KeyScan scan)
        {
            var keys = new List<string>();
            await foreach (var key in keyspace.Keys.ScanAsync(scan)) keys.Add(key.ToString());
            return [.. keys.Order(StringComparer.Ordinal)];
        }
    });
}
