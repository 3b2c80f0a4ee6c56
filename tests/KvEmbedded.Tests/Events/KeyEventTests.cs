using FsCheck.Xunit;
using KvEmbedded.Tests.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Events;

public sealed class KeyEventTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_subscriber_sees_every_commit_after_the_call_in_its_order()
    {
        await using var keyspace = Make();
        await keyspace.Strings.SetAsync("before", "v");
        using var events = keyspace.SubscribeToEvents();

        await keyspace.Strings.SetAsync("a", "1");
        await keyspace.Counter("n").IncrementAsync(1);
        await keyspace.Keys.DeleteAsync("a");
        await keyspace.Strings.SetAsync("a", "2");

        Assert.Equal(
            [new KeyEvent("a", KeyEventKind.StringSet, null), new KeyEvent("n", KeyEventKind.CounterIncremented, null),
             new KeyEvent("a", KeyEventKind.Deleted, null), new KeyEvent("a", KeyEventKind.StringSet, null)],
            await Read(events, 4));
    }

    [Fact]
    public async Task Each_subscriber_has_all_events()
    {
        await using var keyspace = Make();
        using var one = keyspace.SubscribeToEvents();
        using var two = keyspace.SubscribeToEvents();

        await keyspace.Strings.SetAsync("a", "1");

        Assert.Equal(await Read(one, 1), await Read(two, 1));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(100_000)]
    public async Task An_expired_string_comes_with_its_old_value_however_long(int length)
    {
        await using var keyspace = Make();
        using var events = keyspace.SubscribeToEvents(new KeyEventFilter { Kinds = [KeyEventKind.Expired] });
        var value = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        await keyspace.Strings.SetAsync("a", value, TimeSpan.FromSeconds(1));

        time.Advance(TimeSpan.FromSeconds(1));

        var expired = Assert.Single(await Read(events, 1));
        Assert.Equal(new KeyEvent("a", KeyEventKind.Expired, value), expired);
    }

    [Fact]
    public async Task A_counter_that_expires_comes_with_its_last_number_and_an_expired_set_with_nothing()
    {
        await using var keyspace = Make();
        using var events = keyspace.SubscribeToEvents(new KeyEventFilter { Kinds = [KeyEventKind.Expired] });
        await keyspace.Counter("n").IncrementAsync(41);
        await keyspace.Counter("n").IncrementAsync(1);
        await keyspace.Counter("n").ExpireAsync(TimeSpan.FromSeconds(1));
        await keyspace.Light("basket", (turn, key) => turn.FindOrCreate<KvEmbedded.Tests.Engine.Basket>(key).Push(1));
        await keyspace.Keys.ExpireAsync("basket", TimeSpan.FromSeconds(2));

        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([42, null], (await Read(events, 2)).Select(change => change.OldValue));
    }

    [Fact]
    public async Task A_failed_transaction_publishes_nothing_and_one_that_ends_well_everything_at_its_end()
    {
        await using var keyspace = Make();
        using var events = keyspace.SubscribeToEvents();
        await using var reader = events.GetAsyncEnumerator();

        Assert.Throws<InvalidOperationException>(() => keyspace.Transact(tx =>
        {
            tx.Strings.SetAsync("a", "1");
            throw new InvalidOperationException();
        }));
        var next = reader.MoveNextAsync();
        keyspace.Transact(tx =>
        {
            tx.Strings.SetAsync("b", "1");
            tx.Strings.SetAsync("c", "1");
            Assert.False(next.IsCompleted);
        });

        Assert.True(await next);
        Assert.Equal("b", reader.Current.Key);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("c", reader.Current.Key);
    }

    [Fact]
    public async Task A_key_that_expires_inside_a_failed_transaction_is_reported_once_when_it_really_goes()
    {
        await using var keyspace = Make();
        await keyspace.Strings.SetAsync("a", "old", TimeSpan.FromSeconds(1));
        using var events = keyspace.SubscribeToEvents();

        Assert.Throws<InvalidOperationException>(() => keyspace.Transact(tx =>
        {
            time.Advance(TimeSpan.FromSeconds(2));
            tx.Strings.SetAsync("a", "new");
            throw new InvalidOperationException();
        }));
        time.Advance(TimeSpan.FromSeconds(1));
        await keyspace.Strings.SetAsync("last", "v");

        Assert.Equal(
            [new KeyEvent("a", KeyEventKind.Expired, "old"), new KeyEvent("last", KeyEventKind.StringSet, null)],
            await Read(events, 2));
    }

    [Fact]
    public async Task Prefix_pattern_and_kinds_narrow_what_comes()
    {
        await using var keyspace = Make();
        using var prefixed = keyspace.SubscribeToEvents(new KeyEventFilter { Prefix = "user:" });
        using var matched = keyspace.SubscribeToEvents(new KeyEventFilter { Pattern = "user:*:[ab]" });
        using var deleted = keyspace.SubscribeToEvents(new KeyEventFilter { Prefix = "user:", Kinds = [KeyEventKind.Deleted, KeyEventKind.Expired] });
        using var everything = keyspace.SubscribeToEvents(new KeyEventFilter { Pattern = "*" });

        KvKey[] keys = ["user:1:a", "user:1:c", "user", "", "USER:1:a"];
        foreach (var key in keys) await keyspace.Strings.SetAsync(key, "v");
        await keyspace.Keys.DeleteAsync("user");
        await keyspace.Keys.DeleteAsync("user:1:c");

        Assert.Equal(["user:1:a", "user:1:c", "user:1:c"], (await Read(prefixed, 3)).Select(change => change.Key));
        Assert.Equal(["user:1:a"], (await Read(matched, 1)).Select(change => change.Key));
        Assert.Equal(["user:1:c"], (await Read(deleted, 1)).Select(change => change.Key));
        Assert.Equal(7, (await Read(everything, 7)).Length);
        foreach (var events in new[] { prefixed, matched, deleted, everything }) await AssertNothingMore(events);
    }

    [Fact]
    public async Task A_filter_that_can_never_match_is_refused()
    {
        await using var keyspace = Make();

        Assert.Equal(
            "Kinds is empty, so nothing would ever come. Name a kind, or leave it null for all. (Parameter 'filter')",
            Assert.Throws<ArgumentException>(() => keyspace.SubscribeToEvents(new KeyEventFilter { Kinds = [] })).Message);
        Assert.StartsWith(
            "There is no KeyEventKind of that number. (Parameter 'filter')",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => keyspace.SubscribeToEvents(new KeyEventFilter { Kinds = [(KeyEventKind)(-1)] })).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "The capacity of a subscription is 1 to 16777216 events. (Parameter 'capacity')",
            Assert.Throws<ArgumentOutOfRangeException>(() => keyspace.SubscribeToEvents(capacity: 0)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "There is no such FullMode. Use a named one. (Parameter 'fullMode')",
            Assert.Throws<ArgumentOutOfRangeException>(() => keyspace.SubscribeToEvents(fullMode: (FullMode)9)).Message, StringComparison.Ordinal);
        Assert.Equal(0, keyspace.Diagnostics.GetStatistics().Subscribers);
    }

    [Theory]
    [InlineData(FullMode.DropOldest, new[] { 7, 8, 9 })]
    [InlineData(FullMode.DropNewest, new[] { 0, 1, 2 })]
    public async Task A_subscriber_that_never_reads_holds_nobody_up_and_loses_what_its_mode_says(FullMode mode, int[] kept)
    {
        await using var keyspace = Make();
        using var events = keyspace.SubscribeToEvents(capacity: 3, fullMode: mode);

        for (var i = 0; i < 10; i++) Assert.True(keyspace.Strings.SetAsync(i, "v").IsCompletedSuccessfully);

        Assert.Equal(7, events.DroppedCount);
        Assert.Equal(kept, (await Read(events, 3)).Select(change => int.Parse(change.Key.ToString())));
    }

    [Fact]
    public async Task A_subscription_that_shall_end_when_it_is_behind_does_so_and_is_forgotten()
    {
        await using var keyspace = Make();
        using var events = keyspace.SubscribeToEvents(capacity: 2, fullMode: FullMode.End);

        for (var i = 0; i < 5; i++) await keyspace.Strings.SetAsync(i, "v");

        await using var reader = events.GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        Assert.True(await reader.MoveNextAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.MoveNextAsync());
        Assert.Equal((1, 0), (events.DroppedCount, keyspace.Diagnostics.GetStatistics().Subscribers));
    }

    [Fact]
    public async Task The_buffer_is_as_large_as_the_options_say_unless_the_subscription_says_otherwise()
    {
        await using var keyspace = new Keyspace(new KeyspaceOptions { EventBufferCapacity = 5 });
        using var five = keyspace.SubscribeToEvents();
        using var seven = keyspace.SubscribeToEvents(capacity: 7);

        for (var i = 0; i < 10; i++) await keyspace.Strings.SetAsync(i, "v");

        Assert.Equal((5, 3), (five.DroppedCount, seven.DroppedCount));
    }

    [Fact]
    public async Task The_end_of_the_keyspace_comes_after_what_is_buffered()
    {
        var keyspace = Make();
        using var events = keyspace.SubscribeToEvents();
        await using var waiting = keyspace.SubscribeToEvents(new KeyEventFilter { Prefix = "nothing" });
        await using var waitingReader = waiting.GetAsyncEnumerator();
        var wait = waitingReader.MoveNextAsync();
        await keyspace.Strings.SetAsync("a", "1");
        await keyspace.DisposeAsync();

        await using var reader = events.GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reader.MoveNextAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await wait);
        Assert.Throws<ObjectDisposedException>(() => keyspace.SubscribeToEvents());
        Assert.Equal(0, keyspace.Diagnostics.GetStatistics().Subscribers);
    }

    [Fact]
    public async Task A_disposed_subscription_ends_after_what_is_buffered_and_hears_nothing_more()
    {
        await using var keyspace = Make();
        var events = keyspace.SubscribeToEvents();
        await keyspace.Strings.SetAsync("a", "1");
        await events.DisposeAsync();
        await keyspace.Strings.SetAsync("b", "1");

        var read = new List<KvKey>();
        await foreach (var change in events) read.Add(change.Key);

        Assert.Equal(["a"], read);
    }

    [Fact]
    public async Task A_reader_that_waits_comes_to_its_end_when_its_subscription_does_or_its_token_fires()
    {
        await using var keyspace = Make();
        var ended = keyspace.SubscribeToEvents();
        await using var endedReader = ended.GetAsyncEnumerator();
        var end = endedReader.MoveNextAsync();
        using var source = new CancellationTokenSource();
        using var events = keyspace.SubscribeToEvents();
        await using var reader = events.GetAsyncEnumerator(source.Token);
        var cancelled = reader.MoveNextAsync();

        ended.Dispose();
        await source.CancelAsync();

        Assert.False(await end);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cancelled);
    }

    [Fact]
    public async Task The_next_reader_goes_on_where_the_one_before_has_stopped()
    {
        await using var keyspace = Make();
        using var events = keyspace.SubscribeToEvents();
        for (var i = 0; i < 4; i++) await keyspace.Strings.SetAsync(i, "v");

        Assert.Equal([0, (KvKey)1], (await Read(events, 2)).Select(change => change.Key));
        Assert.Equal([2, (KvKey)3], (await Read(events, 2)).Select(change => change.Key));
    }

    [Fact]
    public async Task A_second_reader_at_the_same_time_is_refused()
    {
        await using var keyspace = Make();
        using var events = keyspace.SubscribeToEvents();
        await keyspace.Strings.SetAsync("a", "1");
        await using var one = events.GetAsyncEnumerator();
        await using var two = events.GetAsyncEnumerator();
        Assert.True(await one.MoveNextAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await two.MoveNextAsync());
    }

    [Fact]
    public async Task A_reader_never_runs_on_the_loop()
    {
        var scheduler = new HeldScheduler();
        await using var keyspace = new Keyspace(new KeyspaceOptions { Scheduler = scheduler });
        using var events = keyspace.SubscribeToEvents();
        var reader = events.GetAsyncEnumerator();
        var next = reader.MoveNextAsync();

        Assert.True(keyspace.Strings.SetAsync("a", "1").IsCompletedSuccessfully);
        Assert.False(next.IsCompleted);
        scheduler.RunAll();

        Assert.True(next.IsCompletedSuccessfully);
    }

    // Many writers, one reader that keeps up: each writer's events come in its own order, and all of them.
    [Fact]
    public async Task Nothing_is_lost_or_turned_round_between_many_writers_and_a_reader()
    {
        const int Writers = 4, Writes = 5_000;
        await using var keyspace = new Keyspace();
        using var events = keyspace.SubscribeToEvents(capacity: Writers * Writes);
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Writes; i++) await keyspace.Strings.SetAsync($"{writer}:{i}", "v");
        })).ToArray();

        var next = new int[Writers];
        foreach (var change in await Read(events, Writers * Writes))
        {
            var parts = change.Key.ToString().Split(':');
            Assert.Equal(next[int.Parse(parts[0])]++, int.Parse(parts[1]));
        }

        await Task.WhenAll(writers);
        Assert.Equal(0, events.DroppedCount);
    }

    // A small world of keys and one byte of pattern each, beside a plain list of what was done.
    [Property(MaxTest = 50)]
    public void A_subscriber_sees_what_a_plain_list_of_changes_holds((byte Key, bool IsDelete)[] steps, byte prefix)
    {
        using var keyspace = Make();
        using var events = keyspace.SubscribeToEvents(new KeyEventFilter { Prefix = (prefix % 4).ToString() }, capacity: 1_000);
        var (expected, present) = (new List<(KvKey, KeyEventKind)>(), new HashSet<int>());

        foreach (var (step, isDelete) in steps)
        {
            var key = step % 8;
            if (isDelete)
            {
                _ = keyspace.Keys.DeleteAsync(key);
                if (present.Remove(key)) Expect(KeyEventKind.Deleted);
            }
            else
            {
                _ = keyspace.Strings.SetAsync(key, "v");
                present.Add(key);
                Expect(KeyEventKind.StringSet);
            }

            void Expect(KeyEventKind kind)
            {
                if (key == prefix % 4) expected.Add((key, kind));
            }
        }

        keyspace.Dispose();
        Assert.Equal(expected, ReadBuffered(events).Select(change => (change.Key, change.Kind)));
    }

    private Keyspace Make() => new(new KeyspaceOptions { TimeProvider = time });

    private static async Task<KeyEvent[]> Read(Subscription<KeyEvent> events, int count)
    {
        var read = new List<KeyEvent>();
        await foreach (var change in events)
        {
            read.Add(change);
            if (read.Count == count) break;
        }

        return [.. read];
    }

    private static List<KeyEvent> ReadBuffered(Subscription<KeyEvent> events)
    {
        var read = new List<KeyEvent>();
        var reader = events.GetAsyncEnumerator();
        while (reader.MoveNextAsync() is { IsCompletedSuccessfully: true } more && more.Result) read.Add(reader.Current);
        return read;
    }

    private static async Task AssertNothingMore(Subscription<KeyEvent> events)
    {
        await events.DisposeAsync();
        await foreach (var change in events) Assert.Fail($"{change} came too much.");
    }
}
