namespace KvEmbedded.Conformance;

/// <summary>What becomes of keys as time passes.</summary>
public abstract class ExpiryContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public Task An_expired_key_is_missing_to_everyone() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x", Backend.ShortTime);
        await keyspace.Strings.SetAsync("b", "y", Hour);
        await Backend.PassAsync(Backend.ShortTime);

        Assert.Null(await TextAsync(keyspace, "a"));
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
        Assert.Equal(KeyType.None, await keyspace.Keys.GetTypeAsync("a"));
        Assert.Equal(KeyLifetime.Missing, await keyspace.Keys.GetLifetimeAsync("a"));
        Assert.Equal(0, await keyspace.SortedSet("a").CountAsync());
        Assert.Equal("b", (await keyspace.Keys.GetRandomAsync()).ToString());
        Assert.Equal(1, await keyspace.Keys.CountAsync());
        await foreach (var key in keyspace.Keys.ScanAsync()) Assert.Equal("b", key.ToString());
    });

    [Fact]
    public Task Time_to_live_runs_down() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x", Hour);
        await Backend.PassAsync(Backend.ShortTime);

        Assert.InRange((await keyspace.Keys.GetTimeToLiveAsync("a"))!.Value, TimeSpan.FromMinutes(55), Hour - Backend.ShortTime);
    });

    [Fact]
    public Task A_key_that_was_persisted_stays() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x", Backend.ShortTime * 10);
        await keyspace.Keys.PersistAsync("a");
        await Backend.PassAsync(Backend.ShortTime * 11);

        Assert.Equal("x", await TextAsync(keyspace, "a"));
    });

    [Fact]
    public Task A_renamed_key_and_a_copy_end_when_their_source_would_have() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x", Backend.ShortTime);
        await keyspace.Keys.CopyAsync("a", "copy");
        await keyspace.Keys.RenameAsync("a", "renamed");
        await Backend.PassAsync(Backend.ShortTime);

        Assert.Equal(0, await keyspace.Keys.ExistsAsync(["a", "copy", "renamed"]));
    });

    [Fact]
    public Task A_counter_that_has_expired_begins_anew_with_a_full_time_to_live() => RunAsync(async keyspace =>
    {
        var counter = keyspace.Counter("a");
        await counter.IncrementAsync(5, Backend.ShortTime);
        await Backend.PassAsync(Backend.ShortTime);

        Assert.Equal(2, await counter.IncrementAsync(2, Hour));
        Assert.Equal(3, await counter.IncrementAsync(1, TimeSpan.FromTicks(10_000)));
        Assert.InRange((await counter.GetTimeToLiveAsync())!.Value, TimeSpan.FromMinutes(55), Hour);
    });

    [Fact]
    public Task An_expired_key_does_not_hold_up_a_key_of_another_type() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x", Backend.ShortTime);
        await Backend.PassAsync(Backend.ShortTime);

        Assert.True(await keyspace.SortedSet("a").AddAsync("member", 1));
        Assert.Null(await keyspace.Keys.GetTimeToLiveAsync("a"));
    });
}
