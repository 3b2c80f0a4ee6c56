using System.Globalization;

namespace KvEmbedded.Conformance;

/// <summary><see cref="ITDigest"/>: few observations, about which all backends are exact.</summary>
public abstract class TDigestContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly double[] Steps = [1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5];

    private static async ValueTask<ITDigest> MakeAsync(IKeyspace keyspace, KvKey key, params double[] values)
    {
        var digest = keyspace.TDigest(key);
        await digest.CreateAsync(1_000);
        if (values.Length > 0) await digest.AddAsync(values);
        return digest;
    }

    private static string Text(IEnumerable<double?> values) =>
        string.Join(' ', values.Select(static value => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "none"));

    private static string Text(IEnumerable<long?> values) =>
        string.Join(' ', values.Select(static value => value?.ToString(CultureInfo.InvariantCulture) ?? "none"));

    [Fact]
    public Task Quantiles_are_answered() => RunAsync(async keyspace =>
    {
        var digest = await MakeAsync(keyspace, "t", Steps);

        Assert.Equal(4, await digest.GetQuantileAsync(0.5));
        Assert.Equal("1 3 4 5", Text(await digest.GetQuantileAsync([0, 0.25, 0.5, 1])));
    });

    [Fact]
    public Task Shares_below_a_value_count_equals_half() => RunAsync(async keyspace =>
    {
        var digest = await MakeAsync(keyspace, "t", Steps);

        Assert.Equal(0.3, (await digest.GetCdfAsync(3))!.Value, 1e-9);
        Assert.Equal("0 0.0333 0.1333 0.3 0.5333 0.8333 1", Text(await digest.GetCdfAsync([0, 1, 2, 3, 4, 5, 6])));
    });

    [Fact]
    public Task Ranks_are_answered_from_both_ends() => RunAsync(async keyspace =>
    {
        var digest = await MakeAsync(keyspace, "t", 10, 20, 30, 40, 50, 60);

        Assert.Equal(2, await digest.GetRankAsync(30));
        Assert.Equal(3, await digest.GetRankAsync(30, Order.Descending));
        Assert.Equal("0 0 1 5 6", Text(await digest.GetRankAsync([0, 10, 20, 60, 70])));
        Assert.Equal("6 5 4 0 0", Text(await digest.GetRankAsync([0, 10, 20, 60, 70], Order.Descending)));
        var twins = await MakeAsync(keyspace, "u", 10, 10, 10, 10, 20, 20);
        Assert.Equal("2 5", Text(await twins.GetRankAsync([10, 20])));
        Assert.Equal("4 1", Text(await twins.GetRankAsync([10, 20], Order.Descending)));
    });

    [Fact]
    public Task Observations_are_answered_by_their_rank() => RunAsync(async keyspace =>
    {
        var digest = await MakeAsync(keyspace, "t", Steps);

        Assert.Equal(2, await digest.GetByRankAsync(1));
        Assert.Equal(5, await digest.GetByRankAsync(1, Order.Descending));
        Assert.Equal("1 2 2 3 5 none", Text(await digest.GetByRankAsync([0, 1, 2, 3, 14, 15])));
        Assert.Equal("5 4 1 none", Text(await digest.GetByRankAsync([4, 5, 14, 15], Order.Descending)));
    });

    [Fact]
    public Task The_ends_and_the_mean_without_them_are_answered() => RunAsync(async keyspace =>
    {
        var digest = await MakeAsync(keyspace, "t", 1, 2, 3, 4, 5, 6, 7, 8, 9);
        await digest.AddAsync(10);

        Assert.Equal((1.0, 10.0), (await digest.GetMinAsync(), await digest.GetMaxAsync()));
        Assert.Equal(4, (await digest.GetTrimmedMeanAsync(0.1, 0.6))!.Value, 1e-9);
        Assert.Equal(6.5, (await digest.GetTrimmedMeanAsync(0.3, 0.9))!.Value, 1e-9);
        Assert.Equal(5.5, (await digest.GetTrimmedMeanAsync(0, 1))!.Value, 1e-9);
    });

    [Fact]
    public Task A_digest_without_observations_answers_nothing() => RunAsync(async keyspace =>
    {
        foreach (var digest in (ITDigest[])[await MakeAsync(keyspace, "t"), keyspace.TDigest("missing")])
        {
            Assert.Null(await digest.GetQuantileAsync(0.5));
            Assert.Equal("none none", Text(await digest.GetQuantileAsync([0, 1])));
            Assert.Null(await digest.GetCdfAsync(1));
            Assert.Equal("none", Text(await digest.GetCdfAsync([1])));
            Assert.Null(await digest.GetRankAsync(1));
            Assert.Equal("none", Text(await digest.GetRankAsync([1], Order.Descending)));
            Assert.Null(await digest.GetByRankAsync(0));
            Assert.Equal("none", Text(await digest.GetByRankAsync([0])));
            Assert.Null(await digest.GetMinAsync());
            Assert.Null(await digest.GetMaxAsync());
            Assert.Null(await digest.GetTrimmedMeanAsync(0, 1));
        }
    });

    [Fact]
    public Task A_missing_digest_is_not_written_to() => RunAsync(async keyspace =>
    {
        var digest = keyspace.TDigest("t");

        Assert.Null(await digest.GetInfoAsync());
        await Assert.ThrowsAsync<SketchMissingException>(async () => await digest.AddAsync(1));
        await Assert.ThrowsAsync<SketchMissingException>(async () => await digest.AddAsync([1, 2]));
        await Assert.ThrowsAsync<SketchMissingException>(async () => await digest.ResetAsync());
        await Assert.ThrowsAsync<SketchMissingException>(async () => await digest.MergeAsync(["u"]));
        Assert.False(await digest.ExistsAsync());
    });

    [Fact]
    public Task A_digest_is_made_once_and_may_forget() => RunAsync(async keyspace =>
    {
        var digest = await MakeAsync(keyspace, "t", 1, 2, 3);

        await Assert.ThrowsAsync<SketchExistsException>(async () => await digest.CreateAsync());
        var info = (await digest.GetInfoAsync())!;
        Assert.Equal((1_000, 3L, 3), (info.Compression, info.ObservationCount, info.CentroidCount + info.BufferedCount));
        Assert.InRange(info.MemoryBytes, 50, 200_000);
        Assert.Equal(KeyType.TDigest, await keyspace.Keys.GetTypeAsync("t"));
        await digest.ResetAsync();
        Assert.Null(await digest.GetMinAsync());
        info = (await digest.GetInfoAsync())!;
        Assert.Equal((1_000, 0L), (info.Compression, info.ObservationCount));
        await digest.AddAsync(9);
        Assert.Equal(9, await digest.GetMaxAsync());
    });

    [Fact]
    public Task Digests_are_merged() => RunAsync(async keyspace =>
    {
        await MakeAsync(keyspace, "one", 10, 20);
        await MakeAsync(keyspace, "two", 30, 40);
        var sum = keyspace.TDigest("sum");

        await sum.MergeAsync(["one", "two"]);
        Assert.Equal("10 20 30 40 none", Text(await sum.GetByRankAsync([0, 1, 2, 3, 4])));
        Assert.Equal(1_000, (await sum.GetInfoAsync())!.Compression);
        await sum.MergeAsync(["two"]);
        Assert.Equal("10 20 30 30 40 40", Text(await sum.GetByRankAsync([0, 1, 2, 3, 4, 5])));
        await sum.MergeAsync(["one"], new TDigestMergeOptions { Compression = 500, Existing = ExistingDigest.Replace });
        Assert.Equal("10 20 none", Text(await sum.GetByRankAsync([0, 1, 2])));
        Assert.Equal(500, (await sum.GetInfoAsync())!.Compression);
        await Assert.ThrowsAsync<SketchMissingException>(async () => await sum.MergeAsync(["one", "missing"]));
        Assert.Equal(2, (await sum.GetInfoAsync())!.ObservationCount);
    });

    [Fact]
    public Task Arguments_out_of_range_are_refused() => RunAsync(async keyspace =>
    {
        var digest = await MakeAsync(keyspace, "t");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.TDigest("u").CreateAsync(0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await digest.AddAsync(double.NaN));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await digest.AddAsync([1, double.NegativeInfinity]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await digest.GetQuantileAsync(-0.1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await digest.GetCdfAsync(double.NaN));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await digest.GetByRankAsync(-1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await digest.GetTrimmedMeanAsync(0.6, 0.5));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await digest.AddAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await digest.GetQuantileAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await digest.MergeAsync([]));
        Assert.Equal(0, (await digest.GetInfoAsync())!.ObservationCount);
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("string", "x");
        var digest = keyspace.TDigest("string");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await digest.CreateAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await digest.AddAsync(1));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await digest.ResetAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await digest.GetQuantileAsync(0.5));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await digest.GetInfoAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.TDigest("u").MergeAsync(["string"]));
        Assert.Equal("x", await TextAsync(keyspace, "string"));
    });
}
