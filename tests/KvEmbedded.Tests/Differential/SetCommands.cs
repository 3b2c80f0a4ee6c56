namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="IKvSet"/> and <see cref="IKvSets"/>.</summary>
internal static class SetCommands
{
    /// <summary>Which member goes is left to chance on both sides, so it is put back.</summary>
    private const string PopAndPutBackScript =
        """
        local member = redis.call('SPOP', KEYS[1])
        if member then redis.call('SADD', KEYS[1], member) end
        return member
        """;

    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        Add, Add, AddMany, AddMany, AddMany, AddMany, AddManyMore, Remove, RemoveMany, Contains, ContainsMany, Count, GetMembers,
        PopAll, PopNone, PopAndPutBack, GetRandom, GetRandomMany, GetRandomAll, Scan, ScanPage,
        Move, Move, GetUnion, GetUnion, GetIntersection, GetIntersection, GetDifference, GetDifference,
        StoreUnion, StoreIntersection, StoreDifference, CountIntersection,
    ];

    /// <summary>All that a key holds.</summary>
    public static ScriptCommand AllOf(KvKey key) => ScriptCommand.Of(
        async keyspace => Sorted(await keyspace.Set(key).GetMembersAsync()), InNoOrder, "SMEMBERS", Draw.Word(key));

    /// <summary>Often an integer, of any width, so that sets of integers last for a while.</summary>
    private static KvValue Member(Draw draw) => draw.Number(0, 9) switch
    {
        < 5 => draw.Number(-9, 9),
        5 => draw.Integer(),
        6 => draw.Number(-70_000, 70_000),
        _ => draw.Value(),
    };

    private static ScriptCommand Add(Draw draw)
    {
        var (key, member) = (draw.Key(), Member(draw));
        return ScriptCommand.Of(keyspace => keyspace.Set(key).AddAsync(member), Answer.YesNo, "SADD", Draw.Word(key), member);
    }

    private static ScriptCommand AddMany(Draw draw) =>
        AddMany(draw, draw.Chance(60) ? draw.Many(1, 6, () => Member(draw)) : draw.Many(1, 9, () => (KvValue)draw.Number(-30, 30)));

    /// <summary>So many that both sides change their form of the set.</summary>
    private static ScriptCommand AddManyMore(Draw draw)
    {
        if (draw.Chance(60)) return AddMany(draw);
        var text = draw.Chance(50) ? "m" : "";
        return AddMany(draw, [.. Enumerable.Range(0, draw.Number(60, 600)).Select(i => (KvValue)$"{text}{i}")]);
    }

    private static ScriptCommand AddMany(Draw draw, KvValue[] members)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.Set(key).AddAsync(members), Answer.Plain, ["SADD", Draw.Word(key), .. members]);
    }

    private static ScriptCommand Remove(Draw draw)
    {
        var (key, member) = (draw.Key(), Member(draw));
        return ScriptCommand.Of(keyspace => keyspace.Set(key).RemoveAsync(member), Answer.YesNo, "SREM", Draw.Word(key), member);
    }

    private static ScriptCommand RemoveMany(Draw draw)
    {
        var (key, members) = (draw.Key(), draw.Many(1, 5, () => Member(draw)));
        return ScriptCommand.Of(keyspace => keyspace.Set(key).RemoveAsync(members), Answer.Plain, ["SREM", Draw.Word(key), .. members]);
    }

    private static ScriptCommand Contains(Draw draw)
    {
        var (key, member) = (draw.Key(), Member(draw));
        return ScriptCommand.Of(keyspace => keyspace.Set(key).ContainsAsync(member), Answer.YesNo, "SISMEMBER", Draw.Word(key), member);
    }

    private static ScriptCommand ContainsMany(Draw draw)
    {
        var (key, members) = (draw.Key(), draw.Many(1, 5, () => Member(draw)));
        return ScriptCommand.Of(
            keyspace => keyspace.Set(key).ContainsAsync(members),
            static reply => $"[{string.Join(", ", reply.Items!.Select(Answer.YesNo))}]", ["SMISMEMBER", Draw.Word(key), .. members]);
    }

    private static ScriptCommand Count(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.Set(key).CountAsync(), Answer.Plain, "SCARD", Draw.Word(key));
    }

    private static ScriptCommand GetMembers(Draw draw) => AllOf(draw.Key());

    private static ScriptCommand PopAll(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace => Sorted(await keyspace.Set(key).PopAsync(10_000)), InNoOrder, "SPOP", Draw.Word(key), 10_000);
    }

    private static ScriptCommand PopNone(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.Set(key).PopAsync(0), Answer.Plain, "SPOP", Draw.Word(key), 0);
    }

    private static ScriptCommand PopAndPutBack(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace =>
            {
                var popped = await keyspace.Set(key).PopAsync();
                if (popped is { } member) await keyspace.Set(key).AddAsync(member);
                return popped is not null;
            },
            Answer.Presence, "EVAL", PopAndPutBackScript, 1, Draw.Word(key));
    }

    private static ScriptCommand GetRandom(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace => await keyspace.Set(key).GetRandomAsync() is not null, Answer.Presence, "SRANDMEMBER", Draw.Word(key));
    }

    private static ScriptCommand GetRandomMany(Draw draw)
    {
        var (key, count, pick) = (draw.Key(), draw.Number(0, 9), draw.Any<RandomPick>());
        return ScriptCommand.Of(
            async keyspace => (await keyspace.Set(key).GetRandomAsync(count, pick)).Length, static reply => $"{reply.Items!.Length}",
            "SRANDMEMBER", Draw.Word(key), pick == RandomPick.Repeated ? -count : count);
    }

    private static ScriptCommand GetRandomAll(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace => Sorted(await keyspace.Set(key).GetRandomAsync(10_000)), InNoOrder, "SRANDMEMBER", Draw.Word(key), 10_000);
    }

    private static ScriptCommand Scan(Draw draw)
    {
        var (key, pattern) = (draw.Key(), draw.Of<KvValue?>(null, "*", "a*", "?", "[ab]*", "[^a]*", "-*", "*[13]"));
        return ScriptCommand.Of(
            async keyspace =>
            {
                var members = new List<KvValue>();
                await foreach (var member in keyspace.Set(key).ScanAsync(new MemberScan { Pattern = pattern, PageSize = 7 })) members.Add(member);
                return Sorted(members);
            },
            static reply => InNoOrder(reply.Items![1]),
            ["SSCAN", Draw.Word(key), 0, "COUNT", 100_000, .. pattern is { } glob ? new[] { "MATCH", glob } : []]);
    }

    private static ScriptCommand ScanPage(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace =>
            {
                var page = await keyspace.Set(key).ScanPageAsync(0, new MemberScan { PageSize = MemberScan.PageSizeMax });
                Assert.Equal(0ul, page.NextCursor);
                return Sorted(page.Members);
            },
            static reply => InNoOrder(reply.Items![1]), "SSCAN", Draw.Word(key), 0, "COUNT", 100_000);
    }

    private static ScriptCommand Move(Draw draw)
    {
        var (source, destination, member) = (draw.Key(), draw.Key(), Member(draw));
        return ScriptCommand.Of(
            keyspace => keyspace.Sets.MoveAsync(source, destination, member), Answer.YesNo,
            "SMOVE", Draw.Word(source), Draw.Word(destination), member);
    }

    private static ScriptCommand GetUnion(Draw draw) =>
        Read(draw.SomeKeys(), "SUNION", static (sets, keys) => sets.GetUnionAsync(keys));

    private static ScriptCommand GetIntersection(Draw draw) =>
        Read(draw.SomeKeys(), "SINTER", static (sets, keys) => sets.GetIntersectionAsync(keys));

    private static ScriptCommand GetDifference(Draw draw) =>
        Read(draw.SomeKeys(), "SDIFF", static (sets, keys) => sets.GetDifferenceAsync(keys));

    private static ScriptCommand StoreUnion(Draw draw) =>
        Store(draw.Key(), draw.SomeKeys(), "SUNIONSTORE", static (sets, destination, keys) => sets.StoreUnionAsync(destination, keys));

    private static ScriptCommand StoreIntersection(Draw draw) =>
        Store(draw.Key(), draw.SomeKeys(), "SINTERSTORE", static (sets, destination, keys) => sets.StoreIntersectionAsync(destination, keys));

    private static ScriptCommand StoreDifference(Draw draw) =>
        Store(draw.Key(), draw.SomeKeys(), "SDIFFSTORE", static (sets, destination, keys) => sets.StoreDifferenceAsync(destination, keys));

    private static ScriptCommand CountIntersection(Draw draw)
    {
        var (keys, limit) = (draw.SomeKeys(), draw.Number(0, 4));
        return ScriptCommand.Of(
            keyspace => keyspace.Sets.CountIntersectionAsync(keys, limit == 0 ? long.MaxValue : limit), Answer.Plain,
            ["SINTERCARD", keys.Length, .. Draw.Words(keys), "LIMIT", limit]);
    }

    private static ScriptCommand Read(KvKey[] keys, string word, Func<IKvSets, KvKey[], ValueTask<KvValue[]>> read) => ScriptCommand.Of(
        async keyspace => Sorted(await read(keyspace.Sets, keys)), InNoOrder, [word, .. Draw.Words(keys)]);

    private static ScriptCommand Store(
        KvKey destination, KvKey[] keys, string word, Func<IKvSets, KvKey, KvKey[], ValueTask<long>> store) => ScriptCommand.Of(
        keyspace => store(keyspace.Sets, destination, keys), Answer.Plain, [word, Draw.Word(destination), .. Draw.Words(keys)]);

    private static string Sorted(IEnumerable<KvValue> members) =>
        $"[{string.Join(", ", members.Select(static member => Answer.Of(member)).Order(StringComparer.Ordinal))}]";

    private static string InNoOrder(Reply reply) =>
        $"[{string.Join(", ", reply.Items!.Select(Answer.Plain).Order(StringComparer.Ordinal))}]";
}
