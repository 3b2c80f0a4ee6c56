namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="ISortedSets"/>.</summary>
internal static class SortedSetsCommands
{
    private static readonly double[] AnyWeights = [1, 0, -1, 2, 0.5, double.PositiveInfinity];

    // Infinity times 0 is a known difference in an intersection.
    private static readonly double[] FiniteWeights = [1, -1, 2, 0.5, -0.25];

    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        GetUnion, GetIntersection, GetDifference, CountIntersection, StoreUnion, StoreIntersection, StoreDifference, Pop,
    ];

    private static ScriptCommand GetUnion(Draw draw)
    {
        var keys = draw.SomeKeys();
        var options = Options(draw, keys.Length, AnyWeights);
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSets.GetUnionAsync(keys, options), Answer.Entries,
            ["ZUNION", keys.Length, .. Draw.Words(keys), .. Words(options), "WITHSCORES"]);
    }

    private static ScriptCommand GetIntersection(Draw draw)
    {
        var keys = draw.SomeKeys();
        var options = Options(draw, keys.Length, FiniteWeights);
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSets.GetIntersectionAsync(keys, options), Answer.Entries,
            ["ZINTER", keys.Length, .. Draw.Words(keys), .. Words(options), "WITHSCORES"]);
    }

    private static ScriptCommand GetDifference(Draw draw)
    {
        var keys = draw.SomeKeys();
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSets.GetDifferenceAsync(keys), Answer.Entries,
            ["ZDIFF", keys.Length, .. Draw.Words(keys), "WITHSCORES"]);
    }

    private static ScriptCommand CountIntersection(Draw draw)
    {
        var (keys, limit) = (draw.SomeKeys(), draw.Number(0, 4));
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSets.CountIntersectionAsync(keys, limit == 0 ? long.MaxValue : limit), Answer.Plain,
            ["ZINTERCARD", keys.Length, .. Draw.Words(keys), "LIMIT", limit]);
    }

    private static ScriptCommand StoreUnion(Draw draw)
    {
        var (destination, keys) = (draw.Key(), draw.SomeKeys());
        var options = Options(draw, keys.Length, AnyWeights);
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSets.StoreUnionAsync(destination, keys, options), Answer.Plain,
            ["ZUNIONSTORE", Draw.Word(destination), keys.Length, .. Draw.Words(keys), .. Words(options)]);
    }

    private static ScriptCommand StoreIntersection(Draw draw)
    {
        var (destination, keys) = (draw.Key(), draw.SomeKeys());
        var options = Options(draw, keys.Length, FiniteWeights);
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSets.StoreIntersectionAsync(destination, keys, options), Answer.Plain,
            ["ZINTERSTORE", Draw.Word(destination), keys.Length, .. Draw.Words(keys), .. Words(options)]);
    }

    private static ScriptCommand StoreDifference(Draw draw)
    {
        var (destination, keys) = (draw.Key(), draw.SomeKeys());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSets.StoreDifferenceAsync(destination, keys), Answer.Plain,
            ["ZDIFFSTORE", Draw.Word(destination), keys.Length, .. Draw.Words(keys)]);
    }

    private static ScriptCommand Pop(Draw draw)
    {
        var (keys, count, end) = (draw.SomeKeys(), draw.Number(1, 4), draw.Any<SortedSetEnd>());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSets.PopAsync(keys, count, end), Popped,
            ["ZMPOP", keys.Length, .. Draw.Words(keys), end == SortedSetEnd.Lowest ? "MIN" : "MAX", "COUNT", count]);
    }

    private static string Popped(Reply reply)
    {
        if (reply.IsNil) return Answer.Nil;
        var entries = reply.Items![1].Items!.Select(pair => $"{Answer.Plain(pair.Items![0])}={Answer.Score(pair.Items[1])}");
        return $"{Answer.Plain(reply.Items[0])} [{string.Join(", ", entries)}]";
    }

    private static CombineOptions? Options(Draw draw, int keys, params double[] weights) => draw.Chance(30)
        ? null
        : new CombineOptions
        {
            Weights = draw.Chance(50) ? null : draw.Many(keys, keys, () => draw.Of(weights)),
            Aggregate = draw.Any<Aggregate>(),
        };

    private static KvValue[] Words(CombineOptions? options) => options is null
        ? []
        :
        [
            .. options.Weights is { } weights ? new KvValue[] { "WEIGHTS" }.Concat(weights.Select(weight => (KvValue)weight)) : [],
            "AGGREGATE", options.Aggregate.ToString().ToUpperInvariant(),
        ];
}
