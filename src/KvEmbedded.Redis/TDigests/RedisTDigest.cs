using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using KvEmbedded.TDigests;
using StackExchange.Redis;

namespace KvEmbedded.Redis.TDigests;

/// <summary>The t-digest at one key of a server that has RedisBloom's commands.</summary>
/// <remarks>The server says "nan" for what there is not, and "inf" for a rank that there is not.</remarks>
internal sealed class RedisTDigest(ServerDoor door, RedisKey key) : RedisHandle(door, key), ITDigest
{
    public ValueTask CreateAsync(int compression, CancellationToken cancellationToken)
    {
        TDigestArguments.CheckCompression(compression, nameof(compression));
        return DoneAsync(
            new Command("TDIGEST.CREATE", KeyType.TDigest) { key, "COMPRESSION", compression }.FailsIfThere(), cancellationToken);
    }

    public ValueTask AddAsync(double value, CancellationToken cancellationToken)
    {
        TDigestArguments.CheckFinite(value, nameof(value));
        return DoneAsync(new Command("TDIGEST.ADD", KeyType.TDigest) { key, value }.FailsIfNotThere(), cancellationToken);
    }

    public ValueTask AddAsync(IReadOnlyCollection<double> values, CancellationToken cancellationToken)
    {
        var copies = TDigestArguments.Copy(values, "value");
        foreach (var value in copies) TDigestArguments.CheckFinite(value, nameof(values));
        return DoneAsync(Of("TDIGEST.ADD", Texts(copies)).FailsIfNotThere(), cancellationToken);
    }

    public ValueTask MergeAsync(
        IReadOnlyCollection<KvKey> sources, TDigestMergeOptions? options, CancellationToken cancellationToken)
    {
        options ??= TDigestMergeOptions.Default;
        TDigestArguments.Check(options);
        var keys = door.Encode(sources);
        var command = new Command("TDIGEST.MERGE", KeyType.TDigest) { key, keys.Length, keys };
        if (options.Compression is { } compression) command.Add(new Command("") { "COMPRESSION", compression });
        if (options.Existing == ExistingDigest.Replace) command.Add("OVERRIDE");
        return DoneAsync(command.FailsIfNotThere(keys), cancellationToken);
    }

    public ValueTask ResetAsync(CancellationToken cancellationToken) =>
        DoneAsync(Of("TDIGEST.RESET").FailsIfNotThere(), cancellationToken);

    public ValueTask<double?> GetQuantileAsync(double quantile, CancellationToken cancellationToken) =>
        FirstAsync("TDIGEST.QUANTILE", TDigestArguments.Share(quantile, nameof(quantile)), NumberIfFinite, cancellationToken);

    public ValueTask<double?[]> GetQuantileAsync(IReadOnlyCollection<double> quantiles, CancellationToken cancellationToken) =>
        EachAsync("TDIGEST.QUANTILE", Texts(TDigestArguments.Shares(quantiles)), NumberIfFinite, cancellationToken);

    public ValueTask<double?> GetCdfAsync(double value, CancellationToken cancellationToken) =>
        FirstAsync("TDIGEST.CDF", Require.Number(value, nameof(value)), NumberIfFinite, cancellationToken);

    public ValueTask<double?[]> GetCdfAsync(IReadOnlyCollection<double> values, CancellationToken cancellationToken) =>
        EachAsync("TDIGEST.CDF", Texts(TDigestArguments.Numbers(values)), NumberIfFinite, cancellationToken);

    public ValueTask<long?> GetRankAsync(double value, Order order, CancellationToken cancellationToken) =>
        FirstAsync(RankName(order), Require.Number(value, nameof(value)), RankIfAny, cancellationToken);

    public ValueTask<long?[]> GetRankAsync(IReadOnlyCollection<double> values, Order order, CancellationToken cancellationToken) =>
        EachAsync(RankName(order), Texts(TDigestArguments.Numbers(values)), RankIfAny, cancellationToken);

    public ValueTask<double?> GetByRankAsync(long rank, Order order, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        return FirstAsync(ByRankName(order), (KvValue)rank, NumberIfFinite, cancellationToken);
    }

    public ValueTask<double?[]> GetByRankAsync(IReadOnlyCollection<long> ranks, Order order, CancellationToken cancellationToken)
    {
        var copies = TDigestArguments.Ranks(ranks);
        return EachAsync(ByRankName(order), [.. copies.Select(static rank => (KvValue)rank)], NumberIfFinite, cancellationToken);
    }

    public ValueTask<double?> GetMinAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("TDIGEST.MIN").MissingIfNotThere(), NumberIfFinite, cancellationToken);

    public ValueTask<double?> GetMaxAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("TDIGEST.MAX").MissingIfNotThere(), NumberIfFinite, cancellationToken);

    public ValueTask<double?> GetTrimmedMeanAsync(double from, double to, CancellationToken cancellationToken)
    {
        TDigestArguments.CheckOrder(from, to);
        return door.RunAsync(Of("TDIGEST.TRIMMED_MEAN", from, to).MissingIfNotThere(), NumberIfFinite, cancellationToken);
    }

    public ValueTask<TDigestInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            Of("TDIGEST.INFO").MissingIfNotThere(),
            static answer => Facts.Read(answer, static facts => new TDigestInfo(
                (int)facts["Compression"], facts["Memory usage"], (int)facts["Merged nodes"], (int)facts["Unmerged nodes"],
                facts["Observations"], facts["Total compressions"])),
            cancellationToken);

    private static string RankName(Order order) => Require.Named(order) == Order.Ascending ? "TDIGEST.RANK" : "TDIGEST.REVRANK";

    private static string ByRankName(Order order) => Require.Named(order) == Order.Ascending ? "TDIGEST.BYRANK" : "TDIGEST.BYREVRANK";

    private static double? NumberIfFinite(RedisResult answer) =>
        !answer.IsNull && Reply.Number(answer) is var number && double.IsFinite(number) ? number : null;

    /// <summary>-2 says that there is no observation, -1 that the value comes before all.</summary>
    private static long? RankIfAny(RedisResult answer) => (long)answer switch
    {
        -2 => null,
        var rank => Math.Max(0, rank),
    };

    private Command Of(string name, params IEnumerable<KvValue> numbers) => new(name, KeyType.TDigest) { key, numbers };

    private ValueTask<T?> FirstAsync<T>(string name, KvValue number, Func<RedisResult, T?> read, CancellationToken cancellationToken)
        where T : struct =>
        door.RunAsync(Of(name, number).MissingIfNotThere(), answer => answer.IsNull ? null : read(answer[0]), cancellationToken);

    private ValueTask<T?[]> EachAsync<T>(string name, KvValue[] numbers, Func<RedisResult, T?> read, CancellationToken cancellationToken)
        where T : struct =>
        door.RunAsync(
            Of(name, numbers).MissingIfNotThere(), answer => answer.IsNull ? new T?[numbers.Length] : Reply.Each(answer, read), cancellationToken);

    private static KvValue[] Texts(IEnumerable<double> numbers) => [.. numbers.Select(static number => (KvValue)number)];

    private async ValueTask DoneAsync(Command command, CancellationToken cancellationToken) =>
        await door.RunAsync(command, Reply.IsThere, cancellationToken).ConfigureAwait(false);
}
