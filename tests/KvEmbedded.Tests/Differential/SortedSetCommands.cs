namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="ISortedSet"/>, but those on ranges of members.</summary>
internal static class SortedSetCommands
{
    // Redis 7.0 has no ZRANK WITHSCORE yet.
    private const string RankAndScoreScript =
        """
        local rank = redis.call(ARGV[1], KEYS[1], ARGV[2])
        return rank and { rank, redis.call('ZSCORE', KEYS[1], ARGV[2]) }
        """;

    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        Add, Add, Add, AddMany, AddMany, AddMany, AddMany, AddMany, AddMany, AddMany, AddManyMore, AddManyMore, Increment, TryIncrement, Remove, RemoveMany, RemoveRanks, RemoveScores, Count, CountScores,
        GetScore, GetScores, GetRank, GetRankAndScore, GetRanks, GetRanks, GetByScore, GetByScore, StoreRanks, StoreByScore, Pop, PopMany,
        GetRandom, GetRandomMany, GetRandomAll, Scan, ScanPage,
    ];

    /// <summary>All that a key holds.</summary>
    public static ScriptCommand AllOf(KvKey key) => ScriptCommand.Of(
        keyspace => keyspace.SortedSet(key).GetRangeAsync(..), Answer.Entries, "ZRANGE", Draw.Word(key), 0, -1, "WITHSCORES");

    private static ScriptCommand Add(Draw draw)
    {
        var (key, entry, when) = (draw.Key(), draw.Entry(), draw.AddWhen());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).AddAsync(entry.Member, entry.Score, when.Value), Answer.YesNo,
            ["ZADD", Draw.Word(key), .. when.Words, entry.Score, entry.Member]);
    }

    private static ScriptCommand AddMany(Draw draw) =>
        AddMany(draw, draw.Many(1, 5, draw.Entry), draw.AddWhen());

    /// <summary>So many that Redis changes its form of the set.</summary>
    private static ScriptCommand AddManyMore(Draw draw)
    {
        var scores = draw.Of(1, 7, 1_000);
        return draw.Chance(75)
            ? AddMany(draw)
            : AddMany(draw, [.. Enumerable.Range(0, draw.Number(100, 180)).Select(i => new SortedSetEntry($"m{i}", i % scores))], (AddWhen.Always, []));
    }

    private static ScriptCommand AddMany(Draw draw, SortedSetEntry[] entries, (AddWhen Value, KvValue[] Words) when)
    {
        var (key, count) = (draw.Key(), draw.Any<AddCount>());
        KvValue[] words = count == AddCount.Changed ? ["CH"] : [];
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).AddAsync(entries, when.Value, count), Answer.Plain,
            ["ZADD", Draw.Word(key), .. when.Words, .. words, .. entries.SelectMany(entry => new[] { entry.Score, entry.Member })]);
    }

    private static ScriptCommand Increment(Draw draw)
    {
        var (key, entry) = (draw.Key(), draw.Entry());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).IncrementAsync(entry.Member, entry.Score), Answer.Score,
            "ZINCRBY", Draw.Word(key), entry.Score, entry.Member);
    }

    private static ScriptCommand TryIncrement(Draw draw)
    {
        var (key, entry, when) = (draw.Key(), draw.Entry(), draw.AddWhen());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).TryIncrementAsync(entry.Member, entry.Score, when.Value), Answer.Score,
            ["ZADD", Draw.Word(key), .. when.Words, "INCR", entry.Score, entry.Member]);
    }

    private static ScriptCommand Remove(Draw draw)
    {
        var (key, member) = (draw.Key(), draw.Member());
        return ScriptCommand.Of(keyspace => keyspace.SortedSet(key).RemoveAsync(member), Answer.YesNo, "ZREM", Draw.Word(key), member);
    }

    private static ScriptCommand RemoveMany(Draw draw)
    {
        var (key, members) = (draw.Key(), draw.SomeMembers());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).RemoveAsync(members), Answer.Plain, ["ZREM", Draw.Word(key), .. members]);
    }

    private static ScriptCommand RemoveRanks(Draw draw)
    {
        var (key, range) = (draw.Key(), draw.Range());
        var (start, end) = RangeWords.Of(range);
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).RemoveRangeAsync(range), Answer.Plain, "ZREMRANGEBYRANK", Draw.Word(key), start, end);
    }

    private static ScriptCommand RemoveScores(Draw draw)
    {
        var (key, (scores, low, high)) = (draw.Key(), draw.ScoreRange());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).RemoveRangeAsync(scores), Answer.Plain, "ZREMRANGEBYSCORE", Draw.Word(key), low, high);
    }

    private static ScriptCommand Count(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.SortedSet(key).CountAsync(), Answer.Plain, "ZCARD", Draw.Word(key));
    }

    private static ScriptCommand CountScores(Draw draw)
    {
        var (key, (scores, low, high)) = (draw.Key(), draw.ScoreRange());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).CountAsync(scores), Answer.Plain, "ZCOUNT", Draw.Word(key), low, high);
    }

    private static ScriptCommand GetScore(Draw draw)
    {
        var (key, member) = (draw.Key(), draw.Member());
        return ScriptCommand.Of(keyspace => keyspace.SortedSet(key).GetScoreAsync(member), Answer.Score, "ZSCORE", Draw.Word(key), member);
    }

    private static ScriptCommand GetScores(Draw draw)
    {
        var (key, members) = (draw.Key(), draw.SomeMembers());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).GetScoresAsync(members), Answer.Scores, ["ZMSCORE", Draw.Word(key), .. members]);
    }

    private static ScriptCommand GetRank(Draw draw)
    {
        var (key, member, order) = (draw.Key(), draw.Member(), draw.Any<Order>());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).GetRankAsync(member, order), Answer.Plain, RankWord(order), Draw.Word(key), member);
    }

    private static ScriptCommand GetRankAndScore(Draw draw)
    {
        var (key, member, order) = (draw.Key(), draw.Member(), draw.Any<Order>());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).GetRankAndScoreAsync(member, order),
            static reply => reply.IsNil ? Answer.Nil : $"{reply.Items![0].Line}, {Answer.Score(reply.Items[1])}",
            "EVAL", RankAndScoreScript, 1, Draw.Word(key), RankWord(order), member);
    }

    private static ScriptCommand GetRanks(Draw draw)
    {
        var (key, range, order) = (draw.Key(), draw.Range(), draw.Any<Order>());
        var (start, end) = RangeWords.Of(range);
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).GetRangeAsync(range, order), Answer.Entries,
            ["ZRANGE", Draw.Word(key), start, end, .. Reversed(order), "WITHSCORES"]);
    }

    private static ScriptCommand GetByScore(Draw draw)
    {
        var (key, (scores, low, high), order, part) = (draw.Key(), draw.ScoreRange(), draw.Any<Order>(), draw.Part());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).GetRangeAsync(scores, order, part.Skip, part.Take), Answer.Entries,
            ["ZRANGE", Draw.Word(key), .. SortedSetDraws.Ends(low, high, "BYSCORE", order), .. part.Words, "WITHSCORES"]);
    }

    private static ScriptCommand StoreRanks(Draw draw)
    {
        var (key, destination, range, order) = (draw.Key(), draw.Key(), draw.Range(), draw.Any<Order>());
        var (start, end) = RangeWords.Of(range);
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).StoreRangeAsync(destination, range, order), Answer.Plain,
            ["ZRANGESTORE", Draw.Word(destination), Draw.Word(key), start, end, .. Reversed(order)]);
    }

    private static ScriptCommand StoreByScore(Draw draw)
    {
        var (key, destination) = (draw.Key(), draw.Key());
        var ((scores, low, high), order, part) = (draw.ScoreRange(), draw.Any<Order>(), draw.Part());
        var options = new RangePart { Order = order, Skip = part.Skip, Take = part.Take };
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).StoreRangeAsync(destination, scores, options), Answer.Plain,
            ["ZRANGESTORE", Draw.Word(destination), Draw.Word(key), .. SortedSetDraws.Ends(low, high, "BYSCORE", order), .. part.Words]);
    }

    private static ScriptCommand Pop(Draw draw)
    {
        var (key, end) = (draw.Key(), draw.Any<SortedSetEnd>());
        return ScriptCommand.Of(keyspace => keyspace.SortedSet(key).PopAsync(end), Answer.FirstEntry, PopWord(end), Draw.Word(key));
    }

    private static ScriptCommand PopMany(Draw draw)
    {
        var (key, end, count) = (draw.Key(), draw.Any<SortedSetEnd>(), draw.Number(0, 4));
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).PopAsync(count, end), Answer.Entries, PopWord(end), Draw.Word(key), count);
    }

    private static ScriptCommand GetRandom(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace => await keyspace.SortedSet(key).GetRandomAsync() is not null, Answer.Presence, "ZRANDMEMBER", Draw.Word(key));
    }

    private static ScriptCommand GetRandomMany(Draw draw)
    {
        var (key, count, pick) = (draw.Key(), draw.Number(0, 6), draw.Any<RandomPick>());
        return ScriptCommand.Of(
            async keyspace => (await keyspace.SortedSet(key).GetRandomAsync(count, pick)).Length,
            static reply => $"{reply.Items!.Length / 2}",
            "ZRANDMEMBER", Draw.Word(key), pick == RandomPick.Repeated ? -count : count, "WITHSCORES");
    }

    private static ScriptCommand GetRandomAll(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace => Sorted(await keyspace.SortedSet(key).GetRandomAsync(10_000)), Answer.EntriesInNoOrder,
            "ZRANDMEMBER", Draw.Word(key), 10_000, "WITHSCORES");
    }

    private static ScriptCommand Scan(Draw draw)
    {
        var (key, pattern) = (draw.Key(), draw.Of<KvValue?>(null, "a*", "m?", "[^m]*"));
        return ScriptCommand.Of(
            async keyspace =>
            {
                var entries = new List<SortedSetEntry>();
                await foreach (var entry in keyspace.SortedSet(key).ScanAsync(new MemberScan { Pattern = pattern, PageSize = 7 })) entries.Add(entry);
                return Sorted(entries);
            },
            static reply => Answer.EntriesInNoOrder(reply.Items![1]),
            ["ZSCAN", Draw.Word(key), 0, "COUNT", 100_000, .. pattern is { } glob ? new[] { "MATCH", glob } : []]);
    }

    private static ScriptCommand ScanPage(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace =>
            {
                var page = await keyspace.SortedSet(key).ScanPageAsync(0, new MemberScan { PageSize = MemberScan.PageSizeMax });
                Assert.Equal(0ul, page.NextCursor);
                return Sorted(page.Entries);
            },
            static reply => Answer.EntriesInNoOrder(reply.Items![1]),
            "ZSCAN", Draw.Word(key), 0, "COUNT", 100_000);
    }

    private static string Sorted(IEnumerable<SortedSetEntry> entries) =>
        $"[{string.Join(", ", entries.Select(entry => Answer.Of(entry)).Order(StringComparer.Ordinal))}]";

    private static KvValue[] Reversed(Order order) => order == Order.Descending ? ["REV"] : [];

    private static KvValue RankWord(Order order) => order == Order.Descending ? "ZREVRANK" : "ZRANK";

    private static KvValue PopWord(SortedSetEnd end) => end == SortedSetEnd.Lowest ? "ZPOPMIN" : "ZPOPMAX";
}
