namespace KvEmbedded.Conformance;

/// <summary><see cref="IHash"/>, but fields that expire.</summary>
public abstract partial class HashContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    /// <summary>Entries, by their fields, as they print best: a hash has no order.</summary>
    private static string Text(IEnumerable<HashEntry> entries) =>
        string.Join(' ', entries.Select(entry => $"{entry.Field}={entry.Value}").Order(StringComparer.Ordinal));

    private static string Text(IEnumerable<KvValue> values) => string.Join(' ', values.Select(value => value.ToString()).Order(StringComparer.Ordinal));

    private static string Text(IEnumerable<KvValue?> values) => string.Join(' ', values.Select(value => value?.ToString() ?? "none"));

    private static async ValueTask<string> AllAsync(IHash hash) => Text(await hash.GetAllAsync());

    /// <summary>a=1 b=2 c=3.</summary>
    private static async ValueTask<IHash> MakeAsync(IKeyspace keyspace)
    {
        var hash = keyspace.Hash("a");
        await hash.SetAsync([new("a", 1), new("b", 2), new("c", 3)]);
        return hash;
    }

    [Fact]
    public Task A_field_holds_what_was_set_last() => RunAsync(async keyspace =>
    {
        var hash = keyspace.Hash("a");

        Assert.True(await hash.SetAsync("x", "1"));
        Assert.True(await hash.SetAsync("x", "two"));
        Assert.Equal("two", (await hash.GetAsync("x")).ToString());
        Assert.Null(await hash.GetAsync("y"));
        Assert.Equal(1, await hash.CountAsync());
        Assert.Equal(KeyType.Hash, await keyspace.Keys.GetTypeAsync("a"));
        Assert.Equal(Backend.Prefix.ToString() + "a", hash.Key.ToString());
    });

    [Fact]
    public Task Fields_and_values_are_any_bytes_of_any_length() => RunAsync(async keyspace =>
    {
        var hash = keyspace.Hash("a");
        KvValue[] names = ["", new byte[] { 0, 255, 13, 10 }, new string('f', 300), "7", "grün"];
        foreach (var name in names)
        {
            await hash.SetAsync(name, name);
            await hash.SetAsync(name, new string('v', 70_000));
            await hash.SetAsync(name, name);
        }

        Assert.Equal(names.Select(name => (KvValue?)name), await hash.GetAsync(names));
        Assert.Equal(names.Order(), (await hash.GetFieldsAsync()).Order());
        Assert.Equal(names.Order(), (await hash.GetValuesAsync()).Order());
    });

    [Fact]
    public Task Setting_may_touch_missing_or_present_fields_only() => RunAsync(async keyspace =>
    {
        var hash = keyspace.Hash("a");

        Assert.False(await hash.SetAsync("x", "0", SetWhen.Present));
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
        Assert.True(await hash.SetAsync("x", "1", SetWhen.Missing));
        Assert.False(await hash.SetAsync("x", "2", SetWhen.Missing));
        Assert.Equal("x=1", await AllAsync(hash));
        Assert.True(await hash.SetAsync("x", "3", SetWhen.Present));
        Assert.Equal("x=3", await AllAsync(hash));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await hash.SetAsync("x", "4", (SetWhen)9));
    });

    [Fact]
    public Task Setting_several_counts_the_new_ones_and_the_last_value_of_a_field_stays() => RunAsync(async keyspace =>
    {
        var hash = keyspace.Hash("a");

        Assert.Equal(2, await hash.SetAsync([new("x", 1), new("y", 2), new("x", 3)]));
        Assert.Equal(1, await hash.SetAsync([new("x", 4), new("z", 5)]));
        Assert.Equal("x=4 y=2 z=5", await AllAsync(hash));
        await Assert.ThrowsAsync<ArgumentException>(async () => await hash.SetAsync(Array.Empty<HashEntry>()));
    });

    [Fact]
    public Task All_fields_all_values_and_some_of_them_are_read() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);

        Assert.Equal("a=1 b=2 c=3", await AllAsync(hash));
        Assert.Equal("a b c", Text(await hash.GetFieldsAsync()));
        Assert.Equal("1 2 3", Text(await hash.GetValuesAsync()));
        Assert.Equal("3 none 1 3", Text(await hash.GetAsync(["c", "missing", "a", "c"])));
        Assert.True(await hash.ContainsAsync("a"));
        Assert.False(await hash.ContainsAsync("d"));
        await hash.SetAsync("long", new string('x', 1_000));
        Assert.Equal(1_000, await hash.GetLengthAsync("long"));
        Assert.Equal(0, await hash.GetLengthAsync("d"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await hash.GetAsync(Array.Empty<KvValue>()));
    });

    [Fact]
    public Task A_missing_key_is_an_empty_hash() => RunAsync(async keyspace =>
    {
        var hash = keyspace.Hash("a");

        Assert.Empty(await hash.GetAllAsync());
        Assert.Empty(await hash.GetFieldsAsync());
        Assert.Empty(await hash.GetValuesAsync());
        Assert.Equal("none none", Text(await hash.GetAsync(["x", "y"])));
        Assert.Equal(0, await hash.CountAsync());
        Assert.Null(await hash.GetRandomAsync());
        Assert.Empty(await hash.GetRandomAsync(3));
        Assert.Empty(await hash.GetRandomAsync(3, RandomPick.Repeated));
        Assert.False(await hash.RemoveAsync("x"));
        Assert.Empty((await hash.ScanPageAsync(0)).Entries);
        Assert.False(await hash.ExistsAsync());
    });

    [Fact]
    public Task A_hash_that_has_become_empty_is_gone() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);

        Assert.True(await hash.RemoveAsync("a"));
        Assert.False(await hash.RemoveAsync("a"));
        Assert.Equal(1, await hash.RemoveAsync(["a", "b", "b", "missing"]));
        Assert.Equal(1, await hash.RemoveAsync(["c"]));
        Assert.False(await hash.ExistsAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await hash.RemoveAsync(Array.Empty<KvValue>()));
    });

    [Fact]
    public Task Fields_are_read_and_removed() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);

        Assert.Equal("1 none 2 none", Text(await hash.GetAndRemoveAsync(["a", "missing", "b", "b"])));
        Assert.Equal("c=3", await AllAsync(hash));
        Assert.Equal("3", Text(await hash.GetAndRemoveAsync(["c"])));
        Assert.Equal("none", Text(await hash.GetAndRemoveAsync(["c"])));
        Assert.False(await hash.ExistsAsync());
    });

    [Fact]
    public Task All_of_several_fields_are_set_or_none() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);

        Assert.False(await hash.SetAsync([new("a", "x"), new("new", "x")], Expiration.Never, SetWhen.Missing));
        Assert.False(await hash.SetAsync([new("a", "x"), new("new", "x")], Expiration.Never, SetWhen.Present));
        Assert.Equal("a=1 b=2 c=3", await AllAsync(hash));
        Assert.True(await hash.SetAsync([new("n", "x"), new("m", "x")], Expiration.Never, SetWhen.Missing));
        Assert.True(await hash.SetAsync([new("a", "y"), new("n", "y")], Expiration.Never, SetWhen.Present));
        Assert.True(await hash.SetAsync([new("a", "z")], Expiration.Never));
        Assert.Equal("a=z b=2 c=3 m=x n=y", await AllAsync(hash));
    });

    [Fact]
    public Task An_integer_in_a_field_is_added_to() => RunAsync(async keyspace =>
    {
        var hash = keyspace.Hash("a");

        Assert.Equal(1, await hash.IncrementAsync("n"));
        Assert.Equal(-9, await hash.IncrementAsync("n", -10));
        Assert.Equal("-9", (await hash.GetAsync("n")).ToString());
        await hash.SetAsync("n", long.MaxValue);
        await Assert.ThrowsAsync<NumberOverflowException>(async () => await hash.IncrementAsync("n"));
        Assert.Equal(long.MaxValue, (long)(await hash.GetAsync("n"))!.Value);
        Assert.Equal(-1, await hash.IncrementAsync("n", long.MinValue));
    });

    [Fact]
    public Task A_number_in_a_field_is_added_to() => RunAsync(async keyspace =>
    {
        var hash = keyspace.Hash("a");

        Assert.Equal(10.5, await hash.IncrementFloatAsync("n", 10.5));
        Assert.Equal(8.25, await hash.IncrementFloatAsync("n", -2.25));
        Assert.Equal("8.25", (await hash.GetAsync("n")).ToString());
        Assert.Equal(8, await hash.IncrementFloatAsync("n", -0.25));
        Assert.Equal(9, await hash.IncrementAsync("n"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await hash.IncrementFloatAsync("n", double.NaN));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await hash.IncrementFloatAsync("n", double.NegativeInfinity));
    });

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("1.5x")]
    [InlineData(" 7")]
    public Task A_value_that_is_no_number_cannot_be_added_to(string value) => RunAsync(async keyspace =>
    {
        var hash = keyspace.Hash("a");
        await hash.SetAsync("n", value);

        var error = await Assert.ThrowsAsync<NotANumberException>(async () => await hash.IncrementAsync("n"));
        Assert.Equal("n", error.Field.ToString());
        error = await Assert.ThrowsAsync<NotANumberException>(async () => await hash.IncrementFloatAsync("n", 1));
        Assert.Equal("n", error.Field.ToString());
        Assert.Equal(value, (await hash.GetAsync("n")).ToString());
    });

    [Fact]
    public Task Random_fields_are_some_of_the_hash() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);
        var all = (await hash.GetAllAsync()).ToHashSet();

        Assert.Contains((await hash.GetRandomAsync())!.Value, all);
        var two = await hash.GetRandomAsync(2);
        Assert.Equal(2, two.Distinct().Count());
        Assert.Subset(all, two.ToHashSet());
        Assert.Equal("a=1 b=2 c=3", Text(await hash.GetRandomAsync(9)));
        var nine = await hash.GetRandomAsync(9, RandomPick.Repeated);
        Assert.Equal(9, nine.Length);
        Assert.Subset(all, nine.ToHashSet());
        Assert.Empty(await hash.GetRandomAsync(0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await hash.GetRandomAsync(-1));
    });

    [Fact]
    public Task A_scan_returns_every_field_and_a_pattern_some() => RunAsync(async keyspace =>
    {
        var hash = keyspace.Hash("a");
        await hash.SetAsync([.. Enumerable.Range(0, 1_000).Select(i => new HashEntry($"field {i}", i))]);

        var seen = new HashSet<HashEntry>();
        await foreach (var entry in hash.ScanAsync(new MemberScan { PageSize = 50 })) seen.Add(entry);
        Assert.Equal(await AllAsync(hash), Text(seen));

        seen.Clear();
        var page = await hash.ScanPageAsync(0, new MemberScan { Pattern = "field 1?" });
        for (; page.NextCursor != 0; page = await hash.ScanPageAsync(page.NextCursor, new MemberScan { Pattern = "field 1?" }))
            seen.UnionWith(page.Entries);
        seen.UnionWith(page.Entries);
        Assert.Equal("10 11 12 13 14 15 16 17 18 19", Text(seen.Select(entry => entry.Value)));
    });

    [Fact]
    public Task A_key_of_another_type_is_refused_and_stays() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "text");
        var hash = keyspace.Hash("a");

        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.SetAsync("x", "1"));
        Assert.Equal((KeyType.String, KeyType.Hash), (error.Actual, error.Expected));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.SetAsync([new("x", "1")]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.GetAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.GetAsync(["x"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.GetAllAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.GetFieldsAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.GetValuesAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.RemoveAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.GetAndRemoveAsync(["x"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.ContainsAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.CountAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.GetLengthAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.IncrementAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.IncrementFloatAsync("x", 1));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.GetRandomAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.ScanPageAsync(0));
        Assert.Equal("text", await TextAsync(keyspace, "a"));
    });

    [Fact]
    public Task A_hash_is_renamed_and_expires_as_a_whole() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);
        await hash.ExpireAsync(TimeSpan.FromHours(1));
        await keyspace.Keys.RenameAsync("a", "b");
        await keyspace.Hash("b").SetAsync("a", "other");

        Assert.Equal("a=other b=2 c=3", await AllAsync(keyspace.Hash("b")));
        Assert.InRange((await keyspace.Hash("b").GetTimeToLiveAsync())!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
        Assert.False(await hash.ExistsAsync());
    });

    [Fact]
    public Task A_copy_of_a_hash_has_nothing_to_do_with_it() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);
        await keyspace.Keys.CopyAsync("a", "copy");
        await hash.SetAsync("a", "other");
        await keyspace.Hash("copy").RemoveAsync("b");

        Assert.Equal("a=1 c=3", await AllAsync(keyspace.Hash("copy")));
        Assert.Equal("a=other b=2 c=3", await AllAsync(hash));
    });
}
