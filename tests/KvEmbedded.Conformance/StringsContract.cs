namespace KvEmbedded.Conformance;

/// <summary><see cref="IKvStrings"/>.</summary>
public abstract class StringsContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public Task One_key_is_written_and_read_without_a_handle() => RunAsync(async keyspace =>
    {
        Assert.Null(await keyspace.Strings.GetAsync("a"));
        Assert.True(await keyspace.Strings.SetAsync("a", "x", Hour, SetWhen.Missing));
        Assert.False(await keyspace.Strings.SetAsync("a", "y", Hour, SetWhen.Missing));
        Assert.Equal("x", (await keyspace.Strings.GetAsync("a")).ToString());
        Assert.NotNull(await keyspace.Keys.GetTimeToLiveAsync("a"));
    });

    [Fact]
    public Task Several_keys_are_read_in_the_order_they_are_named() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "1");
        await keyspace.Strings.SetAsync("b", "2");
        await PutSortedSetAsync(keyspace, "set");

        var values = await keyspace.Strings.GetAsync(["b", "missing", "a", "set", "b"]);

        Assert.Equal(["2", null, "1", null, "2"], values.Select(value => value?.ToString()));
    });

    [Fact]
    public Task Several_keys_are_set_in_one_step_whatever_they_hold() => RunAsync(async keyspace =>
    {
        await PutSortedSetAsync(keyspace, "a");
        await keyspace.Strings.SetAsync("b", "old", Hour);

        Assert.True(await keyspace.Strings.SetAsync([new("a", "1"), new("b", "2"), new("c", "3"), new("c", "4")]));
        Assert.Equal(["1", "2", "4"], (await keyspace.Strings.GetAsync(["a", "b", "c"])).Select(value => value?.ToString()));
        Assert.Null(await keyspace.Keys.GetTimeToLiveAsync("b"));
    });

    [Fact]
    public Task Several_keys_are_set_if_all_are_missing_or_all_present() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "old");

        Assert.False(await keyspace.Strings.SetAsync([new("a", "1"), new("b", "2")], when: SetWhen.Missing));
        Assert.False(await keyspace.Strings.SetAsync([new("a", "1"), new("b", "2")], when: SetWhen.Present));
        Assert.Equal(["old", null], (await keyspace.Strings.GetAsync(["a", "b"])).Select(value => value?.ToString()));
        Assert.True(await keyspace.Strings.SetAsync([new("b", "2"), new("c", "3")], when: SetWhen.Missing));
        Assert.True(await keyspace.Strings.SetAsync([new("a", "1"), new("b", "4")], when: SetWhen.Present));
        Assert.Equal(["1", "4", "3"], (await keyspace.Strings.GetAsync(["a", "b", "c"])).Select(value => value?.ToString()));
    });

    [Fact]
    public Task Several_keys_get_the_same_time_to_live() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync([new("a", "1"), new("b", "2")], Hour);
        Assert.NotNull(await keyspace.Keys.GetTimeToLiveAsync("a"));
        Assert.NotNull(await keyspace.Keys.GetTimeToLiveAsync("b"));

        await keyspace.Strings.SetAsync([new("a", "3"), new("c", "4")], Expiration.Keep);
        Assert.NotNull(await keyspace.Keys.GetTimeToLiveAsync("a"));
        Assert.Null(await keyspace.Keys.GetTimeToLiveAsync("c"));
    });

    [Fact]
    public Task Commands_on_several_keys_need_one() => RunAsync(async keyspace =>
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Strings.GetAsync(Array.Empty<KvKey>()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Strings.SetAsync(Array.Empty<KeyValuePair<KvKey, KvValue>>()));
    });
}
