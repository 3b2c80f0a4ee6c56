namespace KvEmbedded.Conformance;

/// <summary><see cref="IHash"/>: fields that expire, and commands that came with them (Redis 7.4 and 8.0).</summary>
public abstract class HashExpiryContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static string Text(IEnumerable<HashEntry> entries) =>
        string.Join(' ', entries.Select(entry => $"{entry.Field}={entry.Value}").Order(StringComparer.Ordinal));

    private static string Text(IEnumerable<KvValue?> values) => string.Join(' ', values.Select(value => value?.ToString() ?? "none"));

    /// <summary>a=1 b=2 c=3, of which b expires in an hour.</summary>
    private static async ValueTask<IHash> MakeAsync(IKeyspace keyspace)
    {
        var hash = keyspace.Hash("a");
        await hash.SetAsync([new("a", 1), new("b", 2), new("c", 3)]);
        await hash.ExpireFieldAsync("b", Hour);
        return hash;
    }

    private static async ValueTask<TimeSpan?> LeftAsync(IHash hash, KvValue field) => (await hash.GetFieldLifetimeAsync(field)).TimeToLive;

    [Fact]
    public Task A_field_that_has_expired_is_missing() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);
        Assert.True(await hash.ExpireFieldAsync("a", Backend.ShortTime));
        await Backend.PassAsync(Backend.ShortTime);

        Assert.Null(await hash.GetAsync("a"));
        Assert.Equal("b=2 c=3", Text(await hash.GetAllAsync()));
        Assert.Equal(2, await hash.CountAsync());
        Assert.Equal(KeyLifetime.Missing, await hash.GetFieldLifetimeAsync("a"));

        await hash.ExpireFieldsAsync(["b", "c"], Backend.ShortTime);
        await Backend.PassAsync(Backend.ShortTime);
        Assert.Equal(0, await hash.CountAsync());
    });

    [Fact]
    public Task A_field_says_whether_it_is_there_whether_it_expires_and_when() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);

        var lifetimes = await hash.GetFieldLifetimesAsync(["a", "b", "missing"]);
        Assert.Equal(KeyLifetime.Endless, lifetimes[0]);
        Assert.InRange(lifetimes[1].TimeToLive!.Value, TimeSpan.FromMinutes(55), Hour);
        Assert.Equal(KeyLifetime.Missing, lifetimes[2]);
        Assert.Equal([KeyLifetime.Missing], await keyspace.Hash("no such key").GetFieldLifetimesAsync(["x"]));
    });

    [Fact]
    public Task Fields_expire_at_a_moment() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);
        var moment = DateTimeOffset.FromUnixTimeMilliseconds((await hash.GetFieldLifetimeAsync("b")).ExpiresAt!.Value.ToUnixTimeMilliseconds()) + Hour;

        Assert.True(await hash.ExpireFieldAtAsync("a", moment));
        Assert.Equal([FieldExpireResult.Set, FieldExpireResult.Missing], await hash.ExpireFieldsAtAsync(["c", "missing"], moment));
        Assert.Equal(moment, (await hash.GetFieldLifetimeAsync("a")).ExpiresAt);
        Assert.Equal(moment, (await hash.GetFieldLifetimeAsync("c")).ExpiresAt);
        Assert.True(await hash.ExpireFieldAtAsync("a", DateTimeOffset.UnixEpoch));
        Assert.Equal([FieldExpireResult.Removed], await hash.ExpireFieldsAtAsync(["c"], DateTimeOffset.UnixEpoch));
        Assert.Equal("b=2", Text(await hash.GetAllAsync()));
    });

    [Theory]
    [InlineData(ExpireWhen.Always, FieldExpireResult.Set, FieldExpireResult.Set, FieldExpireResult.Set)]
    [InlineData(ExpireWhen.WithoutExpiration, FieldExpireResult.Set, FieldExpireResult.Refused, FieldExpireResult.Refused)]
    [InlineData(ExpireWhen.WithExpiration, FieldExpireResult.Refused, FieldExpireResult.Set, FieldExpireResult.Set)]
    [InlineData(ExpireWhen.Later, FieldExpireResult.Refused, FieldExpireResult.Refused, FieldExpireResult.Set)]
    [InlineData(ExpireWhen.Sooner, FieldExpireResult.Set, FieldExpireResult.Set, FieldExpireResult.Refused)]
    public Task A_condition_is_asked_of_each_field(
        ExpireWhen when, FieldExpireResult endless, FieldExpireResult longer, FieldExpireResult shorter) => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);
        await hash.ExpireFieldAsync("c", Hour * 3);

        // a never expires, c does later, b sooner.
        Assert.Equal([endless, longer, shorter, FieldExpireResult.Missing], await hash.ExpireFieldsAsync(["a", "c", "b", "missing"], Hour * 2, when));
        Assert.Equal(endless == FieldExpireResult.Set, await LeftAsync(hash, "a") is not null);
        Assert.Equal(when == ExpireWhen.Always, await hash.ExpireFieldAsync("a", Hour * 2.5, when));
    });

    [Fact]
    public Task A_time_to_live_of_nothing_removes_the_field() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);

        Assert.Equal([FieldExpireResult.Removed, FieldExpireResult.Missing], await hash.ExpireFieldsAsync(["a", "a"], TimeSpan.Zero));
        Assert.True(await hash.ExpireFieldAsync("b", TimeSpan.Zero));
        Assert.False(await hash.ExpireFieldAsync("b", TimeSpan.Zero));
        Assert.Equal("c=3", Text(await hash.GetAllAsync()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await hash.ExpireFieldsAsync([], Hour));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await hash.ExpireFieldAsync("c", Hour, (ExpireWhen)9));
    });

    [Fact]
    public Task A_condition_is_asked_before_a_field_is_removed() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);

        Assert.Equal([FieldExpireResult.Refused], await hash.ExpireFieldsAsync(["a"], TimeSpan.Zero, ExpireWhen.WithExpiration));
        Assert.True(await hash.ContainsAsync("a"));
    });

    [Fact]
    public Task A_time_to_live_is_taken_away() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);

        Assert.Equal([false, true, null], await hash.PersistFieldsAsync(["a", "b", "missing"]));
        Assert.False(await hash.PersistFieldAsync("b"));
        await hash.ExpireFieldAsync("b", Hour);
        Assert.True(await hash.PersistFieldAsync("b"));
        Assert.Equal(KeyLifetime.Endless, await hash.GetFieldLifetimeAsync("b"));
    });

    [Fact]
    public Task Setting_takes_a_time_to_live_away_and_adding_keeps_it() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);

        await hash.IncrementAsync("b");
        Assert.NotNull(await LeftAsync(hash, "b"));
        await hash.IncrementFloatAsync("b", 0.5);
        Assert.NotNull(await LeftAsync(hash, "b"));
        await hash.SetAsync("b", "plain");
        Assert.Null(await LeftAsync(hash, "b"));
        await hash.ExpireFieldAsync("b", Hour);
        await hash.SetAsync([new("b", "plain")]);
        Assert.Null(await LeftAsync(hash, "b"));
    });

    [Fact]
    public Task Fields_are_set_together_with_their_time_to_live() => RunAsync(async keyspace =>
    {
        var hash = keyspace.Hash("a");

        Assert.True(await hash.SetAsync([new("x", 1), new("y", 2)], Hour));
        Assert.NotNull(await LeftAsync(hash, "x"));
        Assert.True(await hash.SetAsync([new("x", 3)], Expiration.Keep));
        Assert.NotNull(await LeftAsync(hash, "x"));
        Assert.True(await hash.SetAsync([new("x", 4)], Expiration.Never));
        Assert.Null(await LeftAsync(hash, "x"));
        Assert.Equal("x=4 y=2", Text(await hash.GetAllAsync()));
        Assert.True(await hash.SetAsync([new("x", 5), new("y", 6)], DateTimeOffset.UnixEpoch));
        Assert.False(await hash.ExistsAsync());
    });

    [Fact]
    public Task Fields_are_read_and_given_a_time_to_live() => RunAsync(async keyspace =>
    {
        var hash = await MakeAsync(keyspace);

        Assert.Equal("1 none", Text(await hash.GetAndExpireAsync(["a", "missing"], Hour)));
        Assert.NotNull(await LeftAsync(hash, "a"));
        Assert.Equal("1", Text(await hash.GetAndExpireAsync(["a"], Expiration.Keep)));
        Assert.NotNull(await LeftAsync(hash, "a"));
        Assert.Equal("1", Text(await hash.GetAndExpireAsync(["a"], Expiration.Never)));
        Assert.Null(await LeftAsync(hash, "a"));
        Assert.Equal("1", Text(await hash.GetAndExpireAsync(["a"], DateTimeOffset.UnixEpoch)));
        Assert.Equal("b=2 c=3", Text(await hash.GetAllAsync()));
    });

    [Fact]
    public Task A_key_of_another_type_has_no_fields_that_expire() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "text");
        var hash = keyspace.Hash("a");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.ExpireFieldAsync("x", Hour));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.ExpireFieldsAtAsync(["x"], DateTimeOffset.MaxValue));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.PersistFieldsAsync(["x"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.GetFieldLifetimeAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.SetAsync([new("x", "1")], Hour));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await hash.GetAndExpireAsync(["x"], Hour));
        Assert.Equal("text", await TextAsync(keyspace, "a"));
    });
}
