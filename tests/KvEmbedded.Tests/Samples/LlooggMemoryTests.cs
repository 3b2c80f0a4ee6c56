using System.Text;
using Lloogg;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Samples;

/// <summary>What is counted weighs what its names do, however often they come.</summary>
public sealed class LlooggMemoryTests
{
    private const int Lines = 3_000;
    private const int Visitors = 40;

    [Fact]
    public async Task Ten_times_the_lines_of_the_same_visitors_and_pages_take_no_more_memory()
    {
        var once = await MemoryAsync(Lines, Visitors);
        var tenfold = await MemoryAsync(10 * Lines, Visitors);
        var moreNames = await MemoryAsync(Lines, 10 * Visitors);

        Assert.InRange(tenfold, 1, once + (once / 4));
        Assert.InRange(moreNames, 2 * once, long.MaxValue);
    }

    /// <summary>Bytes that the keyspace holds, as it says itself, when such a log is read and counted to its end.</summary>
    private static async Task<long> MemoryAsync(int lines, int visitors)
    {
        await using var keyspace = new Keyspace();
        HitStore Store() => new(keyspace, "", top: 10);
        await using var queue = await HitQueue.OpenAsync(keyspace, Store);
        var store = Store();
        var analysis = new Analysis(store, queue, keyspace.PubSub, TimeSpan.FromSeconds(1), new FakeTimeProvider());

        await analysis.RunAsync([LogReader.OfStream("generated", Log(lines, visitors))], null, follow: false, TestContext.Current.CancellationToken);
        await queue.DrainAsync();

        Assert.Equal((lines, (long)lines), (analysis.Progress.Lines, (await store.TotalsAsync()).Hits));
        return keyspace.Diagnostics.GetStatistics().MemoryBytes;
    }

    /// <summary>Three days of visitors who come again and again to the same pages; each line has its own time.</summary>
    private static MemoryStream Log(int lines, int visitors)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines; i++)
        {
            var (day, second) = (5 + (3L * i / lines), (int)(86_399L * i / lines));
            var (visitor, status) = (i % visitors, i % 7 == 0 ? 404 : 200);
            text.Append($"10.0.{visitor / 200}.{visitor % 200} - - [{day:00}/Mar/2026:{second / 3600:00}:{second / 60 % 60:00}:{second % 60:00} +0000] ");
            text.Append($"\"GET /page-{i % 31}/ HTTP/1.1\" {status} 1{i % 10}0 \"http://from-{i % 11}.example/\" \"agent-{i % 5}/1\"\n");
        }

        return new MemoryStream(Encoding.ASCII.GetBytes(text.ToString()));
    }
}
