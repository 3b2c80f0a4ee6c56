using KvEmbedded.Conformance;
using static KvEmbedded.Tests.Redis.ScriptedServer;

namespace KvEmbedded.Tests.Redis;

/// <summary>What is sent for filters and sketches, and what the documented answers mean.</summary>
public sealed class SketchWordsTests
{
    private static readonly object BloomInfo =
        List("Capacity", 100, "Size", 240, "Number of filters", 1, "Number of items inserted", 7, "Expansion rate", null);

    private readonly ScriptedServer server = new();

    [Fact]
    public async Task Bloom_filters()
    {
        await server.SendsAsync("BF.RESERVE b 0.001 100 EXPANSION 4", static k => k.BloomFilter("b").ReserveAsync(0.001, 100, 4), "OK");
        await server.SendsAsync("BF.RESERVE b 0.001 100 NONSCALING", static k => k.BloomFilter("b").ReserveAsync(0.001, 100, 0), "OK");
        Assert.True(await server.SendsAsync("BF.ADD b x", static k => k.BloomFilter("b").AddAsync("x"), 1));
        Assert.Equal("+-", Signs.Of(await server.SendsAsync("BF.MADD b x y", static k => k.BloomFilter("b").AddAsync(["x", "y"]), List(1, 0))));
        Assert.Equal("+", Signs.Of(await server.SendsAsync("BF.INSERT b NOCREATE ITEMS x", static k => k.BloomFilter("b").InsertAsync(["x"], null), List(1))));
        await server.SendsAsync(
            "BF.INSERT b CAPACITY 9 ERROR 0.5 EXPANSION 3 ITEMS x",
            static k => k.BloomFilter("b").InsertAsync(["x"], new BloomFilterOptions { Capacity = 9, ErrorRate = 0.5, Expansion = 3 }), List(1));
        Assert.False(await server.SendsAsync("BF.EXISTS b x", static k => k.BloomFilter("b").ContainsAsync("x"), 0));
        Assert.Equal("-+", Signs.Of(await server.SendsAsync("BF.MEXISTS b x y", static k => k.BloomFilter("b").ContainsAsync(["x", "y"]), List(0, 1))));
        Assert.Equal(7, await server.SendsAsync("BF.CARD b", static k => k.BloomFilter("b").CountAsync(), 7));
        Assert.Equal(new BloomFilterInfo(100, 240, 1, 7, 0), await server.SendsAsync("BF.INFO b", static k => k.BloomFilter("b").GetInfoAsync(), BloomInfo));
    }

    [Fact]
    public async Task Errors_of_Bloom_filters()
    {
        await Assert.ThrowsAsync<SketchExistsException>(() => server.SendsAsync("BF.RESERVE b 0.1 7 EXPANSION 2", static k => k.BloomFilter("b").ReserveAsync(0.1, 7), new Error("ERR item exists")));
        Assert.Null(await server.SendsAsync("BF.INFO b", static k => k.BloomFilter("b").GetInfoAsync(), new Error("ERR not found")));
        Assert.Null(await server.SendsAsync("BF.INSERT b NOCREATE ITEMS x", static k => k.BloomFilter("b").InsertAsync(["x"], null), new Error("ERR not found")));
        var full = await Assert.ThrowsAsync<FilterFullException>(
            () => server.SendsAsync("BF.ADD b x | BF.INFO b", static k => k.BloomFilter("b").AddAsync("x"), new Error("ERR non scaling filter is full"), BloomInfo));
        Assert.Equal((100L, 7L), (full.Capacity, full.Count));
        await Assert.ThrowsAsync<FilterFullException>(
            () => server.SendsAsync("BF.MADD b x y | BF.INFO b", static k => k.BloomFilter("b").AddAsync(["x", "y"]), List(1, new Error("ERR non scaling filter is full")), BloomInfo));
    }

    [Fact]
    public async Task Cuckoo_filters()
    {
        var info = List(
            "Size", 1080, "Number of buckets", 512, "Number of filters", 1, "Number of items inserted", 5, "Number of items deleted", 2,
            "Bucket size", 2, "Expansion rate", 1, "Max iterations", 20);
        await server.SendsAsync("CF.RESERVE c 8 BUCKETSIZE 4 MAXITERATIONS 9 EXPANSION 2", static k => k.CuckooFilter("c").ReserveAsync(1, 4, 9, 2), "OK");
        await server.SendsAsync("CF.ADD c x", static k => k.CuckooFilter("c").AddAsync("x"), 1);
        Assert.False(await server.SendsAsync("CF.ADDNX c x", static k => k.CuckooFilter("c").TryAddAsync("x"), 0));
        await server.SendsAsync("CF.INSERT c ITEMS x y", static k => k.CuckooFilter("c").AddAsync(["x", "y"]), List(1, 1));
        Assert.Equal("-+", Signs.Of(await server.SendsAsync("CF.INSERTNX c ITEMS x y", static k => k.CuckooFilter("c").TryAddAsync(["x", "y"]), List(0, 1))));
        Assert.True(await server.SendsAsync("CF.INSERT c NOCREATE ITEMS x y", static k => k.CuckooFilter("c").InsertAsync(["x", "y"], null), List(1, 1)));
        Assert.Equal("-+", Signs.Of(await server.SendsAsync("CF.INSERTNX c NOCREATE ITEMS x y", static k => k.CuckooFilter("c").TryInsertAsync(["x", "y"], null), List(0, 1))));
        Assert.False(await server.SendsAsync("CF.INSERT c NOCREATE ITEMS x", static k => k.CuckooFilter("c").InsertAsync(["x"], null), new Error("ERR not found")));
        Assert.True(await server.SendsAsync("CF.DEL c x", static k => k.CuckooFilter("c").RemoveAsync("x"), 1));
        Assert.False(await server.SendsAsync("CF.DEL c x", static k => k.CuckooFilter("c").RemoveAsync("x"), new Error("ERR Not found")));
        Assert.True(await server.SendsAsync("CF.EXISTS c x", static k => k.CuckooFilter("c").ContainsAsync("x"), 1));
        Assert.Equal("+-", Signs.Of(await server.SendsAsync("CF.MEXISTS c x y", static k => k.CuckooFilter("c").ContainsAsync(["x", "y"]), List(1, 0))));
        Assert.Equal(3, await server.SendsAsync("CF.COUNT c x", static k => k.CuckooFilter("c").CountAsync("x"), 3));
        Assert.Equal(new CuckooFilterInfo(1080, 512, 1, 5, 2, 2, 1, 20), await server.SendsAsync("CF.INFO c", static k => k.CuckooFilter("c").GetInfoAsync(), info));
        await Assert.ThrowsAsync<FilterFullException>(() => server.SendsAsync("CF.ADD c x | CF.INFO c", static k => k.CuckooFilter("c").AddAsync("x"), new Error("ERR Filter is full"), info));
        await Assert.ThrowsAsync<FilterFullException>(
            () => server.SendsAsync("CF.INSERT c ITEMS x | CF.INFO c", static k => k.CuckooFilter("c").AddAsync(["x"]), List(-1), info));
        await Assert.ThrowsAsync<FilterFullException>(
            () => server.SendsAsync("CF.INSERT c NOCREATE ITEMS x | CF.INFO c", static k => k.CuckooFilter("c").InsertAsync(["x"], null), List(-1), info));
    }

    [Fact]
    public async Task Count_min_sketches()
    {
        await server.SendsAsync("CMS.INITBYDIM m 100 5", static k => k.CountMinSketch("m").CreateAsync(100, 5), "OK");
        await server.SendsAsync("CMS.INITBYPROB m 0.01 0.02", static k => k.CountMinSketch("m").CreateForErrorAsync(0.01, 0.02), "OK");
        Assert.Equal(8, await server.SendsAsync("CMS.INCRBY m x 3", static k => k.CountMinSketch("m").IncrementAsync("x", 3), List(8)));
        Assert.Equal([4L, 5], (IEnumerable<long>)await server.SendsAsync("CMS.INCRBY m x 1 y 2", static k => k.CountMinSketch("m").IncrementAsync([new("x"), new("y", 2)]), List(4, 5)));
        Assert.Equal(4, await server.SendsAsync("CMS.QUERY m x", static k => k.CountMinSketch("m").CountAsync("x"), List(4)));
        Assert.Equal([0L, 0], (IEnumerable<long>)await server.SendsAsync("CMS.QUERY m x y", static k => k.CountMinSketch("m").CountAsync(["x", "y"]), new Error("CMS: key does not exist")));
        await server.SendsAsync("CMS.MERGE m 2 a b WEIGHTS 1 3", static k => k.CountMinSketch("m").MergeAsync(["a", "b"], [1, 3]), "OK");
        Assert.Equal(new CountMinSketchInfo(100, 5, 9), await server.SendsAsync("CMS.INFO m", static k => k.CountMinSketch("m").GetInfoAsync(), List("width", 100, "depth", 5, "count", 9)));
    }

    [Fact]
    public async Task Errors_of_count_min_sketches()
    {
        await Assert.ThrowsAsync<SketchExistsException>(() => server.SendsAsync("CMS.INITBYDIM m 1 1", static k => k.CountMinSketch("m").CreateAsync(1, 1), new Error("CMS: key already exists")));
        var missing = await Assert.ThrowsAsync<SketchMissingException>(
            () => server.SendsAsync("CMS.MERGE m 2 a b | EXISTS m | EXISTS a", static k => k.CountMinSketch("m").MergeAsync(["a", "b"]), new Error("CMS: key does not exist"), 1, 0));
        Assert.Equal("a", missing.Key.ToString());
        await Assert.ThrowsAsync<NumberOverflowException>(
            () => server.SendsAsync("CMS.INCRBY m x 1", static k => k.CountMinSketch("m").IncrementAsync("x"), List(new Error("CMS: INCRBY overflow"))));
        var mismatch = await Assert.ThrowsAsync<SketchMismatchException>(
            () => server.SendsAsync(
                "CMS.MERGE m 1 a | CMS.INFO m | CMS.INFO a", static k => k.CountMinSketch("m").MergeAsync(["a"]), new Error("CMS: width/depth is not equal"),
                List("width", 1, "depth", 2, "count", 3), List("width", 4, "depth", 5, "count", 6)));
        Assert.Equal("a", mismatch.OtherKey.ToString());
    }

    [Fact]
    public async Task Top_k_lists()
    {
        await server.SendsAsync("TOPK.RESERVE t 3 50 4 0.9", static k => k.TopK("t").ReserveAsync(3, 50, 4), "OK");
        Assert.Null(await server.SendsAsync("TOPK.ADD t x", static k => k.TopK("t").AddAsync("x"), List(null)));
        Assert.Equal([null, "z"], (await server.SendsAsync("TOPK.ADD t x y", static k => k.TopK("t").AddAsync(["x", "y"]), List(null, "z"))).Select(static item => item?.ToString()));
        Assert.Equal("z", (await server.SendsAsync("TOPK.INCRBY t x 5", static k => k.TopK("t").IncrementAsync("x", 5), List("z"))).ToString());
        await server.SendsAsync("TOPK.INCRBY t x 5 y 6", static k => k.TopK("t").IncrementAsync([new("x", 5), new("y", 6)]), List(null, (object?)null));
        Assert.True(await server.SendsAsync("TOPK.QUERY t x", static k => k.TopK("t").ContainsAsync("x"), List(1)));
        Assert.Equal("--", Signs.Of(await server.SendsAsync("TOPK.QUERY t x y", static k => k.TopK("t").ContainsAsync(["x", "y"]), new Error("TopK: key does not exist"))));
        Assert.Equal(9, await server.SendsAsync("TOPK.COUNT t x", static k => k.TopK("t").CountAsync("x"), List(9)));
        Assert.Equal([9L, 0], (IEnumerable<long>)await server.SendsAsync("TOPK.COUNT t x y", static k => k.TopK("t").CountAsync(["x", "y"]), List(9, 0)));
        Assert.Equal([new("x", 9), new("y", 2)], (IEnumerable<TopKEntry>)await server.SendsAsync("TOPK.LIST t WITHCOUNT", static k => k.TopK("t").GetItemsAsync(), List("x", 9, "y", 2)));
        Assert.Equal(new TopKInfo(3, 50, 4, 0.9), await server.SendsAsync("TOPK.INFO t", static k => k.TopK("t").GetInfoAsync(), List("k", 3, "width", 50, "depth", 4, "decay", "0.9")));
        await Assert.ThrowsAsync<SketchMissingException>(() => server.SendsAsync("TOPK.ADD t x | EXISTS t", static k => k.TopK("t").AddAsync("x"), new Error("TopK: key does not exist"), 0));
        await Assert.ThrowsAsync<SketchExistsException>(() => server.SendsAsync("TOPK.RESERVE t 3 8 7 0.9", static k => k.TopK("t").ReserveAsync(3), new Error("TopK: key already exists")));
    }
}
