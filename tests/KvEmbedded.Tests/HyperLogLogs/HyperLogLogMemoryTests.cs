using KvEmbedded.HyperLogLogs;
using KvEmbedded.Strings;

namespace KvEmbedded.Tests.HyperLogLogs;

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class HyperLogLogMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(10_000)]
    public void Memory_is_what_the_garbage_collector_says(int count)
    {
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, Math.Max(100, 100_000 / count)).Select(_ => Filled(count)).ToArray(), static blobs => blobs.Sum(static blob => blob.MemoryBytes + 8));

        Assert.InRange(ratio, 0.9, 1.1);
    }

    [Fact]
    public void A_few_elements_take_a_few_bytes() => Assert.InRange(Filled(3).MemoryBytes, 0, 200);

    private static StringBlob Filled(int count)
    {
        var blob = StringBlob.Owning(HyperLogLogFormat.Empty());
        for (var i = 0; i < count; i++) HyperLogLogValue.Raise(blob, RegisterValue.Of(BitConverter.GetBytes(i)));
        if (HyperLogLogFormat.IsDense(blob.Span)) DenseRegisters.HistogramOf(blob);
        return blob;
    }
}
