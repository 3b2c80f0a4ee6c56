namespace KvEmbedded.Tests.Differential;

/// <summary>
/// Commands of <see cref="ISortedSet"/> on ranges of members. What they do to a set of unequal scores is not defined: both
/// sides look first, and leave such a set alone.
/// </summary>
internal static class MemberRangeCommands
{
    private const string IfScoresAreEqualScript =
        """
        local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
        local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
        if first[2] ~= last[2] then return false end
        return redis.call(unpack(ARGV))
        """;

    public static readonly Func<Draw, ScriptCommand>[] All = [AddAtZero, AddAtZero, RemoveMembers, CountMembers, GetByMember, GetByMember, StoreByMember];

    private static ScriptCommand AddAtZero(Draw draw)
    {
        var (key, members) = (draw.Key(), draw.SomeMembers());
        return ScriptCommand.Of(
            keyspace => keyspace.SortedSet(key).AddAsync([.. members.Select(member => new SortedSetEntry(member, 0))]), Answer.Plain,
            ["ZADD", Draw.Word(key), .. members.SelectMany(member => new[] { 0, member })]);
    }

    private static ScriptCommand RemoveMembers(Draw draw)
    {
        var (key, (members, low, high)) = (draw.Key(), draw.MemberRange());
        return IfScoresAreEqual(
            key, async set => await set.RemoveRangeAsync(members), "ZREMRANGEBYLEX", Draw.Word(key), low, high);
    }

    private static ScriptCommand CountMembers(Draw draw)
    {
        var (key, (members, low, high)) = (draw.Key(), draw.MemberRange());
        return IfScoresAreEqual(key, async set => await set.CountAsync(members), "ZLEXCOUNT", Draw.Word(key), low, high);
    }

    private static ScriptCommand GetByMember(Draw draw)
    {
        var (key, (members, low, high), order, part) = (draw.Key(), draw.MemberRange(), draw.Any<Order>(), draw.Part());
        return IfScoresAreEqual(
            key, async set => (await set.GetRangeAsync(members, order, part.Skip, part.Take)).Select(entry => entry.Member).ToArray(),
            ["ZRANGE", Draw.Word(key), .. SortedSetDraws.Ends(low, high, "BYLEX", order), .. part.Words]);
    }

    private static ScriptCommand StoreByMember(Draw draw)
    {
        var (key, destination, (members, low, high), order, part) =
            (draw.Key(), draw.Key(), draw.MemberRange(), draw.Any<Order>(), draw.Part());
        var options = new RangePart { Order = order, Skip = part.Skip, Take = part.Take };
        return IfScoresAreEqual(
            key, async set => await set.StoreRangeAsync(destination, members, options),
            ["ZRANGESTORE", Draw.Word(destination), Draw.Word(key), .. SortedSetDraws.Ends(low, high, "BYLEX", order), .. part.Words]);
    }

    private static ScriptCommand IfScoresAreEqual(KvKey key, Func<ISortedSet, ValueTask<object>> call, params ReadOnlySpan<KvValue> words) =>
        ScriptCommand.Of(
            async keyspace =>
            {
                var set = keyspace.SortedSet(key);
                var (first, last) = (await set.GetRangeAsync(..1), await set.GetRangeAsync(^1..));
                return first.Length > 0 && first[0].Score != last[0].Score ? null : await call(set);
            },
            Answer.Plain, ["EVAL", IfScoresAreEqualScript, 1, Draw.Word(key), .. words]);
}
