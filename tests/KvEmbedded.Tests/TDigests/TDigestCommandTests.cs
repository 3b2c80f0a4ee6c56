using KvEmbedded.Tests.SortedSets;

namespace KvEmbedded.Tests.TDigests;

public sealed class TDigestCommandTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did()
    {
        await using var world = new BoardWorld();
        await using var events = world.Note();
        var digest = world.Keyspace.TDigest("t");

        await digest.CreateAsync();
        Assert.Equal("TDigestCreated t", await events.TakeAsync());
        await digest.AddAsync(1);
        await digest.AddAsync([2, 3]);
        await digest.GetQuantileAsync(0.5);
        Assert.Equal("TDigestAdded t, TDigestAdded t", await events.TakeAsync());
        await world.Keyspace.TDigest("u").MergeAsync(["t"]);
        await digest.ResetAsync();
        Assert.Equal("TDigestMerged u, TDigestReset t", await events.TakeAsync());
    }

    [Fact]
    public async Task A_digest_must_have_been_made_and_only_once()
    {
        await using var world = new BoardWorld();
        var digest = world.Keyspace.TDigest("t");

        var missing = await Assert.ThrowsAsync<SketchMissingException>(async () => await digest.AddAsync(1));
        Assert.StartsWith("Key 't' does not exist, but this operation needs a TDigest that has been made.", missing.Message);
        await digest.CreateAsync();
        var exists = await Assert.ThrowsAsync<SketchExistsException>(async () => await digest.CreateAsync());
        Assert.StartsWith("Key 't' holds a TDigest already,", exists.Message);
        missing = await Assert.ThrowsAsync<SketchMissingException>(async () => await digest.MergeAsync(["t", "u"]));
        Assert.Equal("u", missing.Key.ToString());
    }

    [Fact]
    public async Task Arguments_are_checked_first()
    {
        await using var world = new BoardWorld();
        var digest = world.Keyspace.TDigest("t");

        await SaysAsync("The compression of a t-digest is 1 to 10000. (Parameter 'compression')", () => digest.CreateAsync(0));
        await SaysAsync("The compression of a t-digest is 1 to 10000. (Parameter 'options')", () => digest.MergeAsync(["a"], new TDigestMergeOptions { Compression = 10_001 }));
        await SaysAsync("There is no such ExistingDigest. Use a named one. (Parameter 'options.Existing')", () => digest.MergeAsync(["a"], new TDigestMergeOptions { Existing = (ExistingDigest)7 }));
        await SaysAsync("An observation is a finite number. (Parameter 'value')", () => digest.AddAsync(double.NaN));
        await SaysAsync("An observation is a finite number. (Parameter 'values')", () => digest.AddAsync([1, double.PositiveInfinity]));
        await SaysAsync("A quantile is 0 to 1. 0.5 is the median. (Parameter 'quantile')", async () => await digest.GetQuantileAsync(1.1));
        await SaysAsync("A quantile is 0 to 1. 0.5 is the median. (Parameter 'quantiles')", async () => await digest.GetQuantileAsync([double.NaN]));
        await SaysAsync("The lower quantile is below the upper one. (Parameter 'from')", async () => await digest.GetTrimmedMeanAsync(0.5, 0.5));
        await SaysAsync("NaN has no place in an order.", async () => await digest.GetCdfAsync(double.NaN));
        await SaysAsync("NaN has no place in an order.", async () => await digest.GetRankAsync([double.NaN]));
        await SaysAsync("rank ('-1') must be a non-negative value.", async () => await digest.GetByRankAsync(-1));
        await SaysAsync("ranks ('-1') must be a non-negative value.", async () => await digest.GetByRankAsync([-1]));
        Assert.False(await digest.ExistsAsync());

        static async Task SaysAsync(string text, Func<ValueTask> command) =>
            Assert.StartsWith(text, (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await command())).Message);
    }

    [Fact]
    public async Task A_digest_that_is_merged_into_keeps_its_time_to_live_and_one_that_is_replaced_does_not()
    {
        await using var world = new BoardWorld();
        var digest = world.Keyspace.TDigest("t");
        await digest.CreateAsync();
        await digest.AddAsync(1);
        await digest.ExpireAsync(TimeSpan.FromHours(1));

        await digest.MergeAsync(["t"], new TDigestMergeOptions { Compression = 200 });
        Assert.Equal((200, 2L), ((await digest.GetInfoAsync())!.Compression, (await digest.GetInfoAsync())!.ObservationCount));
        Assert.Equal(TimeSpan.FromHours(1), await digest.GetTimeToLiveAsync());
        await digest.MergeAsync(["t"], new TDigestMergeOptions { Existing = ExistingDigest.Replace });
        Assert.Equal(200, (await digest.GetInfoAsync())!.Compression);
        Assert.Null(await digest.GetTimeToLiveAsync());
    }

    [Fact]
    public async Task A_transaction_that_fails_has_changed_nothing()
    {
        await using var world = new BoardWorld();
        var digest = world.Keyspace.TDigest("t");
        await digest.CreateAsync();
        await digest.AddAsync([1, 2, 3]);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.TDigest("t").AddAsync([.. Enumerable.Range(0, 2_000).Select(static i => (double)i)]);
            await tx.TDigest("t").GetQuantileAsync(0.5);
            await tx.TDigest("t").MergeAsync(["t"]);
            await tx.TDigest("t").ResetAsync();
            await tx.TDigest("t").AddAsync(7);
            throw new InvalidOperationException();
        }));

        Assert.Equal([1.0, 2, 3, null], (IEnumerable<double?>)await digest.GetByRankAsync([0, 1, 2, 3]));
    }

    [Fact]
    public async Task Observations_go_into_centroids_when_somebody_asks()
    {
        await using var world = new BoardWorld();
        var digest = world.Keyspace.TDigest("t");
        await digest.CreateAsync(50);
        await digest.AddAsync([1, 2, 3]);
        var before = (await digest.GetInfoAsync())!;
        await digest.GetQuantileAsync(0.5);
        var after = (await digest.GetInfoAsync())!;

        Assert.Equal((50, 0, 3, 3L, 0L), (before.Compression, before.CentroidCount, before.BufferedCount, before.ObservationCount, before.CompressionCount));
        Assert.Equal((3, 0, 3L, 1L), (after.CentroidCount, after.BufferedCount, after.ObservationCount, after.CompressionCount));
        Assert.InRange(after.MemoryBytes, 100, 1_000);
    }
}
