namespace KvEmbedded.Tests.Strings;

public sealed class StringManyKeysTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Many_are_read_in_the_order_asked_for()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync("text");
        await world.Keyspace.Counter("n").SetAsync(5);
        await world["long"].SetAsync(new string('x', 20_000));
        await world["gone"].SetAsync("x", Minute);
        await world.PutOtherTypeAsync("other");
        world.Time.Advance(Minute);

        var values = await world.Keyspace.Strings.GetAsync(["n", "missing", "a", "other", "long", "gone", "a"]);
        Assert.Equal(["5", null, "text", null, new string('x', 20_000), null, "text"], values.Select(value => value?.ToString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1_000)]
    public async Task Any_number_of_keys_can_be_read_and_set(int count)
    {
        await using var world = new StringWorld();
        KvKey[] keys = [.. Enumerable.Range(0, count).Select(i => (KvKey)$"key:{i}")];
        Assert.All(await world.Keyspace.Strings.GetAsync(keys), value => Assert.Null(value));
        Assert.True(await world.Keyspace.Strings.SetAsync([.. keys.Select((key, i) => KeyValuePair.Create(key, (KvValue)i))]));
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), (await world.Keyspace.Strings.GetAsync(keys)).Select(value => value?.ToString()));
    }

    [Fact]
    public async Task Keys_come_in_any_collection_and_any_form()
    {
        await using var world = new StringWorld();
        var view = world.Keyspace.WithPrefix("app:");
        KvKey[] keys = ["text", "text of more than thirty-two characters", "bytes"u8.ToArray(), 17, "", "ümläut"];
        foreach (var key in keys) await view.Strings.SetAsync(key, $"value of {key}");
        string[] expected = [.. keys.Select(key => $"value of {key}")];
        foreach (IReadOnlyCollection<KvKey> collection in new IReadOnlyCollection<KvKey>[] { keys, keys.ToList(), new LinkedList<KvKey>(keys) })
        {
            Assert.Equal(expected, (await view.Strings.GetAsync(collection)).Select(value => value?.ToString()));
            Assert.All(await world.Keyspace.Strings.GetAsync(collection), value => Assert.Null(value));
        }
    }

    [Fact]
    public async Task Keys_may_be_too_long_for_the_stack()
    {
        await using var world = new StringWorld();
        KvKey[] keys = [.. Enumerable.Range(0, 10).Select(i => (KvKey)(new string('k', 1_000) + i))];
        for (var i = 0; i < keys.Length; i++) await world.Keyspace.Counter(keys[i]).SetAsync(i);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), (await world.Keyspace.Strings.GetAsync(keys)).Select(value => value?.ToString()));
    }

    [Fact]
    public async Task Each_key_that_is_read_counts_as_a_hit_or_a_miss()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync("x");
        await world["gone"].SetAsync("x", Minute);
        world.Time.Advance(Minute);
        await world.Keyspace.Strings.GetAsync(["a", "gone", "missing"]);
        Assert.Equal((1L, 2L), Counts());
        await world.Keyspace.TransactAsync(async tx => await tx.Strings.GetAsync(["a", "a", "missing"]));
        Assert.Equal((3L, 3L), Counts());
        await world["a"].GetLengthAsync();
        await world["a"].GetRangeAsync(..1);
        await world["missing"].GetRangeAsync(..1);
        Assert.Equal((5L, 4L), Counts());

        (long, long) Counts() => world.Keyspace.Diagnostics.GetStatistics() is var figures ? (figures.Hits, figures.Misses) : default;
    }

    [Fact]
    public async Task No_key_at_all_is_a_mistake()
    {
        await using var world = new StringWorld();
        Assert.Equal("At least one key is needed. (Parameter 'keys')", Assert.Throws<ArgumentException>(() => world.Keyspace.Strings.GetAsync([])).Message);
        Assert.Equal(
            "At least one key with its value is needed. (Parameter 'pairs')", Assert.Throws<ArgumentException>(() => world.Keyspace.Strings.SetAsync([])).Message);
        Assert.Throws<ArgumentNullException>(() => world.Keyspace.Strings.GetAsync((IReadOnlyCollection<KvKey>)null!));
        Assert.Throws<ArgumentNullException>(() => world.Keyspace.Strings.SetAsync(null!));
    }

    [Fact]
    public async Task Set_of_many_overwrites_any_type_and_the_last_of_equal_keys_counts()
    {
        await using var world = new StringWorld();
        await world.PutOtherTypeAsync("b");
        await world["c"].SetAsync("x", Minute);
        Assert.True(await world.Keyspace.Strings.SetAsync([new("a", 1), new("b", 2), new("c", new string('y', 20_000)), new("a", 3)]));
        Assert.Equal(("3", "2"), (await world.TextAsync("a"), await world.TextAsync("b")));
        Assert.Equal(20_000, await world["c"].GetLengthAsync());
        Assert.Null(await world.GetTimeToLiveAsync("c"));
    }

    [Fact]
    public async Task Set_of_many_takes_a_dictionary()
    {
        await using var world = new StringWorld();
        Assert.True(await world.Keyspace.Strings.SetAsync(new Dictionary<KvKey, KvValue> { ["a"] = 1, ["b"] = "two" }));
        Assert.Equal(("1", "two"), (await world.TextAsync("a"), await world.TextAsync("b")));
    }

    [Fact]
    public async Task Set_of_many_if_missing_is_all_or_nothing()
    {
        await using var world = new StringWorld();
        Assert.True(await world.Keyspace.Strings.SetAsync([new("a", 1), new("b", 2)], when: SetWhen.Missing));
        Assert.False(await world.Keyspace.Strings.SetAsync([new("c", 3), new("b", 4)], when: SetWhen.Missing));
        Assert.Equal((null, "2"), (await world.TextAsync("c"), await world.TextAsync("b")));
        await world.PutOtherTypeAsync("other");
        Assert.False(await world.Keyspace.Strings.SetAsync([new("c", 3), new("other", 4)], when: SetWhen.Missing));
        Assert.Null(await world.TextAsync("c"));
        Assert.True(await world.Keyspace.Strings.SetAsync([new("c", 3), new("c", 4)], when: SetWhen.Missing));
        Assert.Equal("4", await world.TextAsync("c"));
    }

    [Fact]
    public async Task Set_of_many_if_present_is_all_or_nothing()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(1);
        Assert.False(await world.Keyspace.Strings.SetAsync([new("a", 2), new("b", 2)], when: SetWhen.Present));
        Assert.Equal(("1", null), (await world.TextAsync("a"), await world.TextAsync("b")));
        Assert.True(await world.Keyspace.Strings.SetAsync([new("a", 2), new("a", 3)], when: SetWhen.Present));
        Assert.Equal("3", await world.TextAsync("a"));
    }

    [Fact]
    public async Task Set_of_many_gives_all_of_them_the_same_end()
    {
        await using var world = new StringWorld();
        await world.Keyspace.Strings.SetAsync([new("a", 1), new("b", 2)], Minute);
        world.Time.Advance(Minute / 2);
        await world.Keyspace.Strings.SetAsync([new("b", 3), new("c", 4)], Expiration.Keep);
        Assert.Equal((Minute / 2, null), (await world.GetTimeToLiveAsync("b"), await world.GetTimeToLiveAsync("c")));
        world.Time.Advance(Minute / 2);
        Assert.Equal((null, null, "4"), (await world.TextAsync("a"), await world.TextAsync("b"), await world.TextAsync("c")));
        await world.Keyspace.Strings.SetAsync([new("c", 5), new("d", 6)], world.Time.GetUtcNow() - Minute);
        Assert.Equal(0, world.Keyspace.Store.Table.Count);
    }

    [Fact]
    public async Task Set_of_many_is_refused_as_a_whole_when_memory_is_short()
    {
        await using var world = new StringWorld(options => options.MemoryLimitBytes = 1_048_576);
        await world["a"].SetAsync("old");
        var error = await Assert.ThrowsAsync<MemoryLimitException>(async () => await world.Keyspace.Strings.SetAsync(
            [new("a", "new"), new("b", new byte[600_000]), new("c", new byte[600_000])]));
        Assert.Equal("a", error.Key.ToString());
        Assert.Equal((1, "old"), (world.Keyspace.Store.Table.Count, await world.TextAsync("a")));

        // What was granted to one command is not granted to the next.
        Assert.True(await world.Keyspace.Strings.SetAsync([new("a", "new"), new("b", new byte[900_000])]));
        Assert.True(await world.Keyspace.Strings.SetAsync([new("b", new byte[900_000]), new("a", "newer")]));
        await world["c"].SetAsync(new byte[200_000]);
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await world["d"].SetAsync(1));
    }
}
