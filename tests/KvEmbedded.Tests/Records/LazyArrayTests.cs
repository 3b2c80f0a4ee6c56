using FsCheck.Xunit;
using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Tests.Records;

public sealed class LazyArrayTests
{
    // Longer than two pages of 16,384 numbers, the last one short.
    private const int Length = 40_000;

    [Property]
    public void It_is_an_array((ushort Place, uint Value)[] writes)
    {
        var model = new uint[Length];
        var array = new LazyArray<uint>(Length);
        foreach (var (place, value) in writes)
        {
            model[place % Length] = value;
            array.At((ulong)(place % Length)) = value;
        }

        var copy = array.Copy();
        array.CheckInvariants();
        copy.CheckInvariants();
        foreach (var (place, _) in writes) array.At((ulong)(place % Length)) = 0;
        foreach (var (place, _) in writes) Assert.Equal(model[place % Length], copy.Read((ulong)(place % Length)));
        Assert.Equal(model.Count(static value => value != 0), Enumerable.Range(0, copy.PageCount).Sum(page => copy.Page(page).ToArray().Count(static value => value != 0)));
    }

    [Fact]
    public void A_page_comes_into_being_when_it_is_written_to()
    {
        var array = new LazyArray<byte>(1L << 32);
        var empty = array.MemoryBytes;
        Assert.Equal(0, array.Read((1UL << 32) - 1));
        Assert.Equal(empty, array.MemoryBytes);

        array.At((1UL << 32) - 1) = 7;
        Assert.Equal(7, array.Read((1UL << 32) - 1));
        Assert.Equal(empty + ArrayBytes.Of<byte>(65536), array.MemoryBytes);
        Assert.Equal(7, array.PageToWrite(array.PageCount - 1)[^1]);
        Assert.True(array.Page(0).IsEmpty);
    }

    [Fact]
    public void A_short_array_takes_no_whole_page() => Assert.InRange(Written(10).MemoryBytes, 0, 200);

    private static LazyArray<ulong> Written(int length)
    {
        var array = new LazyArray<ulong>(length);
        array.At(0) = 1;
        return array;
    }
}
