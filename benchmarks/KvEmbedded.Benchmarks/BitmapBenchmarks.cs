using System.Numerics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;

namespace KvEmbedded.Benchmarks;

/// <summary>What does counting the bits of a bitmap cost beside the loop that a team would write?</summary>
public class BitmapBenchmarks
{
    private readonly Keyspace keyspace = new();
    private IBitmap bitmap = null!;
    private byte[] bytes = [];

    /// <summary>Length of the bitmap, in bytes.</summary>
    [Params(1 << 10, 1 << 20)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        bytes = new byte[Length];
        new Random(1).NextBytes(bytes);
        keyspace.Strings.SetAsync("bitmap", bytes).AsTask().GetAwaiter().GetResult();
        bitmap = keyspace.Bitmap("bitmap");
    }

    [GlobalCleanup]
    public void Cleanup() => keyspace.Dispose();

    [Benchmark(Baseline = true)]
    public long Loop()
    {
        var count = 0L;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes)) count += BitOperations.PopCount(word);
        return count;
    }

    [Benchmark]
    public ValueTask<long> Count() => bitmap.CountAsync();
}
