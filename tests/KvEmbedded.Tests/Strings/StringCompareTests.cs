namespace KvEmbedded.Tests.Strings;

public sealed class StringCompareTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Short, as a number, and long enough to be kept apart.
    public static TheoryData<string> Values => ["", "a", "12345", new string('x', 20_000)];

    [Theory, MemberData(nameof(Values))]
    public async Task Compare_and_set_sets_what_it_expected_and_nothing_else(string value)
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(value, Minute);
        Assert.False(await world["a"].CompareAndSetAsync(value + "!", "new"));
        Assert.Equal((value, (TimeSpan?)Minute), (await world.TextAsync("a"), await world.GetTimeToLiveAsync("a")));
        Assert.True(await world["a"].CompareAndSetAsync(value, "new"));
        Assert.Equal(("new", (TimeSpan?)null), (await world.TextAsync("a"), await world.GetTimeToLiveAsync("a")));
    }

    [Theory, MemberData(nameof(Values))]
    public async Task Compare_and_set_if_different_sets_everything_but_what_it_expected(string value)
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(value, Minute);
        Assert.False(await world["a"].CompareAndSetAsync(value, "new", when: CompareWhen.NotEqual));
        Assert.Equal(value, await world.TextAsync("a"));
        Assert.True(await world["a"].CompareAndSetAsync(value + "!", "new", Expiration.Keep, CompareWhen.NotEqual));
        Assert.Equal(("new", (TimeSpan?)Minute), (await world.TextAsync("a"), await world.GetTimeToLiveAsync("a")));
    }

    [Fact]
    public async Task A_missing_key_equals_nothing_and_differs_from_everything()
    {
        await using var world = new StringWorld();
        Assert.False(await world["a"].CompareAndSetAsync("", "new"));
        Assert.False(await world["a"].CompareAndDeleteAsync(""));
        Assert.False(await world["a"].CompareAndDeleteAsync("", CompareWhen.NotEqual));
        Assert.Null(await world["a"].GetAsync());
        Assert.True(await world["a"].CompareAndSetAsync("", "new", Minute, CompareWhen.NotEqual));
        Assert.Equal(("new", (TimeSpan?)Minute), (await world.TextAsync("a"), await world.GetTimeToLiveAsync("a")));
    }

    [Theory, MemberData(nameof(Values))]
    public async Task Compare_and_delete_deletes_what_it_expected_and_nothing_else(string value)
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(value);
        Assert.False(await world["a"].CompareAndDeleteAsync(value + "!"));
        Assert.False(await world["a"].CompareAndDeleteAsync(value, CompareWhen.NotEqual));
        Assert.Equal(value, await world.TextAsync("a"));
        Assert.True(await world["a"].CompareAndDeleteAsync(value));
        Assert.Null(await world["a"].GetAsync());
        await world["a"].SetAsync(value);
        Assert.True(await world["a"].CompareAndDeleteAsync(value + "!", CompareWhen.NotEqual));
        Assert.Null(await world["a"].GetAsync());
    }

    [Fact]
    public async Task A_number_is_compared_as_its_text()
    {
        await using var world = new StringWorld();
        await world.Keyspace.Counter("n").IncrementAsync(12);
        Assert.False(await world["n"].CompareAndSetAsync("012", 1));
        Assert.True(await world["n"].CompareAndSetAsync("12", 13));
        Assert.True(await world["n"].CompareAndDeleteAsync(13));
    }

    [Fact]
    public async Task A_value_that_has_expired_is_not_compared_any_more()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync("x", Minute);
        world.Time.Advance(Minute);
        Assert.False(await world["a"].CompareAndSetAsync("x", "y"));
        Assert.False(await world["a"].CompareAndDeleteAsync("x"));
    }
}
