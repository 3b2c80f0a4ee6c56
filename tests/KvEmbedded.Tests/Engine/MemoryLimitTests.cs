using KvEmbedded.Tests.Strings;

namespace KvEmbedded.Tests.Engine;

/// <summary>What the limit of the memory promises: a write that is refused has changed nothing, and reads go on.</summary>
public sealed class MemoryLimitTests
{
    private const double Percent = 0.01;

    private static readonly (string Name, string Key, Func<Keyspace, Task> Run)[] Writes =
    [
        ("SET", "string", static async k => await k.String("string").SetAsync("other")),
        ("APPEND", "string", static async k => await k.String("string").AppendAsync("x")),
        ("SETRANGE", "string", static async k => await k.String("string").SetRangeAsync(1, "x")),
        ("MSET", "string", static async k => await k.Strings.SetAsync([new("string", 1), new("new", 2)])),
        ("INCR", "counter", static async k => await k.Counter("counter").IncrementAsync()),
        ("INCR of a new one", "new", static async k => await k.Counter("new").IncrementAsync()),
        ("INCREX", "counter", static async k => await k.Counter("counter").IncrementAsync(1, new IncrementOptions())),
        ("INCRBYFLOAT", "counter", static async k => await k.Counter("counter").IncrementFloatAsync(0.5)),
        ("DECR", "counter", static async k => await k.Counter("counter").DecrementAsync()),
        ("SETBIT", "bits", static async k => await k.Bitmap("bits").SetAsync(1)),
        ("SETBIT far out", "bits", static async k => await k.Bitmap("bits").SetAsync(1_000_000)),
        ("BITFIELD SET", "bits", static async k => await k.Bitmap("bits").SetFieldAsync(BitFieldType.Unsigned(8).At(0), 1)),
        ("BITFIELD INCRBY far out", "bits", static async k => await k.Bitmap("bits").IncrementFieldAsync(BitFieldType.Unsigned(8).At(9_000))),
        ("BITFIELD", "bits", static async k => await k.Bitmap("bits").RunFieldsAsync(
            [BitFieldOperation.Set(BitFieldType.Unsigned(8).At(0), 1), BitFieldOperation.Increment(BitFieldType.Unsigned(8).At(8))])),
        ("BITOP", "new", static async k => await k.Bitmaps.CombineAsync(BitOperation.Not, "new", ["bits"])),
        ("PFADD to a few", "few", static async k => await k.HyperLogLog("few").AddAsync("b")),
        ("PFADD to many", "many", static async k => await k.HyperLogLog("many").AddAsync([.. Enumerable.Range(10_000, 9_000).Select(static i => (KvValue)i)])),
        ("PFADD to a new one", "new", static async k => await k.HyperLogLog("new").AddAsync("b")),
        ("PFMERGE", "few", static async k => await k.HyperLogLogs.MergeAsync("few", ["many"])),
        ("HSET", "hash", static async k => await k.Hash("hash").SetAsync("field", 2)),
        ("HSET of many", "hash", static async k => await k.Hash("hash").SetAsync([new("field", 2), new("other", 3)])),
        ("HINCRBY", "hash", static async k => await k.Hash("hash").IncrementAsync("field")),
        ("HINCRBYFLOAT", "hash", static async k => await k.Hash("hash").IncrementFloatAsync("field", 0.5)),
        ("RPUSH", "list", static async k => await k.List("list").PushAsync("c")),
        ("LINSERT", "list", static async k => await k.List("list").InsertAsync("c", ListSide.Before, "a")),
        ("LSET", "list", static async k => await k.List("list").SetAsync(0, "c")),
        ("SADD", "set", static async k => await k.Set("set").AddAsync("c")),
        ("SADD of many", "set", static async k => await k.Set("set").AddAsync(["c", "d"])),
        ("SMOVE", "new", static async k => await k.Sets.MoveAsync("set", "new", "a")),
        ("ZADD", "board", static async k => await k.SortedSet("board").AddAsync("b", 1)),
        ("ZADD of many", "board", static async k => await k.SortedSet("board").AddAsync([new("b", 1), new("c", 2)])),
        ("ZADD XX", "board", static async k => await k.SortedSet("board").AddAsync("a", 2, AddWhen.Present)),
        ("ZINCRBY", "board", static async k => await k.SortedSet("board").IncrementAsync("a", 1)),
        ("GEOADD", "places", static async k => await k.GeoIndex("places").AddAsync("b", new GeoPoint(3, 4))),
        ("GEOADD of many", "places", static async k => await k.GeoIndex("places").AddAsync([new("b", new GeoPoint(3, 4)), new("a", new GeoPoint(3, 4))])),
        ("GEOSEARCHSTORE", "new", static async k => await k.GeoIndex("places").StoreSearchAsync("new", new GeoPoint(1, 2), GeoArea.Circle(9_000))),
        ("XADD", "stream", static async k => await k.Stream("stream").AddAsync("field", "other")),
        ("BF.RESERVE", "new", static async k => await k.BloomFilter("new").ReserveAsync(0.01, 100)),
        ("BF.ADD", "bloom", static async k => await k.BloomFilter("bloom").AddAsync("new")),
        ("BF.MADD", "bloom", static async k => await k.BloomFilter("bloom").AddAsync(["new", "b"])),
        ("CF.RESERVE", "new", static async k => await k.CuckooFilter("new").ReserveAsync(100)),
        ("CF.ADD", "cuckoo", static async k => await k.CuckooFilter("cuckoo").AddAsync("new")),
        ("CF.INSERT", "cuckoo", static async k => await k.CuckooFilter("cuckoo").InsertAsync(["new", "b"], null)),
        ("CMS.INITBYDIM", "new", static async k => await k.CountMinSketch("new").CreateAsync(10, 2)),
        ("CMS.INCRBY", "sketch", static async k => await k.CountMinSketch("sketch").IncrementAsync("a")),
        ("CMS.INCRBY of many", "sketch", static async k => await k.CountMinSketch("sketch").IncrementAsync([new("a", 1), new("b", 2)])),
        ("CMS.MERGE", "sketch", static async k => await k.CountMinSketch("sketch").MergeAsync(["sketch"], [2])),
        ("TOPK.RESERVE", "new", static async k => await k.TopK("new").ReserveAsync(3)),
        ("TOPK.ADD", "top", static async k => await k.TopK("top").AddAsync("a")),
        ("TOPK.INCRBY", "top", static async k => await k.TopK("top").IncrementAsync([new("a", 1), new("b", 2)])),
        ("TDIGEST.CREATE", "new", static async k => await k.TDigest("new").CreateAsync()),
        ("TDIGEST.ADD", "digest", static async k => await k.TDigest("digest").AddAsync(2)),
        ("TDIGEST.MERGE", "new", static async k => await k.TDigest("new").MergeAsync(["digest"])),
        ("COPY", "new", static async k => await k.Keys.CopyAsync("board", "new")),
    ];

    public static TheoryData<string> Names => [.. Writes.Select(static write => write.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_write_to_a_full_keyspace_says_so_and_changes_nothing(string name)
    {
        await using var full = await FullKeyspace.OfEachTypeAsync();
        var (_, key, run) = Writes.Single(write => write.Name == name);
        var before = await full.ContentAsync();
        MemoryLimitException? refused = null;

        var events = await full.EventsOfAsync(async () =>
        {
            refused = await Assert.ThrowsAsync<MemoryLimitException>(() => run(full.Keyspace));
            Assert.Equal(before, await full.ContentAsync());
            Assert.Equal(FullKeyspace.Limit, full.Used);
        });

        Assert.Equal("", events);
        Assert.Equal((key, FullKeyspace.Limit, FullKeyspace.Limit), (refused!.Key.ToString(), refused.UsedBytes, refused.LimitBytes));
        Assert.Matches(
            $"^The keyspace holds {FullKeyspace.Limit} bytes(, [0-9]+ more are asked for,)? and its limit is {FullKeyspace.Limit}, so key '{key}' was not " +
            "written. Delete keys, give them a time to live, or raise KeyspaceOptions.MemoryLimitBytes.$",
            refused.Message);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("short")]
    public async Task Fields_of_a_bitmap_that_grows_past_the_limit_change_nothing(string key)
    {
        await using var full = await FullKeyspace.WithAsync(
            static async keyspace =>
            {
                await keyspace.String("end").SetAsync("");
                await keyspace.String("short").SetAsync("text");
            },
            bytesLeft: 300);
        var before = await full.Keyspace.String(key).GetAsync();

        // There is some memory left when the string grows, and none any more when the field is written.
        var events = await full.EventsOfAsync(async () =>
        {
            await Assert.ThrowsAsync<MemoryLimitException>(
                async () => await full.Keyspace.Bitmap(key).SetFieldAsync(BitFieldType.Unsigned(8).At(8 * 399), 1));
            Assert.Equal(FullKeyspace.Limit - 300, full.Used);
        });

        Assert.Equal("", events);
        Assert.Equal(before, await full.Keyspace.String(key).GetAsync());
    }

    [Fact]
    public async Task A_field_that_fits_into_what_is_left_is_written_whole()
    {
        await using var full = await FullKeyspace.WithAsync(static async keyspace => await keyspace.String("short").SetAsync("text"), bytesLeft: 300);

        Assert.Equal(0, await full.Keyspace.Bitmap("short").SetFieldAsync(BitFieldType.Unsigned(8).At(8 * 203), 1));
        Assert.Equal(204, await full.Keyspace.String("short").GetLengthAsync());
        Assert.Equal(1, await full.Keyspace.Bitmap("short").GetFieldAsync(BitFieldType.Unsigned(8).At(8 * 203)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5_000)]
    public async Task An_estimate_is_read_from_a_full_keyspace(int elements)
    {
        await using var other = new StringWorld();
        await other.Keyspace.HyperLogLog("a").AddAsync([.. Enumerable.Range(0, elements).Select(static i => (KvValue)i)]);
        var stale = (await other["a"].GetAsync())!.Value;
        await using var full = await FullKeyspace.WithAsync(async keyspace => await keyspace.String("a").SetAsync(stale));

        var estimate = await full.Keyspace.HyperLogLog("a").CountAsync();

        Assert.InRange(estimate, 0.95 * elements, 1.05 * elements);
        Assert.Equal(estimate, await full.Keyspace.HyperLogLogs.CountUnionAsync(["a"]));
        Assert.Equal(estimate, await full.Keyspace.TransactAsync(async tx => await tx.HyperLogLog("a").CountAsync()));
        Assert.Equal(FullKeyspace.Limit, full.Used);
    }

    [Fact]
    public async Task Memory_goes_past_its_limit_by_one_percent_at_most()
    {
        const long limit = 16 << 20;
        await using var world = new StringWorld(static options => options.MemoryLimitBytes = limit);
        var keyspace = world.Keyspace;
        Func<int, Task>[] writes =
        [
            async i => await keyspace.String($"string {i}").SetAsync(new byte[i % 5_000]),
            async i => await keyspace.String($"grown {i % 50}").AppendAsync(new byte[i % 100]),
            async i => await keyspace.Counter($"counter {i}").IncrementAsync(),
            async i => await keyspace.Bitmap($"bits {i % 50}").SetAsync(5 * i),
            async i => await keyspace.HyperLogLog($"estimate {i % 90}").AddAsync(i),
            async i => await keyspace.Hash($"hash {i % 20}").SetAsync(i, new byte[i % 70]),
            async i => await keyspace.List($"list {i % 20}").PushAsync(new byte[i % 80]),
            async i => await keyspace.Set($"set {i % 20}").AddAsync($"member {i}"),
            async i => await keyspace.SortedSet($"board {i % 20}").AddAsync($"member {i}", i % 777),
            async i => await keyspace.GeoIndex($"places {i % 20}").AddAsync($"member {i}", new GeoPoint(i % 180, i % 80)),
            async i => await keyspace.Stream($"stream {i % 20}").AddAsync("field", new byte[i % 60]),
            async i => await keyspace.BloomFilter($"bloom {i % 20}").AddAsync(i),
            async i => await keyspace.CuckooFilter($"cuckoo {i % 20}").AddAsync(i),
        ];

        var refused = 0;
        for (var i = 0; refused < writes.Length; i++)
        {
            try
            {
                await writes[i % writes.Length](i / writes.Length);
                refused = 0;
            }
            catch (MemoryLimitException)
            {
                refused++;
            }

            Assert.InRange(keyspace.Store.Dispatcher.Turn.MemoryBytes, 0, (long)(limit * (1 + Percent)));
        }

        Assert.InRange(keyspace.Store.Dispatcher.Turn.MemoryBytes, limit, (long)(limit * (1 + Percent)));
    }
}
