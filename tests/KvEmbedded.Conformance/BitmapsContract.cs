namespace KvEmbedded.Conformance;

/// <summary><see cref="IBitmaps"/>, with the operations that every server has.</summary>
public abstract class BitmapsContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    [Theory]
    [InlineData(BitOperation.And, 0b_1010_0000, 0)]
    [InlineData(BitOperation.Or, 0b_1111_1010, 0b_0000_1111)]
    [InlineData(BitOperation.Xor, 0b_0101_1010, 0b_0000_1111)]
    public Task Strings_are_combined_bit_by_bit_the_shorter_filled_up_with_zeros(BitOperation operation, byte first, byte second) => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", new byte[] { 0b_1111_0000 });
        await keyspace.Strings.SetAsync("b", new byte[] { 0b_1010_1010, 0b_0000_1111 });

        Assert.Equal(2, await keyspace.Bitmaps.CombineAsync(operation, "to", ["a", "b"]));
        Assert.Equal([first, second], await BytesAsync(keyspace, "to"));
        Assert.Equal(2, await keyspace.Bitmaps.CombineAsync(operation, "to", ["a", "missing", "b"]));
        Assert.Equal(operation == BitOperation.And ? [0, 0] : [first, second], await BytesAsync(keyspace, "to"));
        Assert.Equal(1, await keyspace.Bitmaps.CombineAsync(operation, "to", ["a"]));
        Assert.Equal([0b_1111_0000], await BytesAsync(keyspace, "to"));
    });

    [Fact]
    public Task A_string_is_inverted() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", new byte[] { 0b_1111_0000, 0b_0101_0101 });

        Assert.Equal(2, await keyspace.Bitmaps.CombineAsync(BitOperation.Not, "a", ["a"]));
        Assert.Equal([0b_0000_1111, 0b_1010_1010], await BytesAsync(keyspace, "a"));
    });

    [Theory]
    [InlineData(300_000)]
    [InlineData(3_000_000)]
    public Task Long_strings_are_combined(int length) => RunAsync(async keyspace =>
    {
        var (a, b) = (new byte[length], new byte[length / 2]);
        new Random(1).NextBytes(a);
        new Random(2).NextBytes(b);
        await keyspace.Strings.SetAsync("a", a);
        await keyspace.Strings.SetAsync("b", b);

        Assert.Equal(length, await keyspace.Bitmaps.CombineAsync(BitOperation.Xor, "b", ["a", "b"]));
        Assert.Equal(a.Select((value, i) => (byte)(i < b.Length ? value ^ b[i] : value)), await BytesAsync(keyspace, "b"));
    });

    [Fact]
    public Task The_combination_replaces_whatever_there_is_and_does_not_expire() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");
        await PutSortedSetAsync(keyspace, "to");
        await keyspace.Keys.ExpireAsync("to", TimeSpan.FromHours(1));

        Assert.Equal(1, await keyspace.Bitmaps.CombineAsync(BitOperation.Or, "to", ["a"]));
        Assert.Equal("x", await TextAsync(keyspace, "to"));
        Assert.Null(await keyspace.Keys.GetTimeToLiveAsync("to"));
    });

    [Fact]
    public Task The_combination_of_nothing_deletes_the_key() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("to", "x");

        Assert.Equal(0, await keyspace.Bitmaps.CombineAsync(BitOperation.And, "to", ["missing", "missing too"]));
        Assert.False(await keyspace.Keys.ExistsAsync("to"));
    });

    [Fact]
    public Task An_operation_takes_as_many_keys_as_it_needs() => RunAsync(async keyspace =>
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Bitmaps.CombineAsync(BitOperation.Or, "to", []));
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Bitmaps.CombineAsync(BitOperation.Not, "to", ["a", "b"]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Bitmaps.CombineAsync(BitOperation.Difference, "to", ["a"]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Bitmaps.CombineAsync(BitOperation.OthersWithoutFirst, "to", ["a"]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await keyspace.Bitmaps.CombineAsync(BitOperation.FirstAndAnyOther, "to", ["a"]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Bitmaps.CombineAsync((BitOperation)99, "to", ["a"]));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error_and_nothing_is_stored() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");
        await PutSortedSetAsync(keyspace, "b");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.Bitmaps.CombineAsync(BitOperation.Or, "to", ["a", "b"]));
        Assert.False(await keyspace.Keys.ExistsAsync("to"));
    });

    protected static async Task<byte[]> BytesAsync(IKeyspace keyspace, KvKey key) => (await keyspace.Strings.GetAsync(key))!.Value.ToArray();
}
