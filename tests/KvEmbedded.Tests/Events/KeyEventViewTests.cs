using KvEmbedded.Tests.PubSub;

namespace KvEmbedded.Tests.Events;

/// <summary>Key events as views see them, and flushes.</summary>
public sealed class KeyEventViewTests
{
    private readonly Keyspace keyspace = new();

    [Fact]
    public async Task A_view_sees_its_own_keys_without_the_prefix()
    {
        var view = keyspace.WithPrefix("v:");
        await using var all = await view.SubscribeToEventsAsync();
        await using var some = await view.SubscribeToEventsAsync(new KeyEventFilter { Prefix = "a", Pattern = "?[bc]" });
        await using var outside = await keyspace.SubscribeToEventsAsync(new KeyEventFilter { Pattern = "v:?" });

        foreach (var key in new KvKey[] { "v:a", "v:ab", "ab", "v:", "v:bb", "x" }) await keyspace.Strings.SetAsync(key, "1");
        await view.Keys.DeleteAsync("ab");

        Assert.Equal("a StringSet, ab StringSet,  StringSet, bb StringSet, ab Deleted", Text(all));
        Assert.Equal("ab StringSet, ab Deleted", Text(some));
        Assert.Equal("v:a StringSet", Text(outside));
    }

    [Fact]
    public async Task A_view_inside_a_transaction_can_be_watched_too()
    {
        var events = keyspace.Transact(tx => tx.WithPrefix("v:").SubscribeToEventsAsync().Result);
        await keyspace.Strings.SetAsync("v:a", "1");

        Assert.Equal("a StringSet", Text(events));
    }

    [Fact]
    public async Task A_flush_is_one_event_for_everybody_whatever_is_asked_for_but_the_kind()
    {
        await keyspace.Strings.SetAsync("a", "1");
        await using var all = await keyspace.SubscribeToEventsAsync();
        await using var narrow = await keyspace.WithPrefix("v:").SubscribeToEventsAsync(new KeyEventFilter { Prefix = "x", Pattern = "y" });
        await using var flushes = await keyspace.SubscribeToEventsAsync(new KeyEventFilter { Kinds = [KeyEventKind.KeyspaceFlushed] });
        await using var deletions = await keyspace.SubscribeToEventsAsync(new KeyEventFilter { Kinds = [KeyEventKind.Deleted] });

        await keyspace.Keys.FlushAsync();

        Assert.Equal((" KeyspaceFlushed", " KeyspaceFlushed", " KeyspaceFlushed", ""), (Text(all), Text(narrow), Text(flushes), Text(deletions)));
    }

    [Fact]
    public async Task A_flush_of_a_view_tells_of_each_key_and_then_of_itself_to_those_whom_it_concerns()
    {
        await keyspace.Strings.SetAsync("v:w:a", "1");
        await keyspace.Strings.SetAsync("x", "1");
        var view = keyspace.WithPrefix("v:");
        await using var outside = await keyspace.SubscribeToEventsAsync();
        await using var inside = await view.SubscribeToEventsAsync();
        await using var deeper = await view.WithPrefix("w:").SubscribeToEventsAsync();
        await using var beside = await view.SubscribeToEventsAsync(new KeyEventFilter { Prefix = "x:" });
        await using var elsewhere = await keyspace.WithPrefix("x:").SubscribeToEventsAsync();

        await view.Keys.FlushAsync();
        await view.WithPrefix("w:").Keys.FlushAsync();

        Assert.Equal("v:w:a Deleted, v: KeyspaceFlushed, v:w: KeyspaceFlushed", Text(outside));
        Assert.Equal("w:a Deleted,  KeyspaceFlushed, w: KeyspaceFlushed", Text(inside));
        Assert.Equal("a Deleted,  KeyspaceFlushed,  KeyspaceFlushed", Text(deeper));
        Assert.Equal(" KeyspaceFlushed", Text(beside));
        Assert.Equal("", Text(elsewhere));
    }

    [Fact]
    public async Task A_flush_in_a_transaction_stands_where_it_was_made_and_goes_with_the_transaction()
    {
        using var events = keyspace.SubscribeToEvents();
        Assert.Throws<InvalidOperationException>(() => keyspace.Transact(tx =>
        {
            _ = tx.Keys.FlushAsync();
            throw new InvalidOperationException();
        }));
        await keyspace.TransactAsync(async tx =>
        {
            await tx.Strings.SetAsync("a", "1");
            await tx.Keys.FlushAsync();
            await tx.Strings.SetAsync("b", "1");
        });

        Assert.Equal("a StringSet,  KeyspaceFlushed, b StringSet", Text(events));
    }

    [Fact]
    public async Task Who_comes_too_late_or_with_a_cancelled_token_is_told()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await keyspace.SubscribeToEventsAsync(cancellationToken: new CancellationToken(true)));
        await keyspace.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await keyspace.WithPrefix("v:").SubscribeToEventsAsync());
    }

    private static string Text(Subscription<KeyEvent> events) =>
        string.Join(", ", events.BufferedNews().Select(change => $"{change.Key} {change.Kind}"));
}
