using System.Text;
using Lloogg;

namespace KvEmbedded.Tests.Samples;

public sealed class HitStoreTests : IAsyncDisposable
{
    private readonly Keyspace keyspace = new();

    public ValueTask DisposeAsync() => keyspace.DisposeAsync();

    [Fact]
    public async Task The_keys_are_those_that_the_README_lists()
    {
        var store = new HitStore(keyspace, "", top: 10);
        await AddAsync(store, """10.0.0.1 - - [05/Mar/2026:23:30:00 +0100] "GET /pens/ HTTP/1.1" 200 100 "http://a.example/" "curl/8" """);
        await AddAsync(store, """10.0.0.2 - - [06/Mar/2026:00:30:00 +0100] "GET /none HTTP/1.1" 404 7 "-" "curl/8" """);

        Assert.Equal(2, await keyspace.Counter("hits").GetAsync());
        Assert.Equal(1, await keyspace.Counter("views").GetAsync());
        Assert.Equal(107, await keyspace.Counter("bytes").GetAsync());
        Assert.Equal(1, await keyspace.Counter("status:4").GetAsync());
        Assert.Equal(1, await keyspace.Counter("hits:2026-03-05").GetAsync());
        Assert.Equal(7, await keyspace.Counter("bytes:2026-03-06").GetAsync());
        Assert.Equal(1, await keyspace.Counter("views:2026-03-05:/pens/").GetAsync());
        Assert.Equal(1, await keyspace.SortedSet("pages").GetScoreAsync("/pens/"));
        Assert.Equal(1, await keyspace.SortedSet("missing").GetScoreAsync("/none"));
        Assert.Equal(1, await keyspace.SortedSet("referrers").GetScoreAsync("a.example"));
        Assert.Equal(2, await keyspace.SortedSet("browsers").GetScoreAsync("curl"));
        Assert.Equal(2, await keyspace.SortedSet("days").CountAsync());
        Assert.Equal(2, await keyspace.SortedSet("visitors").CountAsync());
        Assert.Equal(1, await keyspace.SortedSet("visitors:2026-03-06").CountAsync());
        Assert.Equal(1, await keyspace.HyperLogLog("unique:2026-03-06").CountAsync());
        Assert.True(await keyspace.Bitmap("active:2026-03-06").GetAsync(2));
        Assert.Equal(2, await keyspace.Hash("visitor-numbers").CountAsync());
        Assert.Equal(["/none"], (await keyspace.List("last:10.0.0.2").GetRangeAsync(..)).Select(hit => hit.ToString()));
    }

    [Fact]
    public async Task A_visitor_was_last_seen_at_the_latest_time_in_whatever_order_the_logs_come()
    {
        var store = new HitStore(keyspace, "", top: 10);
        foreach (var clock in new[] { "12:00:00", "13:00:00", "11:00:00" })
            await AddAsync(store, $"""10.0.0.1 - - [05/Mar/2026:{clock} +0000] "GET / HTTP/1.1" 200 1""");

        var seen = new DateTimeOffset(2026, 3, 5, 13, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        Assert.Equal(seen, await keyspace.SortedSet("visitors").GetScoreAsync("10.0.0.1"));
        Assert.Equal(seen, await keyspace.SortedSet("visitors:2026-03-05").GetScoreAsync("10.0.0.1"));
    }

    [Fact]
    public async Task A_sum_of_bytes_that_has_become_too_large_stays_at_the_largest()
    {
        var store = new HitStore(keyspace, "", top: 10);
        for (var turn = 0; turn < 3; turn++)
            await AddAsync(store, $"""10.0.0.1 - - [05/Mar/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 {long.MaxValue}""");

        var totals = await store.TotalsAsync();
        Assert.Equal((3, long.MaxValue, long.MaxValue), (totals.Hits, totals.Bytes, totals.Days[0].Bytes));
    }

    [Fact]
    public async Task However_many_names_are_made_up_the_frequent_ones_stay_and_the_sets_stay_small()
    {
        var store = new HitStore(keyspace, "", top: 1, namesMax: 10);
        for (var turn = 0; turn < 500; turn++)
        {
            var page = turn % 5 == 0 ? "often" : $"once-{turn}";
            var status = turn % 2 == 0 ? 200 : 404;
            await AddAsync(store, $"""10.0.0.1 - - [05/Mar/2026:12:00:00 +0000] "GET /{page} HTTP/1.1" {status} 1 "http://{page}/" "{page}/1" """);
        }

        var totals = await store.TotalsAsync();
        Assert.Equal(new PageTotals("/often", 50, 50), Assert.Single(totals.Pages));
        Assert.Equal(new NameTotals("/often", 50), Assert.Single(totals.Missing));
        Assert.Equal(new NameTotals("often", 50), Assert.Single(totals.Referrers));
        Assert.Equal(new NameTotals("often", 100), Assert.Single(totals.Browsers));
        foreach (var names in new[] { "pages", "referrers", "browsers", "missing" })
            Assert.InRange(await keyspace.SortedSet(names).CountAsync(), 2, 20);
    }

    [Fact]
    public async Task Of_each_visitor_the_last_ten_hits_stay()
    {
        var store = new HitStore(keyspace, "", top: 10);
        for (var turn = 0; turn < 25; turn++)
            await AddAsync(store, $"""10.0.0.1 - - [05/Mar/2026:12:00:00 +0000] "GET /{turn}?q HTTP/1.1" 200 1""");

        var hits = await keyspace.List("last:10.0.0.1").GetRangeAsync(..);
        Assert.Equal(Enumerable.Range(15, 10).Reverse().Select(turn => $"/{turn}?q"), hits.Select(hit => hit.ToString()));
    }

    [Fact]
    public async Task Visitors_that_return_are_the_bits_of_a_day_that_an_earlier_one_has_too()
    {
        var store = new HitStore(keyspace, "", top: 10);
        foreach (var (day, visitors) in new[] { (5, "123"), (6, "245"), (7, "156") })
        {
            foreach (var visitor in visitors)
                await AddAsync(store, $"""10.0.0.{visitor} - - [0{day}/Mar/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 1""");
        }

        var totals = await store.TotalsAsync();
        Assert.Equal([0, 1, 2], totals.Days.Select(day => day.Returning));
        Assert.Equal(6, Assert.Single(totals.Weeks).Visitors);
    }

    private static async Task AddAsync(HitStore store, string text)
    {
        Assert.Equal(LineFault.None, AccessLogLine.Parse(Encoding.UTF8.GetBytes(text.TrimEnd()), out var line));
        await store.RememberAsync(line);
        await store.AddAsync(line);
    }
}
