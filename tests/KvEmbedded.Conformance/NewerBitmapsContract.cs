namespace KvEmbedded.Conformance;

/// <summary>The operations of <see cref="IBitmaps"/> that Redis has since 8.2.</summary>
public abstract class NewerBitmapsContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    [Theory]
    [InlineData(BitOperation.Difference, 0b_0100_0000, 0)]
    [InlineData(BitOperation.OthersWithoutFirst, 0b_0000_1110, 0b_0000_1111)]
    [InlineData(BitOperation.FirstAndAnyOther, 0b_1011_0000, 0)]
    [InlineData(BitOperation.ExactlyOne, 0b_0100_0110, 0b_0000_1111)]
    public Task The_first_string_has_a_part_of_its_own(BitOperation operation, byte first, byte second) => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", new byte[] { 0b_1111_0000 });
        await keyspace.Strings.SetAsync("b", new byte[] { 0b_1010_1010, 0b_0000_1111 });
        await keyspace.Strings.SetAsync("c", new byte[] { 0b_0011_1100 });

        Assert.Equal(2, await keyspace.Bitmaps.CombineAsync(operation, "to", ["a", "b", "c", "missing"]));
        Assert.Equal([first, second], (await keyspace.Strings.GetAsync("to"))!.Value.ToArray());
    });
}
