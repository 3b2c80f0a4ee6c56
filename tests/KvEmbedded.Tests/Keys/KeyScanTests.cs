using FsCheck.Xunit;

namespace KvEmbedded.Tests.Keys;

public sealed class KeyScanTests
{
    [Fact]
    public async Task A_scan_returns_every_key_once()
    {
        await using var world = new KeysWorld();
        Assert.Empty(await world.ScanAsync());

        for (var i = 0; i < 5_000; i++) await world.SetAsync(i, i);

        var expected = Enumerable.Range(0, 5_000).Select(i => i.ToString()).Order(StringComparer.Ordinal);
        Assert.Equal(expected, await world.ScanAsync());
        Assert.Equal(expected, await world.ScanAsync(new KeyScan { PageSize = 1 }));
        Assert.Equal(expected, await world.ScanAsync(new KeyScan { PageSize = KeyScan.PageSizeMax }));
    }

    [Fact]
    public async Task A_pattern_and_a_type_choose_among_the_keys()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("user:1", "1");
        await world.SetAsync("user:2", new string('x', 100_000));
        await world.SetAsync("", "empty");
        await world.AddAsync("user:3", 3);
        await world.AddAsync("group:1", 1);

        Assert.Equal(["user:1", "user:2", "user:3"], await world.ScanAsync(new KeyScan { Pattern = "user:*" }));
        Assert.Equal(["group:1", "user:3"], await world.ScanAsync(new KeyScan { Type = KeyType.SortedSet }));
        Assert.Equal(["user:1", "user:2"], await world.ScanAsync(new KeyScan { Pattern = "user:?", Type = KeyType.String }));
        Assert.Empty(await world.ScanAsync(new KeyScan { Pattern = "USER:*" }));
        Assert.Equal(5, (await world.ScanAsync(new KeyScan { Pattern = "*" })).Length);
        Assert.Equal([""], await world.ScanAsync(new KeyScan { Pattern = "" }));
    }

    [Fact]
    public async Task Expired_keys_are_never_returned()
    {
        await using var world = new KeysWorld();
        for (var i = 0; i < 3_000; i++) await world.SetAsync(i, i, TimeSpan.FromSeconds(1 + (i % 2)));
        var page = await world.Keys.ScanPageAsync(0, new KeyScan { PageSize = 10 });

        world.Advance(TimeSpan.FromSeconds(1));

        var rest = new List<int>();
        while (page.NextCursor != 0)
        {
            page = await world.Keys.ScanPageAsync(page.NextCursor, new KeyScan { PageSize = 10 });
            rest.AddRange(page.Keys.Select(key => int.Parse(key.ToString())));
        }

        Assert.NotEmpty(rest);
        Assert.All(rest, i => Assert.Equal(1, i % 2));
    }

    [Fact]
    public async Task A_page_holds_about_as_many_keys_as_were_asked_for_and_its_cursor_leads_on()
    {
        await using var world = new KeysWorld();
        for (var i = 0; i < 2_000; i++) await world.SetAsync(i, i);

        var keys = new List<string>();
        var (cursor, pages) = (0UL, 0);
        do
        {
            var page = await world.Keys.ScanPageAsync(cursor, new KeyScan { PageSize = 100 });
            Assert.InRange(page.Keys.Count, 0, 110);
            keys.AddRange(page.Keys.Select(key => key.ToString()));
            cursor = page.NextCursor;
            pages++;
        }
        while (cursor != 0);

        Assert.Equal(2_000, keys.Distinct().Count());
        Assert.Equal(2_000, keys.Count);
        Assert.InRange(pages, 19, 60);
    }

    // The guarantee: what is there from the first page to the last is returned once, whatever else comes and goes.
    [Property(MaxTest = 60)]
    public void Keys_that_stay_are_returned_once_while_others_come_and_go(
        ushort stays, byte pageSize, (ushort First, byte Count, bool Deletes)[] changes)
    {
        var world = new KeysWorld();
        var stayCount = stays % 3_000;
        for (var i = 0; i < stayCount; i++) world.SetAsync($"stay:{i}", i).AsTask().GetAwaiter().GetResult();

        var options = new KeyScan { PageSize = 1 + pageSize };
        var found = new List<string>();
        var everSet = new HashSet<string>();
        var (cursor, turn) = (0UL, 0);
        do
        {
            if (changes.Length > 0)
            {
                // Blocks of keys come and go, so that segments split and merge between the pages.
                var (first, count, deletes) = changes[turn++ % changes.Length];
                for (var i = 0; i < count * 8; i++)
                {
                    var key = $"come:{(first + i) % 5_000}";
                    everSet.Add(key);
                    var done = deletes ? world.Keys.DeleteAsync(key) : world.SetAsync(key, i);
                    Assert.True(done.IsCompletedSuccessfully);
                }
            }

            var page = world.Keys.ScanPageAsync(cursor, options).AsTask().GetAwaiter().GetResult();
            found.AddRange(page.Keys.Select(key => key.ToString()));
            cursor = page.NextCursor;
        }
        while (cursor != 0);

        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Equal(stayCount, found.Count(key => key.StartsWith("stay:", StringComparison.Ordinal)));
        Assert.All(found.Where(key => key.StartsWith("come:", StringComparison.Ordinal)), key => Assert.Contains(key, everSet));
        world.Turn.Table.CheckInvariants();
    }

    [Fact]
    public async Task The_one_who_scans_may_change_the_keyspace_on_the_way()
    {
        await using var world = new KeysWorld();
        for (var i = 0; i < 2_000; i++) await world.SetAsync(i, i);

        var seen = 0;
        await foreach (var key in world.Keys.ScanAsync(new KeyScan { PageSize = 7 }))
        {
            Assert.True(await world.Keys.DeleteAsync(key));
            seen++;
        }

        Assert.Equal(2_000, seen);
        Assert.Equal(0, await world.Keys.CountAsync());
    }

    [Fact]
    public async Task Keys_that_stay_are_found_while_other_flows_write()
    {
        await using var keyspace = new Keyspace();
        for (var i = 0; i < 2_000; i++) await keyspace.Strings.SetAsync($"stay:{i}", i);
        var ends = false;
        var writers = Enumerable.Range(0, 2).Select(flow => Task.Run(async () =>
        {
            for (var i = 0; !Volatile.Read(ref ends); i++)
            {
                await keyspace.Strings.SetAsync($"come:{flow}:{i % 5_000}", i);
                await keyspace.Keys.DeleteAsync($"come:{flow}:{(i + 2_500) % 5_000}");
            }
        })).ToArray();

        for (var round = 0; round < 20; round++)
        {
            var found = await KeysWorld.ScanAsync(keyspace.Keys, new KeyScan { Pattern = "stay:*", PageSize = 50 });
            Assert.Equal(2_000, found.Length);
            Assert.Equal(2_000, found.Distinct().Count());
        }

        Volatile.Write(ref ends, true);
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task A_scan_stops_when_it_is_cancelled()
    {
        await using var world = new KeysWorld();
        for (var i = 0; i < 100; i++) await world.SetAsync(i, i);
        using var cancellation = new CancellationTokenSource();

        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in world.Keys.ScanAsync(new KeyScan { PageSize = 10 }).WithCancellation(cancellation.Token))
            {
                if (++seen == 5) await cancellation.CancelAsync();
            }
        });

        // The rest of the page that had been read, and no further one.
        Assert.InRange(seen, 5, 20);
    }

    [Fact]
    public async Task A_scan_works_inside_a_transaction_and_on_the_synchronous_side()
    {
        await using var world = new KeysWorld();
        for (var i = 0; i < 1_000; i++) await world.SetAsync(i, i);

        Assert.Equal(1_001, await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.Strings.SetAsync("mine", "1");
            return (await KeysWorld.ScanAsync(tx.Keys, new KeyScan { PageSize = 10 })).Length;
        }));
        Assert.Equal(1_001, (await KeysWorld.ScanAsync(world.Keyspace.Synchronous.Keys)).Length);
    }

    [Fact]
    public async Task Mistakes_of_the_caller_are_told_before_anything_runs()
    {
        await using var world = new KeysWorld();

        var size = Assert.Throws<ArgumentOutOfRangeException>(() => new KeyScan { PageSize = 0 });
        Assert.StartsWith("A page must have 1 to 10000 keys. Choose a size in this range.", size.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyScan { PageSize = 10_001 });

        var type = Assert.Throws<ArgumentException>(() => world.Keys.ScanAsync(new KeyScan { Type = KeyType.None }));
        Assert.StartsWith("No key that exists has the type None. Leave KeyScan.Type null for all types.", type.Message, StringComparison.Ordinal);

        var cursor = Assert.Throws<ArgumentOutOfRangeException>(() => _ = world.Keys.ScanPageAsync(ulong.MaxValue));
        Assert.Equal("cursor", cursor.ParamName);
        Assert.StartsWith("No scan of this process gave out this cursor. Begin at 0, and pass on what each page returns.", cursor.Message, StringComparison.Ordinal);
    }
}
