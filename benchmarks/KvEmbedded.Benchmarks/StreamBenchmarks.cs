using System.Threading.Channels;
using BenchmarkDotNet.Attributes;

namespace KvEmbedded.Benchmarks;

/// <summary>What does an entry of a stream, which stays, cost beside one of a Channel, which is gone once it is read?</summary>
[MemoryDiagnoser]
public class StreamBenchmarks
{
    private readonly Keyspace keyspace = new();
    private Channel<byte[]> channel = null!;
    private StreamAddOptions options = null!;
    private IStream stream = null!;
    private byte[] value = [];

    /// <summary>Entries that are kept: the oldest goes when another comes.</summary>
    [Params(1_000, 1_000_000)]
    public int Kept { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        value = new byte[32];
        stream = keyspace.Stream("stream");
        options = new StreamAddOptions { Trim = StreamTrim.ToCount(Kept) };
        channel = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        for (var i = 0; i < Kept; i++)
        {
            channel.Writer.TryWrite([.. value]);
            stream.AddAsync("field", value).AsTask().GetAwaiter().GetResult();
        }
    }

    [GlobalCleanup]
    public void Cleanup() => keyspace.Dispose();

    [Benchmark(Baseline = true)]
    public bool Write() => channel.Writer.TryWrite([.. value]);

    [Benchmark]
    public ValueTask<StreamId?> Append() => stream.AddAsync([new StreamField("field", value)], options);
}
