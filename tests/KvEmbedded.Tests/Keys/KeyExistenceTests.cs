using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Keys;

public sealed class KeyExistenceTests
{
    [Fact]
    public async Task A_key_exists_from_its_first_write_to_its_deletion()
    {
        await using var world = new KeysWorld();
        Assert.False(await world.Keys.ExistsAsync("a"));

        await world.SetAsync("a", "1");
        Assert.True(await world.Keys.ExistsAsync("a"));

        Assert.True(await world.Keys.DeleteAsync("a"));
        Assert.False(await world.Keys.ExistsAsync("a"));
        Assert.Null(await world.GetAsync("a"));
    }

    [Fact]
    public async Task The_empty_key_and_a_key_of_any_bytes_are_keys()
    {
        await using var world = new KeysWorld();
        KvKey bytes = new byte[] { 0, 0xFF, (byte)'*' };
        await world.SetAsync("", "empty");
        await world.SetAsync(bytes, "bytes");

        Assert.Equal(2, await world.Keys.ExistsAsync(["", bytes]));
        Assert.Equal(2, await world.Keys.DeleteAsync(["", bytes]));
        Assert.Equal(0, await world.Keys.CountAsync());
    }

    [Fact]
    public async Task A_key_named_twice_exists_twice_and_is_deleted_once()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");
        await world.SetAsync("b", "2");

        Assert.Equal(3, await world.Keys.ExistsAsync(["a", "a", "b", "none"]));
        Assert.Equal(3, await world.Keys.TouchAsync(["a", "a", "b", "none"]));
        Assert.Equal(2, await world.Keys.DeleteAsync(["a", "a", "b", "none"]));
        Assert.Equal(0, await world.Keys.ExistsAsync(["a", "b"]));
    }

    [Fact]
    public async Task Delete_and_unlink_say_whether_there_was_a_key()
    {
        await using var world = new KeysWorld();
        foreach (var key in new[] { "a", "b", "c", "d" }) await world.SetAsync(key, "1");

        Assert.True(await world.Keys.DeleteAsync("a"));
        Assert.False(await world.Keys.DeleteAsync("a"));
        Assert.True(await world.Keys.UnlinkAsync("b"));
        Assert.False(await world.Keys.UnlinkAsync("b"));
        Assert.Equal(2, await world.Keys.UnlinkAsync(["c", "d", "c"]));
        Assert.Equal(0, await world.Keys.CountAsync());
    }

    [Fact]
    public async Task Deleting_a_collection_gives_its_memory_and_its_timer_back()
    {
        await using var world = new KeysWorld();
        for (var number = 0; number < 1000; number++) await world.AddAsync("numbers", number);
        await world.Keys.ExpireAsync("numbers", TimeSpan.FromHours(1));

        Assert.True(await world.Keys.DeleteAsync("numbers"));

        Assert.Equal(0, world.ValueBytes);
        Assert.Equal(0, world.Turn.TimerCount);
    }

    [Fact]
    public async Task Several_keys_go_in_one_step()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");
        var gate = world.Keyspace.Store.Gate;
        var entered = gate.Enter();

        await world.Keys.DeleteAsync(["a", "b"]);

        // Readers that take no turn were kept out meanwhile.
        Assert.False(gate.IsStill(entered));
        Assert.False(ReadGate.IsClosed(gate.Enter()));
    }

    [Fact]
    public async Task A_type_is_that_of_the_value_and_none_where_there_is_no_key()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("short", "1");
        await world.SetAsync("long", new string('x', 100_000));
        await world.AddAsync("numbers", 1);

        Assert.Equal(KeyType.String, await world.Keys.GetTypeAsync("short"));
        Assert.Equal(KeyType.String, await world.Keys.GetTypeAsync("long"));
        Assert.Equal(KeyType.SortedSet, await world.Keys.GetTypeAsync("numbers"));
        Assert.Equal(KeyType.None, await world.Keys.GetTypeAsync("none"));
    }

    [Fact]
    public async Task An_expired_key_is_missing_to_every_command()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1", TimeSpan.FromSeconds(1));
        world.Advance(TimeSpan.FromSeconds(1));

        Assert.False(await world.Keys.ExistsAsync("a"));
        Assert.False(await world.Keys.DeleteAsync("a"));
        Assert.False(await world.Keys.TouchAsync("a"));
        Assert.Equal(KeyType.None, await world.Keys.GetTypeAsync("a"));
        Assert.Null(await world.Keys.GetInfoAsync("a"));
        Assert.False(await world.Keys.RenameAsync("a", "b"));
        Assert.False(await world.Keys.CopyAsync("a", "b"));
        Assert.Equal(0, await world.Keys.CountAsync());
    }

    [Fact]
    public async Task No_keys_at_all_is_a_mistake_of_the_caller()
    {
        await using var world = new KeysWorld();

        foreach (var command in new Action[]
        {
            () => _ = world.Keys.ExistsAsync([]),
            () => _ = world.Keys.DeleteAsync([]),
            () => _ = world.Keys.UnlinkAsync([]),
            () => _ = world.Keys.TouchAsync([]),
        })
        {
            var error = Assert.Throws<ArgumentException>(command);
            Assert.Equal("keys", error.ParamName);
            Assert.StartsWith("At least one key is needed.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Memory_usage_counts_name_value_and_objects_and_grows_with_them()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", new string('x', 1000));
        await world.SetAsync("blob", new string('x', 100_000));
        await world.AddAsync("numbers", 1);
        var few = await world.Keys.GetMemoryUsageAsync("numbers");
        await world.AddAsync("numbers", 2);

        Assert.InRange((await world.Keys.GetMemoryUsageAsync("a"))!.Value, 1001, 1064);
        Assert.InRange((await world.Keys.GetMemoryUsageAsync("blob"))!.Value, 100_004, 100_400);
        Assert.Equal(few + 40, await world.Keys.GetMemoryUsageAsync("numbers"));
        Assert.Null(await world.Keys.GetMemoryUsageAsync("none"));
    }

    [Fact]
    public async Task Info_tells_type_lifetime_and_memory_of_one_moment()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1", TimeSpan.FromMinutes(1));
        await world.AddAsync("numbers", 1);

        var info = await world.Keys.GetInfoAsync("a");
        Assert.Equal(KeyType.String, info!.Value.Type);
        Assert.Equal(TimeSpan.FromMinutes(1), info.Value.Lifetime.TimeToLive);
        Assert.Equal(await world.Keys.GetMemoryUsageAsync("a"), info.Value.MemoryBytes);
        Assert.Equal(KeyLifetime.Endless, (await world.Keys.GetInfoAsync("numbers"))!.Value.Lifetime);
        Assert.Null(await world.Keys.GetInfoAsync("none"));
    }

    [Fact]
    public async Task After_disposal_every_command_says_so()
    {
        var world = new KeysWorld();
        await world.DisposeAsync();

        var error = await Assert.ThrowsAsync<ObjectDisposedException>(async () => await world.Keys.DeleteAsync("a"));
        Assert.StartsWith("The keyspace has been disposed.", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await world.Keys.CountAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await world.Keys.FlushAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => world.ScanAsync());
    }

    [Fact]
    public async Task A_cancelled_command_has_changed_nothing()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world.Keys.DeleteAsync("a", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world.Keys.FlushAsync(cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world.Keys.RenameAsync("a", "b", cancellationToken: cancelled.Token));

        Assert.Equal("1", await world.GetAsync("a"));
    }

    [Fact]
    public async Task A_handle_asks_deletes_and_expires_its_own_key()
    {
        await using var world = new KeysWorld();
        IKeyHandle handle = world.Keyspace.String("a");
        Assert.False(await handle.ExistsAsync());
        Assert.False(await handle.ExpireAsync(TimeSpan.FromSeconds(1)));
        Assert.Null(await handle.GetTimeToLiveAsync());

        await world.SetAsync("a", "1");
        Assert.True(await handle.ExistsAsync());
        Assert.True(await handle.ExpireAsync(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(2), await handle.GetTimeToLiveAsync());
        Assert.True(await handle.DeleteAsync());
        Assert.False(await handle.DeleteAsync());

        await world.SetAsync("a", "1");
        Assert.True(await handle.ExpireAsync(TimeSpan.Zero));
        Assert.False(await handle.ExistsAsync());
    }
}
