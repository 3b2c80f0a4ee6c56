using System.Buffers;

namespace KvEmbedded.Tests.Strings;

public sealed class StringSetTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Get_of_a_missing_key_is_null()
    {
        await using var world = new StringWorld();
        Assert.Null(await world["a"].GetAsync());
        Assert.Null(await world.Keyspace.Strings.GetAsync("a"));
    }

    [Fact]
    public async Task Empty_keys_and_empty_values_are_legal()
    {
        await using var world = new StringWorld();
        Assert.True(await world[""].SetAsync(""));
        Assert.Equal(KvValue.Empty, await world[""].GetAsync());
        Assert.Equal(0, await world[""].GetLengthAsync());
        Assert.Equal("", world[""].Key.ToString());
        Assert.Null(await world["a"].GetAsync());
    }

    [Fact]
    public async Task A_value_is_a_copy_on_the_way_in_and_on_the_way_out()
    {
        await using var world = new StringWorld();
        byte[] mine = [1, 2, 3];
        await world["a"].SetAsync(mine);
        mine[0] = 9;
        var read = (await world["a"].GetAsync())!.Value.ToMemory().ToArray();
        Assert.Equal([1, 2, 3], read);
        read[1] = 9;
        Assert.Equal([1, 2, 3], (await world["a"].GetAsync())!.Value.ToArray());
    }

    [Fact]
    public async Task Set_takes_an_earlier_time_to_live_away_and_keep_keeps_it()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(1, Minute);
        await world["a"].SetAsync(2, Expiration.Keep);
        Assert.Equal(Minute, await world.GetTimeToLiveAsync("a"));
        await world["a"].SetAsync(3);
        Assert.Null(await world.GetTimeToLiveAsync("a"));
        world.Time.Advance(2 * Minute);
        Assert.Equal("3", await world.TextAsync("a"));
    }

    [Fact]
    public async Task A_key_is_missing_from_its_moment_on()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(1, Minute);
        world.Time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Equal("1", await world.TextAsync("a"));
        world.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await world.TextAsync("a"));
        Assert.Equal(0, await world["a"].GetLengthAsync());
    }

    [Fact]
    public async Task Set_with_a_past_moment_removes_the_key()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(1);
        Assert.True(await world["a"].SetAsync(2, world.Time.GetUtcNow() - Minute));
        Assert.Null(await world["a"].GetAsync());
    }

    [Fact]
    public async Task Set_if_missing_and_set_if_present_leave_the_others_alone()
    {
        await using var world = new StringWorld();
        Assert.False(await world["a"].SetAsync(1, when: SetWhen.Present));
        Assert.Null(await world["a"].GetAsync());
        Assert.True(await world["a"].SetAsync(2, Minute, SetWhen.Missing));
        Assert.False(await world["a"].SetAsync(3, when: SetWhen.Missing));
        Assert.Equal("2", await world.TextAsync("a"));
        Assert.Equal(Minute, await world.GetTimeToLiveAsync("a"));
        Assert.True(await world["a"].SetAsync(4, when: SetWhen.Present));
        Assert.Equal("4", await world.TextAsync("a"));
    }

    [Fact]
    public async Task Set_overwrites_any_type_and_its_time_to_live()
    {
        await using var world = new StringWorld();
        await world.PutOtherTypeAsync("a");
        Assert.True(await world["a"].SetAsync("x"));
        Assert.Equal("x", await world.TextAsync("a"));
    }

    [Fact]
    public async Task Get_and_set_answers_the_value_before()
    {
        await using var world = new StringWorld();
        Assert.Null(await world["a"].GetAndSetAsync("x", Minute));
        Assert.Equal("x", (await world["a"].GetAndSetAsync("y", Expiration.Keep)).ToString());
        Assert.Equal(Minute, await world.GetTimeToLiveAsync("a"));
        Assert.Equal("y", (await world["a"].GetAndSetAsync("z", when: SetWhen.Missing)).ToString());
        Assert.Equal("y", await world.TextAsync("a"));
        Assert.Null(await world["b"].GetAndSetAsync("z", when: SetWhen.Present));
        Assert.Null(await world["b"].GetAsync());
    }

    [Fact]
    public async Task Get_and_set_on_another_type_fails_and_changes_nothing()
    {
        await using var world = new StringWorld();
        await world.PutOtherTypeAsync("a");
        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await world["a"].GetAndSetAsync("x"));
        Assert.Equal("Key 'a' holds a SortedSet, but this operation needs a String. Use another key, or delete this one first.", error.Message);
        Assert.Equal(KeyType.SortedSet, await world.GetTypeAsync("a"));
    }

    [Fact]
    public async Task Get_and_delete_leaves_nothing_behind()
    {
        await using var world = new StringWorld();
        Assert.Null(await world["a"].GetAndDeleteAsync());
        await world["a"].SetAsync("x", Minute);
        Assert.Equal("x", (await world["a"].GetAndDeleteAsync()).ToString());
        Assert.Null(await world["a"].GetAsync());
        Assert.Equal(0, world.Keyspace.Store.Table.Count);
    }

    [Fact]
    public async Task Get_and_expire_sets_keeps_and_takes_away_the_time_to_live()
    {
        await using var world = new StringWorld();
        Assert.Null(await world["a"].GetAndExpireAsync(Minute));
        await world["a"].SetAsync("x");
        Assert.Equal("x", (await world["a"].GetAndExpireAsync(Minute)).ToString());
        Assert.Equal(Minute, await world.GetTimeToLiveAsync("a"));
        world.Time.Advance(Minute / 2);
        Assert.Equal("x", (await world["a"].GetAndExpireAsync(Expiration.Keep)).ToString());
        Assert.Equal(Minute / 2, await world.GetTimeToLiveAsync("a"));
        Assert.Equal("x", (await world["a"].GetAndExpireAsync(world.Time.GetUtcNow() + (2 * Minute))).ToString());
        Assert.Equal(2 * Minute, await world.GetTimeToLiveAsync("a"));
        Assert.Equal("x", (await world["a"].GetAndExpireAsync(Expiration.Never)).ToString());
        Assert.Null(await world.GetTimeToLiveAsync("a"));
    }

    [Fact]
    public async Task Get_and_expire_with_a_past_moment_reads_for_the_last_time()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync("x");
        Assert.Equal("x", (await world["a"].GetAndExpireAsync(world.Time.GetUtcNow() - Minute)).ToString());
        Assert.Null(await world["a"].GetAsync());
    }

    [Fact]
    public async Task Write_to_writes_the_bytes_and_nothing_for_a_missing_key()
    {
        await using var world = new StringWorld();
        var buffer = new ArrayBufferWriter<byte>();
        Assert.False(await world["a"].WriteToAsync(buffer));
        Assert.Equal(0, buffer.WrittenCount);
        await world["a"].SetAsync(-17);
        Assert.True(await world["a"].WriteToAsync(buffer));
        Assert.Equal("-17"u8.ToArray(), buffer.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    [InlineData(16_384)]
    [InlineData(100_000)]
    public async Task Write_to_writes_short_and_long_values_and_none_that_has_expired(int length)
    {
        await using var world = new StringWorld();
        var value = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        await world["a"].SetAsync(value, Minute);
        var buffer = new ArrayBufferWriter<byte>();
        Assert.True(await world["a"].WriteToAsync(buffer));
        Assert.True(await world.Keyspace.TransactAsync(async tx => await tx.String("a").WriteToAsync(buffer)));
        Assert.Equal([.. value, .. value], buffer.WrittenSpan.ToArray());
        world.Time.Advance(Minute);
        Assert.False(await world["a"].WriteToAsync(buffer));
        Assert.Equal(2 * length, buffer.WrittenCount);
    }

    [Fact]
    public async Task A_value_that_is_too_long_is_refused_and_nothing_is_changed()
    {
        await using var world = new StringWorld(options => options.ValueLengthMax = 4);
        await world["a"].SetAsync("abcd");
        const string Expected =
            "The value of key 'a' would be 5 bytes long, but the keyspace allows 4. Store less, or raise KeyspaceOptions.ValueLengthMax.";

        await RefusedAsync(() => world["a"].SetAsync("abcde"));
        await RefusedAsync(() => world["a"].GetAndSetAsync("abcde"));
        await RefusedAsync(() => world["a"].CompareAndSetAsync("abcd", "abcde"));
        await RefusedAsync(() => world.Keyspace.Strings.SetAsync("a", "äö."));
        await RefusedAsync(() => world.Keyspace.Strings.SetAsync([new("b", "x"), new("a", "abcde")]));
        await RefusedAsync(() => world["a"].AppendAsync("e"));
        await RefusedAsync(() => world["a"].SetRangeAsync(3, "de"));
        Assert.Equal("abcd", await world.TextAsync("a"));
        Assert.Null(await world["b"].GetAsync());

        async Task RefusedAsync<T>(Func<ValueTask<T>> command)
        {
            var error = await Assert.ThrowsAsync<ValueTooLongException>(async () => await command());
            Assert.Equal((Expected, 5L, 4L), (error.Message, error.Length, error.LengthMax));
        }
    }

    [Fact]
    public async Task Conditions_that_do_not_exist_are_a_mistake()
    {
        await using var world = new StringWorld();
        var (a, n, strings) = (world["a"], world.Keyspace.Counter("n"), world.Keyspace.Strings);
        Refused(() => a.SetAsync(1, when: (SetWhen)3));
        Refused(() => a.GetAndSetAsync(1, when: (SetWhen)(-1)));
        Refused(() => strings.SetAsync("a", 1, when: (SetWhen)3));
        Refused(() => strings.SetAsync([new("a", 1)], when: (SetWhen)3));
        Refused(() => n.SetAsync(1, when: (SetWhen)3));
        Refused(() => a.CompareAndSetAsync(1, 2, when: (CompareWhen)2));
        Refused(() => a.CompareAndDeleteAsync(1, (CompareWhen)2));
        Refused(() => n.IncrementAsync(1, new IncrementOptions { AtBound = (AtBound)2 }));
        Refused(() => n.IncrementAsync(1, new IncrementOptions { ExpireWhen = (ExpireCounterWhen)3 }));
        Assert.Equal(0, await world.Keyspace.Keys.CountAsync());

        static void Refused<T>(Func<ValueTask<T>> command)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => command());
            Assert.Matches("^There is no such (SetWhen|CompareWhen|AtBound|ExpireCounterWhen). Use a named one.", error.Message);
        }
    }

    [Fact]
    public async Task A_cancelled_command_has_done_nothing()
    {
        await using var world = new StringWorld();
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world["a"].SetAsync(1, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world["a"].AppendAsync(1, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world["a"].GetAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world.Keyspace.Counter("a").IncrementAsync(cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world.Keyspace.Strings.SetAsync([new("a", 1)], cancellationToken: cancelled));
        Assert.Null(await world["a"].GetAsync());
    }

    [Fact]
    public async Task A_disposed_keyspace_says_so()
    {
        var world = new StringWorld();
        var key = world["a"];
        await key.SetAsync("x");
        await world.Keyspace.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await key.GetAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await key.SetAsync("y"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await key.AppendAsync("y"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await key.GetLengthAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await world.Keyspace.Strings.GetAsync(["a"]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await world.Keyspace.Counter("a").IncrementAsync());
    }

    [Fact]
    public async Task Every_command_that_needs_a_string_refuses_another_type_and_changes_nothing()
    {
        await using var world = new StringWorld();
        await world.PutOtherTypeAsync("a");
        await world["s"].SetAsync("text");
        var a = world["a"];
        await RefusedAsync(() => a.GetAsync());
        await RefusedAsync(() => a.WriteToAsync(new ArrayBufferWriter<byte>()));
        await RefusedAsync(() => a.GetLengthAsync());
        await RefusedAsync(() => a.GetRangeAsync(..2));
        await RefusedAsync(() => a.GetAndSetAsync("x"));
        await RefusedAsync(() => a.GetAndDeleteAsync());
        await RefusedAsync(() => a.GetAndExpireAsync(Minute));
        await RefusedAsync(() => a.CompareAndSetAsync("x", "y"));
        await RefusedAsync(() => a.CompareAndSetAsync("x", "y", when: CompareWhen.NotEqual));
        await RefusedAsync(() => a.CompareAndDeleteAsync("x"));
        await RefusedAsync(() => a.CompareAndDeleteAsync("x", CompareWhen.NotEqual));
        await RefusedAsync(() => a.AppendAsync("x"));
        await RefusedAsync(() => a.SetRangeAsync(1, "x"));
        await RefusedAsync(() => a.SetRangeAsync(1, ""));
        await RefusedAsync(() => a.GetCommonSubsequenceAsync("s"));
        await RefusedAsync(() => world["s"].GetCommonSubsequenceLengthAsync("a"));
        await RefusedAsync(() => world["missing"].GetCommonSubsequenceMatchesAsync("a"));
        var counter = world.Keyspace.Counter("a");
        await RefusedAsync(() => counter.GetAsync());
        await RefusedAsync(() => counter.GetFloatAsync());
        await RefusedAsync(() => counter.IncrementAsync());
        await RefusedAsync(() => counter.IncrementAsync(1, new IncrementOptions()));
        await RefusedAsync(() => counter.DecrementAsync());
        await RefusedAsync(() => counter.IncrementFloatAsync(1));
        await RefusedAsync(() => counter.GetAndResetAsync());
        Assert.Equal(KeyType.SortedSet, await world.GetTypeAsync("a"));
        Assert.Null(await world.GetTimeToLiveAsync("a"));

        async Task RefusedAsync<T>(Func<ValueTask<T>> command)
        {
            var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await command());
            Assert.Equal(("a", KeyType.SortedSet, KeyType.String), (error.Key.ToString(), error.Actual, error.Expected));
        }
    }
}
