using System.Buffers;

namespace KvEmbedded.Conformance;

/// <summary><see cref="IKvString"/>.</summary>
public abstract class StringContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(1_000)]
    [InlineData(300_000)]
    public Task What_was_set_is_read_byte_by_byte(int length) => RunAsync(async keyspace =>
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        var (handle, writer) = (keyspace.String("a"), new ArrayBufferWriter<byte>());

        Assert.True(await handle.SetAsync(bytes));
        Assert.Equal(bytes, (await handle.GetAsync())!.Value.ToArray());
        Assert.True(await handle.WriteToAsync(writer));
        Assert.Equal(bytes, writer.WrittenSpan.ToArray());
        Assert.Equal(length, await handle.GetLengthAsync());
    });

    [Fact]
    public Task A_missing_key_has_no_value() => RunAsync(async keyspace =>
    {
        var (handle, writer) = (keyspace.String("a"), new ArrayBufferWriter<byte>());

        Assert.Null(await handle.GetAsync());
        Assert.False(await handle.WriteToAsync(writer));
        Assert.Equal(0, writer.WrittenCount);
        Assert.Equal(0, await handle.GetLengthAsync());
        Assert.Equal(KvValue.Empty, await handle.GetRangeAsync(..));
        Assert.Null(await handle.GetAndDeleteAsync());
        Assert.Null(await handle.GetAndExpireAsync(Hour));
        Assert.False(await handle.CompareAndDeleteAsync(""));
        Assert.False(await handle.ExistsAsync());
    });

    [Fact]
    public Task What_was_set_does_not_change_with_the_array_it_came_from() => RunAsync(async keyspace =>
    {
        byte[] bytes = [1, 2, 3];
        await keyspace.String("a").SetAsync(bytes);
        bytes[0] = 9;

        Assert.Equal([1, 2, 3], (await keyspace.String("a").GetAsync())!.Value.ToArray());
    });

    [Theory]
    [InlineData(SetWhen.Always, true, true)]
    [InlineData(SetWhen.Missing, true, false)]
    [InlineData(SetWhen.Present, false, true)]
    public Task Setting_may_need_a_key_that_is_missing_or_present(SetWhen when, bool ofMissing, bool ofPresent) => RunAsync(async keyspace =>
    {
        await keyspace.String("present").SetAsync("old");

        Assert.Equal(ofMissing, await keyspace.String("missing").SetAsync("new", when: when));
        Assert.Equal(ofPresent, await keyspace.String("present").SetAsync("new", when: when));
        Assert.Equal(ofMissing, await keyspace.Keys.ExistsAsync("missing"));
        Assert.Equal(ofPresent ? "new" : "old", await TextAsync(keyspace, "present"));
    });

    [Fact]
    public Task Setting_says_anew_when_the_key_ends() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");

        await handle.SetAsync("x", Hour);
        Assert.NotNull(await handle.GetTimeToLiveAsync());
        await handle.SetAsync("y", Expiration.Keep);
        Assert.NotNull(await handle.GetTimeToLiveAsync());
        await handle.SetAsync("z");
        Assert.Null(await handle.GetTimeToLiveAsync());
        await handle.SetAsync("z", DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.False(await handle.ExistsAsync());
    });

    [Fact]
    public Task Setting_replaces_a_value_of_any_type() => RunAsync(async keyspace =>
    {
        await PutSortedSetAsync(keyspace, "a");

        Assert.True(await keyspace.String("a").SetAsync("x"));
        Assert.Equal(KeyType.String, await keyspace.Keys.GetTypeAsync("a"));
    });

    [Fact]
    public Task The_value_before_is_answered_when_it_is_replaced() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");

        Assert.Null(await handle.GetAndSetAsync("x", when: SetWhen.Present));
        Assert.Null(await handle.GetAndSetAsync("x"));
        Assert.Equal("x", (await handle.GetAndSetAsync("y", Hour)).ToString());
        Assert.Equal("y", (await handle.GetAndSetAsync("z", when: SetWhen.Missing)).ToString());
        Assert.Equal("y", (await handle.GetAndDeleteAsync()).ToString());
        Assert.False(await handle.ExistsAsync());
    });

    [Fact]
    public Task Reading_may_say_anew_when_the_key_ends() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");
        await handle.SetAsync("x");

        Assert.Equal("x", (await handle.GetAndExpireAsync(Hour)).ToString());
        Assert.NotNull(await handle.GetTimeToLiveAsync());
        Assert.Equal("x", (await handle.GetAndExpireAsync(Expiration.Keep)).ToString());
        Assert.NotNull(await handle.GetTimeToLiveAsync());
        Assert.Equal("x", (await handle.GetAndExpireAsync(Expiration.Never)).ToString());
        Assert.Null(await handle.GetTimeToLiveAsync());
        Assert.Equal("x", (await handle.GetAndExpireAsync(DateTimeOffset.UnixEpoch.AddDays(1))).ToString());
        Assert.False(await handle.ExistsAsync());
    });

    [Fact]
    public Task Comparing_and_setting_is_one_step() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");

        Assert.False(await handle.CompareAndSetAsync("x", "y"));
        Assert.True(await handle.CompareAndSetAsync("x", "y", when: CompareWhen.NotEqual));
        Assert.False(await handle.CompareAndSetAsync("y", "z", when: CompareWhen.NotEqual));
        Assert.True(await handle.CompareAndSetAsync("y", "z", Hour));
        Assert.Equal("z", (await handle.GetAsync()).ToString());
        Assert.NotNull(await handle.GetTimeToLiveAsync());
    });

    [Fact]
    public Task Comparing_and_deleting_is_one_step() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");
        await handle.SetAsync("x");

        Assert.False(await handle.CompareAndDeleteAsync("y"));
        Assert.False(await handle.CompareAndDeleteAsync("x", CompareWhen.NotEqual));
        Assert.True(await handle.CompareAndDeleteAsync("x"));
        Assert.False(await handle.CompareAndDeleteAsync("x", CompareWhen.NotEqual));
    });

    [Fact]
    public Task A_range_is_a_part_of_the_value() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");
        await handle.SetAsync("0123456789");

        Assert.Equal("34", (await handle.GetRangeAsync(3..5)).ToString());
        Assert.Equal("89", (await handle.GetRangeAsync(^2..)).ToString());
        Assert.Equal("01234567", (await handle.GetRangeAsync(^50..^2)).ToString());
        Assert.Equal("", (await handle.GetRangeAsync(5..3)).ToString());
        Assert.Equal("", (await handle.GetRangeAsync(..^20)).ToString());
        Assert.Equal("0123456789", (await handle.GetRangeAsync(..500)).ToString());
    });

    [Fact]
    public Task Appending_makes_the_key_and_keeps_its_time_to_live() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");

        Assert.Equal(3, await handle.AppendAsync("abc"));
        await handle.ExpireAsync(Hour);
        Assert.Equal(5, await handle.AppendAsync("de"));
        Assert.Equal("abcde", (await handle.GetAsync()).ToString());
        Assert.NotNull(await handle.GetTimeToLiveAsync());
    });

    [Fact]
    public Task Writing_into_a_value_fills_gaps_with_zeros() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");

        Assert.Equal(0, await handle.SetRangeAsync(5, ""));
        Assert.False(await handle.ExistsAsync());
        Assert.Equal(4, await handle.SetRangeAsync(2, "xy"));
        Assert.Equal("\0\0xy", (await handle.GetAsync()).ToString());
        Assert.Equal(4, await handle.SetRangeAsync(1, "--"));
        Assert.Equal("\0--y", (await handle.GetAsync()).ToString());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await handle.SetRangeAsync(-1, "x"));
    });

    [Fact]
    public Task Two_strings_have_a_longest_common_subsequence() => RunAsync(async keyspace =>
    {
        var handle = keyspace.String("a");
        await handle.SetAsync("ohmytext");
        await keyspace.Strings.SetAsync("b", "mynewtext");

        Assert.Equal("mytext", (await handle.GetCommonSubsequenceAsync("b")).ToString());
        Assert.Equal(6, await handle.GetCommonSubsequenceLengthAsync("b"));
        var matches = await handle.GetCommonSubsequenceMatchesAsync("b");
        Assert.Equal(6, matches.Length);
        Assert.Equal([new(2, 0, 2), new(4, 5, 4)], matches.Matches);
        Assert.Equal([new(4, 5, 4)], (await handle.GetCommonSubsequenceMatchesAsync("b", 3)).Matches);
        Assert.Equal(0, await handle.GetCommonSubsequenceLengthAsync("missing"));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error_and_stays_as_it_is() => RunAsync(async keyspace =>
    {
        await PutSortedSetAsync(keyspace, "a");
        var handle = keyspace.String("a");

        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.GetAsync());
        Assert.Equal((KeyType.SortedSet, KeyType.String), (error.Actual, error.Expected));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.WriteToAsync(new ArrayBufferWriter<byte>()));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.GetLengthAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.GetRangeAsync(..));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.GetAndSetAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.GetAndDeleteAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.GetAndExpireAsync(Hour));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.CompareAndSetAsync("x", "y"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.CompareAndDeleteAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.AppendAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.SetRangeAsync(0, "x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await handle.GetCommonSubsequenceAsync("b"));
        Assert.Equal(1, await keyspace.SortedSet("a").CountAsync());
        Assert.Null(await handle.GetTimeToLiveAsync());
    });
}
