namespace KvEmbedded.Tests.Strings;

/// <summary>Each command reports what Redis reports of it.</summary>
public sealed class StringEventTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Every_command_reports_what_it_did_and_one_that_did_nothing_is_silent()
    {
        await using var world = new StringWorld();
        await using var events = world.Note();
        var (strings, a, n) = (world.Keyspace.Strings, world["a"], world.Keyspace.Counter("n"));
        var past = world.Time.GetUtcNow() - Minute;

        await SaysAsync("StringSet a", a.SetAsync("x"));
        await SaysAsync("StringSet a, ExpirationSet a", a.SetAsync("x", Minute));
        await SaysAsync("StringSet a", a.SetAsync("x", Expiration.Keep));
        await SaysAsync("", a.SetAsync("x", when: SetWhen.Missing));
        await SaysAsync("StringSet a", strings.SetAsync("a", "x", Expiration.Keep));
        await SaysAsync("", a.GetAsync());
        await SaysAsync("", a.GetAndExpireAsync(Expiration.Keep));
        await SaysAsync("Persisted a", a.GetAndExpireAsync(Expiration.Never));
        await SaysAsync("", a.GetAndExpireAsync(Expiration.Never));
        await SaysAsync("ExpirationSet a", a.GetAndExpireAsync(Minute));
        await SaysAsync("Deleted a", a.GetAndExpireAsync(past));
        await SaysAsync("", a.GetAndExpireAsync(Minute));
        await SaysAsync("StringAppended a", a.AppendAsync("x"));
        await SaysAsync("StringAppended a", a.AppendAsync(""));
        await SaysAsync("StringRangeSet a", a.SetRangeAsync(1, "y"));
        await SaysAsync("StringRangeSet a", a.SetRangeAsync(20_000, "y"));
        await SaysAsync("StringAppended a", a.AppendAsync("z"));
        await SaysAsync("", a.SetRangeAsync(5, ""));
        await SaysAsync("StringSet a", a.GetAndSetAsync("y"));
        await SaysAsync("", a.CompareAndSetAsync("x", "z"));
        await SaysAsync("StringSet a", a.CompareAndSetAsync("y", "z"));
        await SaysAsync("", a.CompareAndDeleteAsync("y"));
        await SaysAsync("Deleted a", a.CompareAndDeleteAsync("z"));
        await SaysAsync("", a.GetAndDeleteAsync());
        await SaysAsync("StringSet a", a.SetAsync("x"));
        await SaysAsync("Deleted a", a.SetAsync("x", past));
        await SaysAsync("StringSet p, StringSet q", strings.SetAsync([new("p", 1), new("q", 2)]));
        await SaysAsync("", strings.SetAsync([new("a", 1), new("q", 2)], when: SetWhen.Missing));
        await SaysAsync("Deleted p", world["p"].GetAndDeleteAsync());
        await SaysAsync("CounterIncremented n, ExpirationSet n", n.IncrementAsync(1, Minute));
        await SaysAsync("CounterIncremented n", n.IncrementAsync(1, Minute));
        await SaysAsync("CounterIncremented n", n.DecrementAsync());
        await SaysAsync("", n.IncrementAsync(5, new IncrementOptions { Max = 3 }));
        await SaysAsync(
            "CounterIncremented n, ExpirationSet n",
            n.IncrementAsync(1, new IncrementOptions { Expiration = Minute, ExpireWhen = ExpireCounterWhen.Always }));
        await SaysAsync("CounterFloatIncremented n", n.IncrementFloatAsync(1));
        await SaysAsync("StringSet n", n.GetAndResetAsync(Expiration.Keep));
        world.Time.Advance(Minute);
        Assert.Equal("Expired n", await events.TakeAsync());
        await SaysAsync("StringSet n", n.SetAsync(1));

        async Task SaysAsync<T>(string expected, ValueTask<T> command)
        {
            await command;
            Assert.Equal(expected, await events.TakeAsync());
        }
    }

    [Fact]
    public async Task A_transaction_reports_at_its_end_and_one_that_failed_reports_nothing()
    {
        await using var world = new StringWorld();
        await using var events = world.Note();
        await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.String("a").SetAsync("x");
            await tx.Counter("n").IncrementAsync();
        });
        Assert.Equal("StringSet a, CounterIncremented n", await events.TakeAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.String("a").AppendAsync("x");
            throw new InvalidOperationException();
        }));
        Assert.Equal("", await events.TakeAsync());
    }

    [Fact]
    public async Task The_old_value_comes_with_the_news_that_it_has_expired()
    {
        await using var world = new StringWorld();
        await using var events = world.Keyspace.SubscribeToEvents(new KeyEventFilter { Kinds = [KeyEventKind.Expired] });
        await using var reader = events.GetAsyncEnumerator();
        await world["a"].SetAsync("last words", Minute);
        world.Time.Advance(Minute);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(new KeyEvent("a", KeyEventKind.Expired, "last words"), reader.Current);
    }
}
