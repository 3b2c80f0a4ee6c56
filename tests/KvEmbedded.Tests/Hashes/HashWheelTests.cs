using KvEmbedded.Engine;
using KvEmbedded.Hashes;
using KvEmbedded.Tests.Engine;
using KvEmbedded.Tests.Simulation;
using static KvEmbedded.Tests.Hashes.HashWorld;

namespace KvEmbedded.Tests.Hashes;

/// <summary>Fields whose time has come: missing at once, removed soon after, a bounded number in a turn.</summary>
public sealed class HashWheelTests
{
    [Fact]
    public async Task A_field_that_is_due_is_missing_to_every_command_though_no_timer_has_come()
    {
        var time = new ManualTime();
        await using var keyspace = new Keyspace(new KeyspaceOptions { TimeProvider = time, RandomSeed = 1 });
        var hash = keyspace.Hash("h");
        await hash.SetAsync([new("due", "1"), new("too", "2")], Second);
        await hash.SetAsync("stays", "3");
        time.Advance(Second);

        Assert.Null(await hash.GetAsync("due"));
        Assert.Equal("none 3", Text(await hash.GetAsync(["due", "stays"])));
        Assert.False(await hash.ContainsAsync("due"));
        Assert.Equal(0, await hash.GetLengthAsync("due"));
        Assert.Equal(KeyLifetime.Missing, await hash.GetFieldLifetimeAsync("due"));
        Assert.False(await hash.ExpireFieldAsync("due", Second));
        Assert.False(await hash.PersistFieldAsync("due"));
        Assert.Equal("none", Text(await hash.GetAndExpireAsync(["due"], Expiration.Never)));
        Assert.False(await hash.SetAsync("due", "x", SetWhen.Present));
        Assert.False(await hash.SetAsync([new("due", "x")], Expiration.Keep, SetWhen.Present));
        Assert.Equal("stays=3", Text((await hash.ScanPageAsync(0)).Entries));
        Assert.Equal(2, ((HashFields)ValueAt(keyspace, "h")).Count - 1);

        // What writes removes what it meets, what counts removes all.
        Assert.False(await hash.RemoveAsync("due"));
        Assert.Equal(1, await hash.CountAsync());
        Assert.Equal("stays=3", Text(await hash.GetAllAsync()));
        Assert.Equal("stays=3", Text([(await hash.GetRandomAsync())!.Value]));
    }

    [Fact]
    public async Task A_field_that_is_due_begins_anew()
    {
        var time = new ManualTime();
        await using var keyspace = new Keyspace(new KeyspaceOptions { TimeProvider = time, RandomSeed = 1 });
        var hash = keyspace.Hash("h");
        await hash.SetAsync([new("a", "1"), new("b", "2"), new("c", "3"), new("d", "4")], Second);
        time.Advance(Second);

        Assert.True(await hash.SetAsync("a", "x", SetWhen.Missing));
        Assert.Equal(1, await hash.SetAsync([new("b", "y")]));
        Assert.Equal(5, await hash.IncrementAsync("c", 5));
        Assert.True(await hash.SetAsync([new("d", "z")], Expiration.Keep, SetWhen.Missing));
        Assert.All(await hash.GetFieldLifetimesAsync(["a", "b", "c", "d"]), static lifetime => Assert.Equal(KeyLifetime.Endless, lifetime));
        time.Fire();
        Assert.Equal("a=x b=y c=5 d=z", Text(await hash.GetAllAsync()));
    }

    [Fact]
    public async Task The_hash_goes_with_its_last_field_and_both_are_told()
    {
        await using var world = new HashWorld();
        await using var events = world.Note();
        await world["h"].SetAsync([new("a", "1"), new("b", "2")], Second);
        await world["h"].ExpireFieldAsync("b", 2 * Second);
        Assert.Equal("HashFieldSet h, HashFieldExpirationSet h, HashFieldExpirationSet h", await events.TakeAsync());

        world.Time.Advance(Second);
        Assert.Equal("HashFieldExpired h", await events.TakeAsync());
        Assert.Equal("b=2", await world.TextAsync("h"));
        world.Time.Advance(Second);
        Assert.Equal("HashFieldExpired h, Deleted h", await events.TakeAsync());
        Assert.Equal(0, world.Turn.Table.Count - 1);
        Assert.Equal(0, world.Turn.TimerCount);
    }

    [Fact]
    public async Task A_hash_has_one_timer_and_none_once_no_field_ends()
    {
        await using var world = new HashWorld();
        var hash = world["h"];
        for (var i = 0; i < 50; i++) await hash.SetAsync([new(i, i)], TimeSpan.FromSeconds(50 - i));
        Assert.Equal(1, world.Turn.TimerCount);
        await hash.ExpireAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, world.Turn.TimerCount);

        world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(40, await hash.CountAsync());
        Assert.Equal(2, world.Turn.TimerCount);
        await hash.GetAndExpireAsync([.. Enumerable.Range(0, 50).Select(static i => (KvValue)i)], Expiration.Never);
        Assert.Equal(1, world.Turn.TimerCount);
        await hash.ExpireFieldAsync(3, Second);
        await hash.SetAsync(3, "plain");
        Assert.Equal(1, world.Turn.TimerCount);
        await hash.DeleteAsync();
        Assert.Equal(0, world.Turn.TimerCount);
    }

    [Fact]
    public async Task A_timer_goes_where_its_hash_goes()
    {
        await using var world = new HashWorld();
        await world["a"].SetAsync([new("f", "1")], Second);
        await world["b"].SetAsync([new("f", "2")], Second * 2);

        await world.Keyspace.Keys.RenameAsync("a", "c");
        Assert.Equal(2, world.Turn.TimerCount);
        await world.Keyspace.Keys.CopyAsync("c", "d");
        Assert.Equal(3, world.Turn.TimerCount);
        await world.Keyspace.Keys.RenameAsync("b", "d");
        Assert.Equal(2, world.Turn.TimerCount);
        await world["c"].ExpireAsync(TimeSpan.FromHours(1));
        world.Time.Advance(Second);
        Assert.False(await world["c"].ExistsAsync());
        Assert.Equal("f=2", await world.TextAsync("d"));

        await world.Keyspace.Strings.SetAsync("d", "a string now");
        Assert.Equal(0, world.Turn.TimerCount);
        await world["e"].SetAsync([new("f", "1")], Second);
        await world.Keyspace.Keys.FlushAsync();
        Assert.Equal(0, world.Turn.TimerCount);
        world.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await world.Keyspace.Keys.CountAsync());
    }

    [Fact]
    public async Task A_failed_transaction_leaves_every_field_its_time_whatever_it_did_to_the_key()
    {
        await using var world = new HashWorld();
        await world["a"].SetAsync([new("f", "1"), new("g", "2")], Second);
        await world["b"].SetAsync([new("f", "3")], 2 * Second);
        foreach (var body in (Func<IKeyspace, ValueTask<bool>>[])
        [
            async tx => await tx.Hash("a").PersistFieldAsync("f"),
            async tx => await tx.Hash("a").RemoveAsync(["f", "g"]) == 2,
            async tx => await tx.Keys.DeleteAsync("a"),
            async tx => await tx.Keys.RenameAsync("a", "b"),
            async tx => await tx.Keys.RenameAsync("a", "b") && await tx.Hash("b").SetAsync([new("f", "x")], 3 * Second),
            async tx => await tx.Keys.RenameAsync("a", "c") && await tx.Hash("c").ExpireFieldAsync("f", 4 * Second),
            async tx => await tx.Strings.SetAsync("a", "string") && await tx.Hash("c").SetAsync([new("f", "x")], 3 * Second),
            async tx => await tx.Hash("a").ExpireAsync(Second) && await tx.Hash("a").ExpireFieldAsync("g", Second / 2),
            async tx =>
            {
                await tx.Hash("a").SetAsync("f", "endless");
                await tx.Keys.FlushAsync();
                return await tx.Hash("a").SetAsync([new("f", "x")], Second);
            },
        ])
        {
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
            {
                Assert.True(await body(tx));
                throw new InvalidOperationException();
            }));
            Assert.Equal(2, world.Turn.TimerCount);
            Assert.Equal("f=1 g=2", await world.TextAsync("a"));
        }

        world.Time.Advance(Second);
        Assert.Equal("f=3", await world.TextAsync("b"));
        Assert.False(await world["a"].ExistsAsync());
        world.Time.Advance(Second);
        Assert.Equal(0, await world.Keyspace.Keys.CountAsync());
    }

    [Fact]
    public async Task A_field_that_a_failed_transaction_removed_because_it_was_due_is_due_again()
    {
        var time = new ManualTime();
        await using var keyspace = new Keyspace(new KeyspaceOptions { TimeProvider = time, RandomSeed = 1 });
        var hash = keyspace.Hash("h");
        await hash.SetAsync([new("f", "1"), new("g", "2")], Second);
        await hash.ExpireFieldAsync("g", 2 * Second);
        time.Advance(Second);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await keyspace.TransactAsync(async tx =>
        {
            Assert.Equal(1, await tx.Hash("h").CountAsync());
            Assert.Equal(1, await tx.Keys.CountAsync());
            Assert.True(await tx.Hash("h").SetAsync("f", "anew", SetWhen.Missing));
            throw new InvalidOperationException();
        }));

        Assert.Null(await hash.GetAsync("f"));
        Assert.Equal(2, ((HashFields)ValueAt(keyspace, "h")).Count);
        Assert.Equal(1, keyspace.Store.Dispatcher.Turn.TimerCount);
        time.Fire();
        Assert.Equal(1, ((HashFields)ValueAt(keyspace, "h")).Count);
        time.Advance(Second);
        time.Fire();
        Assert.False(await hash.ExistsAsync());
        Assert.Equal(0, keyspace.Store.Dispatcher.Turn.TimerCount);
    }

    [Fact]
    public async Task Of_a_hash_that_expires_as_a_whole_no_field_is_told()
    {
        await using var world = new HashWorld();
        await using var events = world.Note();
        await world["h"].SetAsync([new("f", "1")], Second);
        await world["h"].ExpireAsync(Second);
        await events.TakeAsync();

        world.Time.Advance(Second);

        Assert.Equal("Expired h", await events.TakeAsync());
        Assert.Equal(0, world.Turn.TimerCount);
    }

    [Fact]
    public async Task Counting_keys_does_not_count_a_hash_whose_fields_are_all_due()
    {
        var time = new ManualTime();
        await using var keyspace = new Keyspace(new KeyspaceOptions { TimeProvider = time, RandomSeed = 1 });
        for (var i = 0; i < 10; i++) await keyspace.Hash(i).SetAsync([.. Enumerable.Range(0, 90).Select(static n => new HashEntry(n, n))], Second);
        await keyspace.Strings.SetAsync("s", "v");
        time.Advance(Second);

        Assert.Equal(1, await keyspace.Keys.CountAsync());
    }

    [Fact]
    public async Task Fields_go_a_bounded_number_in_a_turn_and_others_have_their_turns_in_between()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(options => (options.ExpiredKeysPerTurnMax, options.CommandsPerHoldMax) = (10, 1), scheduler);
        for (var key = 0; key < 2; key++)
            world.Keyspace.Hash(key).SetAsync([.. Enumerable.Range(0, 50).Select(static i => new HashEntry(i, i))], Second).Answer();

        world.Time.Advance(Second);

        for (var left = 90; left > 0; left -= 10)
        {
            Assert.Equal(left, (Fields(0)?.Count ?? 0) + (Fields(1)?.Count ?? 0));
            var asked = world.Door.ItemsAsync("other");
            scheduler.RunOne();
            if (!asked.IsCompleted) scheduler.RunOne();
            Assert.Empty(asked.Answer());
        }

        scheduler.RunAll();
        Assert.Equal((0, 0), (world.Turn.Table.Count, world.Turn.TimerCount));

        HashFields? Fields(int key) => world.Turn.Find<HashFields>(new EncodedKey(((KvKey)key).ToArray()));
    }

    [Fact]
    public void A_million_fields_that_expire_at_once_go_in_short_turns_and_are_never_seen()
    {
        const int Count = 1_000_000, Batch = 10_000;
        var pool = new HoldingScheduler();
        using var world = new EngineWorld(scheduler: pool);
        var empty = world.Turn.MemoryBytes;
        var hash = world.Keyspace.Hash("h");
        var moment = world.Time.GetUtcNow() + (10 * Second);
        for (var i = 0; i < Count; i += Batch)
            hash.SetAsync([.. Enumerable.Range(i, Batch).Select(static n => new HashEntry(n, n))], moment).Answer();
        Assert.Equal(1, world.Turn.TimerCount);
        var fields = world.Turn.Find<HashFields>(new EncodedKey("h"u8.ToArray()))!;

        world.Time.Advance(10 * Second);

        // The loop is handed over: most are still there, and nobody sees them.
        Assert.InRange(fields.Count, Count - (128 * 200), Count - 1);
        var synchronous = world.Keyspace.Synchronous.Hash("h");
        for (var i = 0; i < Count; i += 997) Assert.Null(synchronous.GetAsync(i).Answer());
        Assert.Empty(synchronous.ScanPageAsync(0).Answer().Entries);
        pool.RunAll();
        Assert.Equal((0, 0), (world.Turn.Table.Count, world.Turn.TimerCount));
        Assert.Equal(empty, world.Turn.MemoryBytes);
    }

    private static IDataValue ValueAt(Keyspace keyspace, KvKey key)
    {
        keyspace.Store.Dispatcher.Turn.Table.TryFind(key.ToArray(), ByteHash.Of(key.ToArray()), out var location);
        return location.Entry!.Value;
    }
}
