namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="IHash"/>, but those on fields that expire: Redis has them since 7.4 only.</summary>
internal static class HashCommands
{
    private static readonly KvValue[] Fields = ["", "a", "b", "ab", "7", new byte[] { 255 }, new byte[] { 97, 0 }, new string('f', 70), new string('g', 300)];

    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        Set, Set, Set, SetMany, SetMany, SetMany, SetManyMore, Get, GetMany, GetAll, GetFields, GetValues, Remove, Remove, RemoveMany,
        Contains, Count, GetLength, Increment, Increment, IncrementFloat, IncrementFloat, GetRandom, GetRandomMany, GetRandomAll, Scan, ScanPage,
    ];

    /// <summary>All that a key holds.</summary>
    public static ScriptCommand AllOf(KvKey key) => ScriptCommand.Of(
        async keyspace => Sorted(await keyspace.Hash(key).GetAllAsync()), Pairs, "HGETALL", Draw.Word(key));

    private static KvValue Field(this Draw draw) => draw.Of(Fields.AsSpan());

    private static KvValue[] SomeFields(this Draw draw) => draw.Many(1, 4, draw.Field);

    private static ScriptCommand Set(Draw draw)
    {
        const string ifPresent =
            """
            if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            return 1
            """;
        var (key, field, value, when) = (draw.Key(), draw.Field(), draw.Value(), draw.SetWhen().Value);
        return when switch
        {
            SetWhen.Missing => ScriptCommand.Of(
                keyspace => keyspace.Hash(key).SetAsync(field, value, when), Answer.YesNo, "HSETNX", Draw.Word(key), field, value),
            SetWhen.Present => ScriptCommand.Of(
                keyspace => keyspace.Hash(key).SetAsync(field, value, when), Answer.YesNo, "EVAL", ifPresent, 1, Draw.Word(key), field, value),
            _ => ScriptCommand.Of(
                keyspace => keyspace.Hash(key).SetAsync(field, value), static _ => Answer.Yes, "HSET", Draw.Word(key), field, value),
        };
    }

    private static ScriptCommand SetMany(Draw draw) => SetMany(draw, draw.Many(1, 5, () => new HashEntry(draw.Field(), draw.Value())));

    /// <summary>So many that both sides change their form of the hash.</summary>
    private static ScriptCommand SetManyMore(Draw draw) => draw.Chance(60)
        ? SetMany(draw)
        : SetMany(draw, [.. Enumerable.Range(0, draw.Of(10, 20, 140, 600)).Select(i => new HashEntry($"f{i}", i))]);

    private static ScriptCommand SetMany(Draw draw, HashEntry[] entries)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            keyspace => keyspace.Hash(key).SetAsync(entries), Answer.Plain,
            ["HSET", Draw.Word(key), .. entries.SelectMany(static entry => new[] { entry.Field, entry.Value })]);
    }

    private static ScriptCommand Get(Draw draw)
    {
        var (key, field) = (draw.Key(), draw.Field());
        return ScriptCommand.Of(keyspace => keyspace.Hash(key).GetAsync(field), Answer.Plain, "HGET", Draw.Word(key), field);
    }

    private static ScriptCommand GetMany(Draw draw)
    {
        var (key, fields) = (draw.Key(), draw.SomeFields());
        return ScriptCommand.Of(keyspace => keyspace.Hash(key).GetAsync(fields), Answer.Plain, ["HMGET", Draw.Word(key), .. fields]);
    }

    private static ScriptCommand GetAll(Draw draw) => AllOf(draw.Key());

    private static ScriptCommand GetFields(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(async keyspace => Sorted(await keyspace.Hash(key).GetFieldsAsync()), InNoOrder, "HKEYS", Draw.Word(key));
    }

    private static ScriptCommand GetValues(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(async keyspace => Sorted(await keyspace.Hash(key).GetValuesAsync()), InNoOrder, "HVALS", Draw.Word(key));
    }

    private static ScriptCommand Remove(Draw draw)
    {
        var (key, field) = (draw.Key(), draw.Field());
        return ScriptCommand.Of(keyspace => keyspace.Hash(key).RemoveAsync(field), Answer.YesNo, "HDEL", Draw.Word(key), field);
    }

    private static ScriptCommand RemoveMany(Draw draw)
    {
        var key = draw.Key();
        KvValue[] fields = draw.Chance(80) ? draw.SomeFields() : [.. Enumerable.Range(draw.Of(0, 5), 600).Select(static i => (KvValue)$"f{i}")];
        return ScriptCommand.Of(keyspace => keyspace.Hash(key).RemoveAsync(fields), Answer.Plain, ["HDEL", Draw.Word(key), .. fields]);
    }

    private static ScriptCommand Contains(Draw draw)
    {
        var (key, field) = (draw.Key(), draw.Field());
        return ScriptCommand.Of(keyspace => keyspace.Hash(key).ContainsAsync(field), Answer.YesNo, "HEXISTS", Draw.Word(key), field);
    }

    private static ScriptCommand Count(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.Hash(key).CountAsync(), Answer.Plain, "HLEN", Draw.Word(key));
    }

    private static ScriptCommand GetLength(Draw draw)
    {
        var (key, field) = (draw.Key(), draw.Field());
        return ScriptCommand.Of(keyspace => keyspace.Hash(key).GetLengthAsync(field), Answer.Plain, "HSTRLEN", Draw.Word(key), field);
    }

    private static ScriptCommand Increment(Draw draw)
    {
        var (key, field, by) = (draw.Key(), draw.Field(), draw.Integer());
        return ScriptCommand.Of(keyspace => keyspace.Hash(key).IncrementAsync(field, by), Answer.Plain, "HINCRBY", Draw.Word(key), field, by);
    }

    /// <summary>Numbers that both sides add up in another way by intent are left alone by both.</summary>
    private static ScriptCommand IncrementFloat(Draw draw)
    {
        const string script =
            """
            local text = redis.call('HGET', KEYS[1], ARGV[3]) or '0'
            local fraction = string.match(text, '%.(.*)$')
            if #text > 14 or string.find(text, 'e') and text ~= '1e3' then return false end
            if fraction and not string.find(ARGV[2], '|' .. fraction .. '|', 1, true) then return false end
            return redis.call('HINCRBYFLOAT', KEYS[1], ARGV[3], ARGV[1])
            """;
        var (key, field, by) = (draw.Key(), draw.Field(), draw.Of(0, 0.5, 1.5, -2.25, 3, 1000, -7.125, 1e10));
        return ScriptCommand.Of(
            async keyspace => CounterCommands.AddsUpAlike(await keyspace.Hash(key).GetAsync(field) ?? "0")
                ? await keyspace.Hash(key).IncrementFloatAsync(field, by)
                : (double?)null,
            Answer.Score, "EVAL", script, 1, Draw.Word(key), by, CounterCommands.ExactFractions, field);
    }

    private static ScriptCommand GetRandom(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace => await keyspace.Hash(key).GetRandomAsync() is not null, Answer.Presence, "HRANDFIELD", Draw.Word(key));
    }

    private static ScriptCommand GetRandomMany(Draw draw)
    {
        var (key, count, pick) = (draw.Key(), draw.Number(0, 6), draw.Any<RandomPick>());
        return ScriptCommand.Of(
            async keyspace => (await keyspace.Hash(key).GetRandomAsync(count, pick)).Length,
            static reply => $"{reply.Items!.Length / 2}",
            "HRANDFIELD", Draw.Word(key), pick == RandomPick.Repeated ? -count : count, "WITHVALUES");
    }

    private static ScriptCommand GetRandomAll(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace => Sorted(await keyspace.Hash(key).GetRandomAsync(10_000)), Pairs,
            "HRANDFIELD", Draw.Word(key), 10_000, "WITHVALUES");
    }

    private static ScriptCommand Scan(Draw draw)
    {
        var (key, pattern) = (draw.Key(), draw.Of<KvValue?>(null, "a*", "f?", "[^f]*"));
        return ScriptCommand.Of(
            async keyspace =>
            {
                var entries = new List<HashEntry>();
                await foreach (var entry in keyspace.Hash(key).ScanAsync(new MemberScan { Pattern = pattern, PageSize = 7 })) entries.Add(entry);
                return Sorted(entries);
            },
            static reply => Pairs(reply.Items![1]),
            ["HSCAN", Draw.Word(key), 0, "COUNT", 100_000, .. pattern is { } glob ? new[] { "MATCH", glob } : []]);
    }

    private static ScriptCommand ScanPage(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace =>
            {
                var page = await keyspace.Hash(key).ScanPageAsync(0, new MemberScan { PageSize = MemberScan.PageSizeMax });
                Assert.Equal(0ul, page.NextCursor);
                return Sorted(page.Entries);
            },
            static reply => Pairs(reply.Items![1]),
            "HSCAN", Draw.Word(key), 0, "COUNT", 100_000);
    }

    private static string Sorted(IEnumerable<HashEntry> entries) =>
        Sorted(entries.Select(static entry => $"{Answer.Of(entry.Field)}={Answer.Of(entry.Value)}"));

    private static string Sorted(IEnumerable<KvValue> values) => Sorted(values.Select(static value => Answer.Of(value)));

    private static string Sorted(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Order(StringComparer.Ordinal))}]";

    private static string InNoOrder(Reply reply) => Sorted(reply.Items!.Select(Answer.Plain));

    /// <summary>Fields and values, one after the other, in the server's own order.</summary>
    private static string Pairs(Reply reply) =>
        Sorted(reply.Items!.Chunk(2).Select(static pair => $"{Answer.Plain(pair[0])}={Answer.Plain(pair[1])}"));
}
