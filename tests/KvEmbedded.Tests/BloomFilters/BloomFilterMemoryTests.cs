using KvEmbedded.BloomFilters;
using KvEmbedded.Tests.SortedSets;

namespace KvEmbedded.Tests.BloomFilters;

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class BloomFilterMemoryTests
{
    [Theory]
    [InlineData(100, 100)]
    [InlineData(1_000, 5_000)]
    [InlineData(1_000_000, 1_000_000)]
    [InlineData(100, 1_000_000)]
    public void Memory_is_what_the_garbage_collector_says(int capacity, int count)
    {
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, Math.Max(1, 1_000_000 / count)).Select(_ => BloomWorld.Filled(0.01, capacity, 2, count)).ToArray(),
            static filters => filters.Sum(static filter => filter.MemoryBytes));

        Assert.InRange(ratio, 0.97, 1.03);
    }

    [Fact]
    public void An_empty_filter_for_many_items_takes_little() =>
        Assert.InRange(new BloomLayers(0.01, 100_000_000, 2).MemoryBytes, 0, 30_000);

    [Fact]
    public void An_item_takes_the_bits_it_is_said_to_take()
    {
        Assert.InRange(BloomWorld.Filled(0.01, 1_000_000, 2, 1_000_000).MemoryBytes * 8 / 1_000_000.0, 11, 11.2);
        Assert.InRange(BloomWorld.Filled(0.001, 1_000_000, 2, 1_000_000).MemoryBytes * 8 / 1_000_000.0, 15, 16);
    }

    [Fact]
    public void Nothing_is_allocated_by_reads_and_by_additions()
    {
        var filter = BloomWorld.Filled(0.01, 10_000, 0, 9_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 0; number < 900; number++)
        {
            filter.Contains(BloomWorld.Item(number));
            filter.Add(BloomWorld.Item(20_000 + number));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
