namespace KvEmbedded.Conformance;

/// <summary><see cref="IBitmap"/>.</summary>
public abstract class BitmapContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    [Fact]
    public Task A_bit_that_was_set_is_read_and_the_one_before_is_answered() => RunAsync(async keyspace =>
    {
        var bits = keyspace.Bitmap("a");

        Assert.False(await bits.SetAsync(7));
        Assert.True(await bits.GetAsync(7));
        Assert.False(await bits.GetAsync(6));
        Assert.True(await bits.SetAsync(7, false));
        Assert.False(await bits.SetAsync(7, false));
        Assert.False(await bits.GetAsync(7));
        Assert.Equal(1, await keyspace.String("a").GetLengthAsync());
    });

    [Theory]
    [InlineData(0, "\u0080")]
    [InlineData(7, "\u0001")]
    [InlineData(8, "\0\u0080")]
    [InlineData(25, "\0\0\0@")]
    public Task A_bitmap_is_a_string_whose_first_bit_is_the_highest(int offset, string expected) => RunAsync(async keyspace =>
    {
        await keyspace.Bitmap("a").SetAsync(offset);

        Assert.Equal(expected.Select(letter => (byte)letter), (await keyspace.String("a").GetAsync())!.Value.ToArray());
        Assert.Equal(KeyType.String, await keyspace.Keys.GetTypeAsync("a"));
    });

    [Fact]
    public Task Bits_of_a_string_are_seen_and_bits_are_seen_in_the_string() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "abc");
        var bits = keyspace.Bitmap("a");

        Assert.False(await bits.SetAsync(6));
        Assert.True(await bits.SetAsync(14, false));
        Assert.Equal("c`c", await TextAsync(keyspace, "a"));
        await keyspace.String("a").SetRangeAsync(1, new byte[] { 0xFF });
        Assert.True(await bits.GetAsync(8));
        Assert.False(await bits.GetAsync(1_000_000));
    });

    [Fact]
    public Task A_number_has_the_bits_of_its_text() => RunAsync(async keyspace =>
    {
        await keyspace.Counter("a").IncrementAsync(7);

        Assert.False(await keyspace.Bitmap("a").SetAsync(4));
        Assert.Equal("?", await TextAsync(keyspace, "a"));
    });

    [Fact]
    public Task Writing_bits_keeps_the_time_to_live() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x", TimeSpan.FromHours(1));
        await keyspace.Bitmap("a").SetAsync(1_000_000);
        await keyspace.Bitmap("a").SetFieldAsync(BitFieldType.Unsigned(8).At(0), 1);

        Assert.NotNull(await keyspace.Bitmap("a").GetTimeToLiveAsync());
    });

    [Fact]
    public Task Offsets_are_0_to_4294967295() => RunAsync(async keyspace =>
    {
        var bits = keyspace.Bitmap("a");

        Assert.False(await bits.GetAsync(uint.MaxValue));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await bits.GetAsync(-1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await bits.GetAsync(1L << 32));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await bits.SetAsync(-1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await bits.SetAsync(1L << 32));
        Assert.False(await bits.ExistsAsync());
    });

    [Fact]
    public Task Bits_are_counted_in_all_in_bytes_and_in_bits() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "foobar");
        var bits = keyspace.Bitmap("a");

        Assert.Equal(26, await bits.CountAsync());
        Assert.Equal(4, await bits.CountAsync(..1));
        Assert.Equal(6, await bits.CountAsync(1..2));
        Assert.Equal(22, await bits.CountAsync(1..));
        Assert.Equal(7, await bits.CountAsync(^2..));
        Assert.Equal(26, await bits.CountAsync(^100..100));
        Assert.Equal(0, await bits.CountAsync(3..3));
        Assert.Equal(0, await bits.CountAsync(50..60));
        Assert.Equal(17, await bits.CountAsync(BitRange.OfBits(5, 31)));
        Assert.Equal(17, await bits.CountAsync(BitRange.OfBits(5..^17)));
        Assert.Equal(1, await bits.CountAsync(BitRange.OfBits(1, 2)));
        Assert.Equal(0, await keyspace.Bitmap("missing").CountAsync());
    });

    [Theory]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public Task Many_bits_are_counted_and_found(int length) => RunAsync(async keyspace =>
    {
        await keyspace.String("a").SetRangeAsync(length - 1, new byte[] { 0 });
        var bits = keyspace.Bitmap("a");
        for (var at = 0L; at < 8L * length; at += 8L * length / 100) await bits.SetAsync(at);

        Assert.Equal(100, await bits.CountAsync());
        Assert.Equal(99, await bits.CountAsync(1..));
        Assert.Equal(8L * length / 100, await bits.FindAsync(true, 1..));
        Assert.Equal(1, await bits.FindAsync(false));
    });

    [Fact]
    public Task The_first_bit_of_a_kind_is_found() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", new byte[] { 0xFF, 0xF0, 0x00, 0x10 });
        var bits = keyspace.Bitmap("a");

        Assert.Equal(0, await bits.FindAsync(true));
        Assert.Equal(12, await bits.FindAsync(false));
        Assert.Equal(27, await bits.FindAsync(true, 2..));
        Assert.Equal(16, await bits.FindAsync(false, 2..));
        Assert.Equal(27, await bits.FindAsync(true, ^1..));
        Assert.Equal(27, await bits.FindAsync(true, BitRange.OfBits(12, 32)));
        Assert.Null(await bits.FindAsync(true, BitRange.OfBits(12, 27)));
        Assert.Null(await bits.FindAsync(true, 2..3));
        Assert.Null(await bits.FindAsync(true, 9..));
    });

    [Fact]
    public Task A_clear_bit_is_found_behind_an_open_end_and_in_a_missing_key() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", new byte[] { 0xFF, 0xFF });
        var (bits, missing) = (keyspace.Bitmap("a"), keyspace.Bitmap("missing"));

        Assert.Equal(16, await bits.FindAsync(false));
        Assert.Equal(16, await bits.FindAsync(false, 1..));
        Assert.Null(await bits.FindAsync(false, ..2));
        Assert.Null(await bits.FindAsync(false, 2..));
        Assert.Null(await bits.FindAsync(false, BitRange.OfBits(0, 16)));
        Assert.Null(await bits.FindAsync(false, BitRange.OfBits(..)));
        Assert.Equal(0, await missing.FindAsync(false));
        Assert.Equal(0, await missing.FindAsync(false, 5..6));
        Assert.Null(await missing.FindAsync(true));
    });

    [Fact]
    public Task Fields_are_read_written_and_incremented() => RunAsync(async keyspace =>
    {
        var bits = keyspace.Bitmap("a");
        var (age, offset) = (BitFieldType.Unsigned(7).At(1), BitFieldType.Signed(5).Nth(3));

        Assert.Equal(0, await bits.SetFieldAsync(age, 99));
        Assert.Equal(99, await bits.SetFieldAsync(age, 100));
        Assert.Equal(101, await bits.IncrementFieldAsync(age));
        Assert.Equal(-3, await bits.IncrementFieldAsync(offset, -3));
        Assert.Equal(101, await bits.GetFieldAsync(age));
        Assert.Equal(new long[] { 101, -3, 1 }, await bits.GetFieldsAsync([age, offset, BitFieldType.Unsigned(1).At(7)]));
        Assert.Equal(new long[] { 5 }, await bits.GetFieldsAsync([BitFieldType.Unsigned(3).At(5)]));
        Assert.Equal(0, await keyspace.Bitmap("missing").GetFieldAsync(age));
        Assert.Empty(await bits.GetFieldsAsync([]));
    });

    [Fact]
    public Task A_number_that_does_not_fit_wraps_saturates_or_is_refused() => RunAsync(async keyspace =>
    {
        var bits = keyspace.Bitmap("a");
        var (unsigned, signed) = (BitFieldType.Unsigned(8).At(0), BitFieldType.Signed(8).At(8));

        Assert.Equal(44, await bits.IncrementFieldAsync(unsigned, 300));
        Assert.Equal(255, await bits.IncrementFieldAsync(unsigned, 300, BitOverflow.Saturate));
        Assert.Null(await bits.IncrementFieldAsync(unsigned, 1, BitOverflow.Fail));
        Assert.Equal(0, await bits.IncrementFieldAsync(unsigned, -300, BitOverflow.Saturate));
        Assert.Null(await bits.IncrementFieldAsync(unsigned, -1, BitOverflow.Fail));
        Assert.Equal(0, await bits.SetFieldAsync(signed, 127));
        Assert.Equal(-128, await bits.IncrementFieldAsync(signed, 1));
        Assert.Equal(-128, await bits.IncrementFieldAsync(signed, -1, BitOverflow.Saturate));
        Assert.Null(await bits.SetFieldAsync(signed, 128, BitOverflow.Fail));
        Assert.Equal(-128, await bits.SetFieldAsync(signed, 200, BitOverflow.Saturate));
        Assert.Equal(127, await bits.GetFieldAsync(signed));
    });

    [Fact]
    public Task Operations_on_fields_are_one_step_and_each_sees_the_ones_before() => RunAsync(async keyspace =>
    {
        var bits = keyspace.Bitmap("a");
        var field = BitFieldType.Signed(64).At(3);

        var answers = await bits.RunFieldsAsync(
        [
            BitFieldOperation.Get(field),
            BitFieldOperation.Set(field, long.MaxValue),
            BitFieldOperation.Increment(field, 1, BitOverflow.Fail),
            BitFieldOperation.Increment(field, 1),
            BitFieldOperation.Get(BitFieldType.Unsigned(63).At(3)),
        ]);

        Assert.Equal([0, 0, null, long.MinValue, 1L << 62], answers);
        Assert.Empty(await bits.RunFieldsAsync([]));
    });

    [Fact]
    public Task A_string_grows_to_hold_its_fields_even_if_they_are_refused() => RunAsync(async keyspace =>
    {
        var field = BitFieldType.Unsigned(4).At(29);

        Assert.Null(await keyspace.Bitmap("a").IncrementFieldAsync(field, 16, BitOverflow.Fail));
        Assert.Equal("\0\0\0\0\0", await TextAsync(keyspace, "a"));
        Assert.Equal([0], await keyspace.Bitmap("b").RunFieldsAsync([BitFieldOperation.Get(field)]));
        Assert.False(await keyspace.Keys.ExistsAsync("b"));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error_and_stays_as_it_is() => RunAsync(async keyspace =>
    {
        await PutSortedSetAsync(keyspace, "a");
        var (bits, field) = (keyspace.Bitmap("a"), BitFieldType.Unsigned(8).At(0));

        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await bits.SetAsync(1));
        Assert.Equal((KeyType.SortedSet, KeyType.String), (error.Actual, error.Expected));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await bits.GetAsync(1));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await bits.CountAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await bits.FindAsync(true));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await bits.GetFieldAsync(field));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await bits.GetFieldsAsync([field]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await bits.SetFieldAsync(field, 1));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await bits.IncrementFieldAsync(field));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await bits.RunFieldsAsync([BitFieldOperation.Get(field)]));
        Assert.Equal(1, await keyspace.SortedSet("a").CountAsync());
    });
}
