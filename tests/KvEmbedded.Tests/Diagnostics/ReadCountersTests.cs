using KvEmbedded.Diagnostics;

namespace KvEmbedded.Tests.Diagnostics;

public sealed class ReadCountersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public void No_read_is_lost_on_many_threads_whether_they_share_stripes_or_not(int stripes)
    {
        const int Threads = 8, Reads = 100_000;
        var counters = new ReadCounters(stripes);
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < Reads; i++) counters.Count(i % 4 == 0);
        })).ToArray();

        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        Assert.Equal((Threads * Reads / 4, Threads * Reads * 3 / 4), (counters.Hits, counters.Misses));
    }
}
