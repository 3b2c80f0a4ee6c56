namespace KvEmbedded.Conformance;

public abstract partial class KeysContract<TBackend>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public Task A_time_to_live_is_given_read_and_taken_away() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");
        Assert.Equal(KeyLifetime.Endless, await keyspace.Keys.GetLifetimeAsync("a"));
        Assert.Null(await keyspace.Keys.GetTimeToLiveAsync("a"));

        Assert.True(await keyspace.Keys.ExpireAsync("a", Hour));
        Assert.InRange((await keyspace.Keys.GetTimeToLiveAsync("a"))!.Value, Hour - TimeSpan.FromMinutes(5), Hour);
        Assert.True(await keyspace.Keys.PersistAsync("a"));
        Assert.False(await keyspace.Keys.PersistAsync("a"));
        Assert.Equal(KeyLifetime.Endless, await keyspace.Keys.GetLifetimeAsync("a"));
    });

    [Fact]
    public Task A_missing_key_cannot_expire() => RunAsync(async keyspace =>
    {
        Assert.False(await keyspace.Keys.ExpireAsync("a", Hour));
        Assert.False(await keyspace.Keys.ExpireAtAsync("a", DateTimeOffset.MaxValue));
        Assert.False(await keyspace.Keys.PersistAsync("a"));
        Assert.Null(await keyspace.Keys.GetTimeToLiveAsync("a"));
        Assert.Equal(KeyLifetime.Missing, await keyspace.Keys.GetLifetimeAsync("a"));
    });

    [Fact]
    public Task A_key_can_expire_at_a_moment() => RunAsync(async keyspace =>
    {
        var moment = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await keyspace.Strings.SetAsync("a", "x");

        Assert.True(await keyspace.Keys.ExpireAtAsync("a", moment));
        Assert.Equal(moment, (await keyspace.Keys.GetLifetimeAsync("a")).ExpiresAt!.Value, TimeSpan.FromSeconds(1));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public Task A_time_to_live_that_is_over_deletes_the_key(int seconds) => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");
        await keyspace.Strings.SetAsync("b", "x");

        Assert.True(await keyspace.Keys.ExpireAsync("a", TimeSpan.FromSeconds(seconds)));
        Assert.True(await keyspace.Keys.ExpireAtAsync("b", DateTimeOffset.UnixEpoch.AddDays(1)));
        Assert.Equal(0, await keyspace.Keys.CountAsync());
    });

    [Theory]
    [InlineData(ExpireWhen.Always, true, true, true)]
    [InlineData(ExpireWhen.WithoutExpiration, true, false, false)]
    [InlineData(ExpireWhen.WithExpiration, false, true, true)]
    [InlineData(ExpireWhen.Later, false, false, true)]
    [InlineData(ExpireWhen.Sooner, true, true, false)]
    public Task A_new_time_to_live_may_depend_on_the_one_before(ExpireWhen when, bool ofEndless, bool ofLater, bool ofSooner) =>
        RunAsync(async keyspace =>
        {
            await keyspace.Strings.SetAsync("endless", "x");
            await keyspace.Strings.SetAsync("later", "x", 3 * Hour);
            await keyspace.Strings.SetAsync("sooner", "x", Hour);

            Assert.Equal(ofEndless, await keyspace.Keys.ExpireAsync("endless", 2 * Hour, when));
            Assert.Equal(ofLater, await keyspace.Keys.ExpireAsync("later", 2 * Hour, when));
            Assert.Equal(ofSooner, await keyspace.Keys.ExpireAsync("sooner", 2 * Hour, when));
            Assert.Equal(ofSooner, await keyspace.Keys.GetTimeToLiveAsync("sooner") > 1.5 * Hour);
        });

    [Fact]
    public Task There_are_no_conditions_without_a_name() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Keys.ExpireAsync("a", Hour, (ExpireWhen)99));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Keys.RenameAsync("a", "b", (ExistingDestination)99));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Strings.SetAsync("a", "y", when: (SetWhen)99));
        Assert.Equal("x", await TextAsync(keyspace, "a"));
    });
}
