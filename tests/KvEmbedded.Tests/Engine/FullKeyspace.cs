using KvEmbedded.Tests.Strings;

namespace KvEmbedded.Tests.Engine;

/// <summary>A keyspace with a memory limit, one value of every type in it, and a filler that uses up the rest to the byte.</summary>
internal sealed class FullKeyspace : IAsyncDisposable
{
    public const long Limit = 1_048_576;

    private const int FillerLength = 500_000;

    private readonly StringWorld world = new(static options => options.MemoryLimitBytes = Limit);

    public Keyspace Keyspace => world.Keyspace;

    public long Used => Keyspace.Store.Dispatcher.Turn.MemoryBytes;

    /// <summary>Puts one value of every type, and uses up the memory but for <paramref name="bytesLeft"/>.</summary>
    public static async Task<FullKeyspace> OfEachTypeAsync(long bytesLeft = 0)
    {
        var full = new FullKeyspace();
        await full.PutOneOfEachTypeAsync();
        await full.FillAsync(bytesLeft);
        return full;
    }

    public static async Task<FullKeyspace> WithAsync(Func<Keyspace, Task> prepare, long bytesLeft = 0)
    {
        var full = new FullKeyspace();
        await prepare(full.Keyspace);
        await full.FillAsync(bytesLeft);
        return full;
    }

    /// <summary>All that can be read of the values of <see cref="OfEachTypeAsync"/>, as text.</summary>
    public async Task<string> ContentAsync()
    {
        var keys = await Keyspace.Keys.CountAsync();
        var strings = await Task.WhenAll(new[] { "string", "counter", "bits", "few", "many" }.Select(async key =>
            Convert.ToHexString((await Keyspace.String(key).GetAsync())!.Value.ToArray())));
        var hash = await Keyspace.Hash("hash").GetAllAsync();
        var digest = Keyspace.TDigest("digest");
        string[] facts =
        [
            $"{keys} keys", .. strings,
            string.Join(' ', hash.Select(static entry => $"{entry.Field}={entry.Value}")),
            string.Join(' ', await Keyspace.List("list").GetRangeAsync(..)),
            string.Join(' ', (await Keyspace.Set("set").GetMembersAsync()).Select(static member => member.ToString()).Order()),
            string.Join(' ', await Keyspace.SortedSet("board").GetRangeAsync(..)),
            string.Join(' ', await Keyspace.SortedSet("places").GetRangeAsync(..)),
            string.Join(' ', (await Keyspace.Stream("stream").GetRangeAsync()).Select(static entry => $"{entry.Id}: {entry.Fields[0].Value}")),
            $"{await Keyspace.BloomFilter("bloom").GetInfoAsync()} {await Keyspace.BloomFilter("bloom").ContainsAsync("new")}",
            $"{await Keyspace.CuckooFilter("cuckoo").GetInfoAsync()} {await Keyspace.CuckooFilter("cuckoo").ContainsAsync("new")}",
            $"{await Keyspace.CountMinSketch("sketch").GetInfoAsync()} {await Keyspace.CountMinSketch("sketch").CountAsync("a")}",
            string.Join(' ', await Keyspace.TopK("top").GetItemsAsync()),
            $"{await digest.GetInfoAsync()} {await digest.GetMinAsync()} {await digest.GetMaxAsync()}",
        ];
        return string.Join('\n', facts);
    }

    /// <summary>What happened to keys while <paramref name="body"/> ran: nothing can be written to mark its end, so a key is deleted.</summary>
    public async Task<string> EventsOfAsync(Func<Task> body)
    {
        await using var events = Keyspace.SubscribeToEvents();
        await body();
        Assert.True(await Keyspace.Keys.DeleteAsync("end"));
        var seen = new List<string>();
        await foreach (var happened in events)
        {
            if (happened.Key == "end") break;
            seen.Add($"{happened.Kind} {happened.Key}");
        }

        return string.Join(", ", seen);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private async Task PutOneOfEachTypeAsync()
    {
        await Keyspace.String("end").SetAsync("");
        await Keyspace.String("string").SetAsync("text");
        await Keyspace.Counter("counter").IncrementAsync(7);
        await Keyspace.Bitmap("bits").SetAsync(100);
        await Keyspace.HyperLogLog("few").AddAsync("a");
        await Keyspace.HyperLogLog("many").AddAsync([.. Enumerable.Range(0, 10_000).Select(static i => (KvValue)i)]);
        await Keyspace.Hash("hash").SetAsync("field", 1);
        await Keyspace.List("list").PushAsync(["a", "b"]);
        await Keyspace.Set("set").AddAsync(["a", "b"]);
        await Keyspace.SortedSet("board").AddAsync("a", 1);
        await Keyspace.GeoIndex("places").AddAsync("a", new GeoPoint(1, 2));
        await Keyspace.Stream("stream").AddAsync("field", "value");
        await Keyspace.BloomFilter("bloom").AddAsync("a");
        await Keyspace.CuckooFilter("cuckoo").AddAsync("a");
        await Keyspace.CountMinSketch("sketch").CreateAsync(10, 2);
        await Keyspace.TopK("top").ReserveAsync(3);
        await Keyspace.TDigest("digest").CreateAsync();
        await Keyspace.TDigest("digest").AddAsync(1);
    }

    private async Task FillAsync(long bytesLeft)
    {
        var filler = Keyspace.String("filler");
        await filler.SetAsync(new byte[FillerLength]);
        await filler.SetAsync(new byte[FillerLength + Limit - Used - bytesLeft]);
        Assert.Equal(Limit - bytesLeft, Used);
    }
}
