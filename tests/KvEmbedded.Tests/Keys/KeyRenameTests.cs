using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Keys;

public sealed class KeyRenameTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Forms => ["7", "text", "blob", "numbers"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_rename_moves_value_and_time_to_live_whatever_the_form(string form)
    {
        await using var world = new KeysWorld();
        await PutAsync(world, "a", form);
        await world.Keys.ExpireAsync("a", Second);
        var bytes = world.ValueBytes;

        Assert.True(await world.Keys.RenameAsync("a", "b"));

        Assert.Equal(KeyLifetime.Missing, await world.Keys.GetLifetimeAsync("a"));
        Assert.True(await HoldsAsync(world, "b", form));
        Assert.Equal(Second, await world.Keys.GetTimeToLiveAsync("b"));
        Assert.Equal(bytes, world.ValueBytes);
        Assert.Equal(1, world.Turn.TimerCount);

        world.Advance(Second);
        Assert.Equal(0, world.Turn.Table.Count);
        Assert.Equal(0, world.ValueBytes);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_rename_overwrites_a_key_of_any_form_and_its_time_to_live(string form)
    {
        foreach (var lives in new[] { false, true })
        {
            await using var world = new KeysWorld();
            await PutAsync(world, "a", form);
            await PutAsync(world, "b", "numbers");
            await PutAsync(world, "c", "text");
            await world.Keys.ExpireAsync(lives ? "a" : "b", Second);

            Assert.True(await world.Keys.RenameAsync("a", "b"));
            Assert.True(await world.Keys.RenameAsync("b", "c"));

            Assert.True(await HoldsAsync(world, "c", form));
            Assert.Equal(1, await world.Keys.CountAsync());
            Assert.Equal(lives ? Second : null, await world.Keys.GetTimeToLiveAsync("c"));
            Assert.Equal(lives ? 1 : 0, world.Turn.TimerCount);

            await world.Keys.DeleteAsync("c");
            Assert.Equal(0, world.ValueBytes);
        }
    }

    [Fact]
    public async Task A_rename_that_keeps_what_is_there_changes_nothing()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1", Second);
        await world.SetAsync("b", "2");

        Assert.False(await world.Keys.RenameAsync("a", "b", ExistingDestination.Keep));
        Assert.Equal("1", await world.GetAsync("a"));
        Assert.Equal("2", await world.GetAsync("b"));
        Assert.Equal(Second, await world.Keys.GetTimeToLiveAsync("a"));

        Assert.True(await world.Keys.RenameAsync("a", "c", ExistingDestination.Keep));
        Assert.Equal("1", await world.GetAsync("c"));
    }

    [Fact]
    public async Task A_missing_source_is_an_answer_and_its_destination_stays()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("b", "2");

        Assert.False(await world.Keys.RenameAsync("a", "b"));
        Assert.False(await world.Keys.CopyAsync("a", "b", ExistingDestination.Overwrite));

        Assert.Equal("2", await world.GetAsync("b"));
    }

    [Fact]
    public async Task A_key_renamed_to_itself_is_a_destination_that_exists()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1", Second);

        Assert.True(await world.Keys.RenameAsync("a", "a"));
        Assert.False(await world.Keys.RenameAsync("a", "a", ExistingDestination.Keep));
        Assert.False(await world.Keys.RenameAsync("none", "none"));

        Assert.Equal("1", await world.GetAsync("a"));
        Assert.Equal(Second, await world.Keys.GetTimeToLiveAsync("a"));
    }

    [Fact]
    public async Task An_expired_destination_does_not_hinder()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");
        await world.SetAsync("b", "2", Second);
        world.Advance(Second);

        Assert.True(await world.Keys.RenameAsync("a", "b", ExistingDestination.Keep));
        Assert.Equal("1", await world.GetAsync("b"));
        Assert.Null(await world.Keys.GetTimeToLiveAsync("b"));
    }

    [Fact]
    public async Task Readers_without_a_turn_are_kept_out_of_a_rename()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");
        var gate = world.Keyspace.Store.Gate;
        var entered = gate.Enter();

        await world.Keys.RenameAsync("a", "b");

        Assert.False(gate.IsStill(entered));
        Assert.False(ReadGate.IsClosed(gate.Enter()));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_copy_is_deep_and_has_the_same_time_to_live(string form)
    {
        await using var world = new KeysWorld();
        await PutAsync(world, "a", form);
        await world.Keys.ExpireAsync("a", Second);

        Assert.True(await world.Keys.CopyAsync("a", "b"));
        Assert.True(await HoldsAsync(world, "b", form));
        Assert.Equal(Second, await world.Keys.GetTimeToLiveAsync("b"));
        Assert.Equal(2, world.Turn.TimerCount);

        // From now on the two have nothing to do with each other.
        if (form == "numbers") await world.AddAsync("b", 99);
        await world.Keys.PersistAsync("b");
        Assert.True(await HoldsAsync(world, "a", form));
        Assert.Equal(Second, await world.Keys.GetTimeToLiveAsync("a"));
        world.Advance(Second);
        Assert.False(await world.Keys.ExistsAsync("a"));
        Assert.True(await world.Keys.ExistsAsync("b"));

        await world.Keys.DeleteAsync("b");
        Assert.Equal(0, world.ValueBytes);
        Assert.Equal(0, world.Turn.TimerCount);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_copy_replaces_a_key_only_if_it_is_told_to(string form)
    {
        await using var world = new KeysWorld();
        await PutAsync(world, "a", form);
        await world.SetAsync("b", "old", Second);

        Assert.False(await world.Keys.CopyAsync("a", "b"));
        Assert.Equal("old", await world.GetAsync("b"));
        Assert.Equal(Second, await world.Keys.GetTimeToLiveAsync("b"));

        Assert.True(await world.Keys.CopyAsync("a", "b", ExistingDestination.Overwrite));
        Assert.True(await HoldsAsync(world, "b", form));
        Assert.True(await HoldsAsync(world, "a", form));
        Assert.Null(await world.Keys.GetTimeToLiveAsync("b"));
        Assert.Equal(0, world.Turn.TimerCount);
    }

    [Fact]
    public async Task A_copy_onto_itself_is_a_mistake_of_the_caller()
    {
        await using var world = new KeysWorld();

        var error = Assert.Throws<ArgumentException>(() => _ = world.Keys.CopyAsync("7", 7));
        Assert.Equal("destination", error.ParamName);
        Assert.StartsWith("Key '7' cannot be copied onto itself. Give another destination.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_choice_is_refused_and_changes_nothing()
    {
        await using var world = new KeysWorld();
        await world.SetAsync("a", "1");

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ = world.Keys.RenameAsync("a", "b", (ExistingDestination)9));
        Assert.Equal("existing", error.ParamName);
        Assert.StartsWith("There is no such ExistingDestination. Use a named one.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = world.Keys.CopyAsync("a", "b", (ExistingDestination)9));

        Assert.Equal("1", await world.GetAsync("a"));
        Assert.False(await world.Keys.ExistsAsync("b"));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task A_full_keyspace_refuses_a_copy_and_allows_a_rename(int length)
    {
        await using var world = new KeysWorld(options => options.MemoryLimitBytes = 1 << 20);
        await world.SetAsync("a", new string('x', length));
        await world.SetAsync("b", "old");
        for (var i = 0; world.Turn.MemoryBytes < 1 << 20; i++) await world.SetAsync(i, new string('x', 10_000));
        var used = world.Turn.MemoryBytes;

        var error = await Assert.ThrowsAsync<MemoryLimitException>(async () => await world.Keys.CopyAsync("a", "b", ExistingDestination.Overwrite));
        Assert.Equal((KvKey)"b", error.Key);
        Assert.StartsWith($"The keyspace holds {used} bytes and its limit is 1048576, so key 'b' was not written.", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", await world.GetAsync("b"));

        Assert.True(await world.Keys.RenameAsync("a", "b"));
        Assert.Equal(length, (await world.GetAsync("b"))!.Length);
    }

    [Fact]
    public async Task Ten_thousand_renames_leave_the_table_sound()
    {
        await using var world = new KeysWorld();
        for (var i = 0; i < 10_000; i++) await world.SetAsync(i, i, TimeSpan.FromSeconds(1 + i));
        for (var i = 0; i < 10_000; i++) Assert.True(await world.Keys.RenameAsync(i, $"renamed:{i}"));

        world.Turn.Table.CheckInvariants();
        Assert.Equal(10_000, world.Turn.TimerCount);
        world.Advance(5_000 * Second);
        Assert.Equal(5_000, await world.Keys.CountAsync());
        Assert.Equal("5000", await world.GetAsync("renamed:5000"));
        Assert.Null(await world.GetAsync("renamed:4999"));
    }

    private static async Task PutAsync(KeysWorld world, string key, string form)
    {
        if (form == "numbers")
        {
            await world.AddAsync(key, 1);
            await world.AddAsync(key, 2);
            return;
        }

        await world.SetAsync(key, TextOf(form));
    }

    private static async Task<bool> HoldsAsync(KeysWorld world, string key, string form) => form == "numbers"
        ? await world.NumbersAsync(key) is [1, 2]
        : await world.GetAsync(key) == TextOf(form);

    private static string TextOf(string form) => form == "blob" ? new string('x', 100_000) : form;
}
