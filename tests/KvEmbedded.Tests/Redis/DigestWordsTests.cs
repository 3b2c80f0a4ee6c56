using static KvEmbedded.Tests.Redis.ScriptedServer;

namespace KvEmbedded.Tests.Redis;

/// <summary>What is sent for t-digests, and what the documented answers mean.</summary>
public sealed class DigestWordsTests
{
    private readonly ScriptedServer server = new();

    [Fact]
    public async Task Writes()
    {
        await server.SendsAsync("TDIGEST.CREATE t COMPRESSION 100", static k => k.TDigest("t").CreateAsync(), "OK");
        await server.SendsAsync("TDIGEST.ADD t 1.5", static k => k.TDigest("t").AddAsync(1.5), "OK");
        await server.SendsAsync("TDIGEST.ADD t 1 2", static k => k.TDigest("t").AddAsync([1, 2]), "OK");
        await server.SendsAsync("TDIGEST.RESET t", static k => k.TDigest("t").ResetAsync(), "OK");
        await server.SendsAsync("TDIGEST.MERGE t 2 a b", static k => k.TDigest("t").MergeAsync(["a", "b"]), "OK");
        await server.SendsAsync(
            "TDIGEST.MERGE t 1 a COMPRESSION 50 OVERRIDE",
            static k => k.TDigest("t").MergeAsync(["a"], new TDigestMergeOptions { Compression = 50, Existing = ExistingDigest.Replace }), "OK");
        await Assert.ThrowsAsync<SketchExistsException>(
            () => server.SendsAsync("TDIGEST.CREATE t COMPRESSION 7", static k => k.TDigest("t").CreateAsync(7), new Error("ERR T-Digest: key already exists")));
        var missing = await Assert.ThrowsAsync<SketchMissingException>(
            () => server.SendsAsync("TDIGEST.MERGE t 2 a b | EXISTS a | EXISTS b", static k => k.TDigest("t").MergeAsync(["a", "b"]), new Error("ERR T-Digest: key does not exist"), 1, 0));
        Assert.Equal("b", missing.Key.ToString());
    }

    [Fact]
    public async Task Reads()
    {
        Assert.Equal(2.5, await server.SendsAsync("TDIGEST.QUANTILE t 0.5", static k => k.TDigest("t").GetQuantileAsync(0.5), List("2.5")));
        Assert.Equal([1.0, 9], (IEnumerable<double?>)await server.SendsAsync("TDIGEST.QUANTILE t 0 1", static k => k.TDigest("t").GetQuantileAsync([0, 1]), List("1", "9")));
        Assert.Null(await server.SendsAsync("TDIGEST.CDF t 3", static k => k.TDigest("t").GetCdfAsync(3), List("nan")));
        Assert.Equal([0.5], (IEnumerable<double?>)await server.SendsAsync("TDIGEST.CDF t 3", static k => k.TDigest("t").GetCdfAsync([3]), List("0.5")));
        Assert.Equal(4, await server.SendsAsync("TDIGEST.RANK t 3", static k => k.TDigest("t").GetRankAsync(3), List(4)));
        Assert.Equal([null, 0L, 7], (IEnumerable<long?>)await server.SendsAsync("TDIGEST.REVRANK t 1 2 3", static k => k.TDigest("t").GetRankAsync([1, 2, 3], Order.Descending), List(-2, -1, 7)));
        Assert.Equal(1, await server.SendsAsync("TDIGEST.BYRANK t 0", static k => k.TDigest("t").GetByRankAsync(0), List("1")));
        Assert.Equal([9.0, null], (IEnumerable<double?>)await server.SendsAsync("TDIGEST.BYREVRANK t 0 99", static k => k.TDigest("t").GetByRankAsync([0, 99], Order.Descending), List("9", "-inf")));
        Assert.Equal(1, await server.SendsAsync("TDIGEST.MIN t", static k => k.TDigest("t").GetMinAsync(), "1"));
        Assert.Null(await server.SendsAsync("TDIGEST.MAX t", static k => k.TDigest("t").GetMaxAsync(), "nan"));
        Assert.Equal(4, await server.SendsAsync("TDIGEST.TRIMMED_MEAN t 0.1 0.6", static k => k.TDigest("t").GetTrimmedMeanAsync(0.1, 0.6), "4"));
        Assert.Equal([null, null], (IEnumerable<double?>)await server.SendsAsync("TDIGEST.QUANTILE t 0 1", static k => k.TDigest("t").GetQuantileAsync([0, 1]), new Error("ERR T-Digest: key does not exist")));
        Assert.Equal(
            new TDigestInfo(100, 9768, 3, 4, 7, 1),
            await server.SendsAsync(
                "TDIGEST.INFO t", static k => k.TDigest("t").GetInfoAsync(),
                List("Compression", 100, "Capacity", 610, "Merged nodes", 3, "Unmerged nodes", 4, "Merged weight", 3, "Unmerged weight", 4, "Observations", 7, "Total compressions", 1, "Memory usage", 9768)));
    }
}
