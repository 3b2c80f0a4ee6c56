namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="IKvList"/> and <see cref="IKvLists"/>.</summary>
internal static class ListCommands
{
    private const string PushAndTrimScript =
        """
        redis.call(ARGV[1], KEYS[1], unpack(ARGV, 4))
        redis.call('LTRIM', KEYS[1], ARGV[2], ARGV[3])
        return redis.call('LLEN', KEYS[1])
        """;

    private const string TrimScript =
        """
        local before = redis.call('LLEN', KEYS[1])
        redis.call('LTRIM', KEYS[1], ARGV[1], ARGV[2])
        return before - redis.call('LLEN', KEYS[1])
        """;

    /// <summary>Behind the end of every list.</summary>
    private const long Behind = 1L << 40;

    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        Push, Push, PushMany, PushMany, PushMany, PushMany, PushMore, PushIfPresent, PushManyIfPresent, PushAndTrim, PushManyAndTrim, Pop, PopMany,
        Move, Move, Move, Count, Get, Get, GetRange, GetRange, Set, Set, Insert, Insert, Remove, Remove, Trim, IndexOf, IndexesOf, PopOff,
    ];

    /// <summary>All that a key holds.</summary>
    public static ScriptCommand AllOf(KvKey key) => ScriptCommand.Of(
        keyspace => keyspace.List(key).GetRangeAsync(..), Answer.Plain, "LRANGE", Draw.Word(key), 0, -1);

    private static ScriptCommand Push(Draw draw)
    {
        var (key, element, end) = (draw.Key(), Element(draw), draw.Any<ListEnd>());
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).PushAsync(element, end), Answer.Plain, Letter(end) + "PUSH", Draw.Word(key), element);
    }

    private static ScriptCommand PushMany(Draw draw) => PushMany(draw, draw.Many(1, 6, () => Element(draw)));

    /// <summary>So many that Redis changes its form of the list.</summary>
    private static ScriptCommand PushMore(Draw draw) =>
        PushMany(draw, [.. Enumerable.Range(0, draw.Number(100, 400)).Select(i => (KvValue)$"{i % 7}{new string('e', i % 90)}")]);

    private static ScriptCommand PushMany(Draw draw, KvValue[] elements)
    {
        var (key, end) = (draw.Key(), draw.Any<ListEnd>());
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).PushAsync(elements, end), Answer.Plain, [Letter(end) + "PUSH", Draw.Word(key), .. elements]);
    }

    private static ScriptCommand PushIfPresent(Draw draw)
    {
        var (key, element, end) = (draw.Key(), Element(draw), draw.Any<ListEnd>());
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).PushIfPresentAsync(element, end), Answer.Plain, Letter(end) + "PUSHX", Draw.Word(key), element);
    }

    private static ScriptCommand PushManyIfPresent(Draw draw)
    {
        var (key, elements, end) = (draw.Key(), draw.Many(1, 4, () => Element(draw)), draw.Any<ListEnd>());
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).PushIfPresentAsync(elements, end), Answer.Plain,
            [Letter(end) + "PUSHX", Draw.Word(key), .. elements]);
    }

    private static ScriptCommand PushAndTrim(Draw draw)
    {
        var (key, element, end, lengthMax) = (draw.Key(), Element(draw), draw.Any<ListEnd>(), draw.Number(1, 8));
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).PushAndTrimAsync(element, lengthMax, end), Answer.Plain, PushAndTrimWords(key, end, lengthMax, [element]));
    }

    private static ScriptCommand PushManyAndTrim(Draw draw)
    {
        var (key, elements, end, lengthMax) = (draw.Key(), draw.Many(1, 6, () => Element(draw)), draw.Any<ListEnd>(), draw.Number(1, 8));
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).PushAndTrimAsync(elements, lengthMax, end), Answer.Plain, PushAndTrimWords(key, end, lengthMax, elements));
    }

    private static KvValue[] PushAndTrimWords(KvKey key, ListEnd end, int lengthMax, KvValue[] elements) =>
    [
        "EVAL", PushAndTrimScript, 1, Draw.Word(key), Letter(end) + "PUSH",
        .. end == ListEnd.Head ? new KvValue[] { 0, lengthMax - 1 } : [-lengthMax, -1], .. elements,
    ];

    private static ScriptCommand Pop(Draw draw)
    {
        var (key, end) = (draw.Key(), draw.Any<ListEnd>());
        return ScriptCommand.Of(keyspace => keyspace.List(key).PopAsync(end), Answer.Plain, Letter(end) + "POP", Draw.Word(key));
    }

    private static ScriptCommand PopMany(Draw draw)
    {
        var (key, end, count) = (draw.Key(), draw.Any<ListEnd>(), draw.Chance(90) ? draw.Number(0, 5) : 1_000);
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).PopAsync(count, end), static reply => reply.IsNil ? "[]" : Answer.Plain(reply),
            Letter(end) + "POP", Draw.Word(key), count);
    }

    private static ScriptCommand Move(Draw draw)
    {
        var (source, destination, from, to) = (draw.Key(), draw.Key(), draw.Any<ListEnd>(), draw.Any<ListEnd>());
        return ScriptCommand.Of(
            keyspace => keyspace.List(source).MoveAsync(destination, from, to), Answer.Plain,
            "LMOVE", Draw.Word(source), Draw.Word(destination), Word(from), Word(to));
    }

    private static ScriptCommand Count(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.List(key).CountAsync(), Answer.Plain, "LLEN", Draw.Word(key));
    }

    private static ScriptCommand Get(Draw draw)
    {
        var (key, index) = (draw.Key(), draw.Index());
        return ScriptCommand.Of(keyspace => keyspace.List(key).GetAsync(index), Answer.Plain, "LINDEX", Draw.Word(key), Word(index));
    }

    private static ScriptCommand GetRange(Draw draw)
    {
        var (key, range) = (draw.Key(), draw.Range());
        var (start, end) = RangeWords.Of(range);
        return ScriptCommand.Of(keyspace => keyspace.List(key).GetRangeAsync(range), Answer.Plain, "LRANGE", Draw.Word(key), start, end);
    }

    private static ScriptCommand Set(Draw draw)
    {
        var (key, index, element) = (draw.Key(), draw.Index(), Element(draw));
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).SetAsync(index, element), Answer.YesNo, "LSET", Draw.Word(key), Word(index), element);
    }

    private static ScriptCommand Insert(Draw draw)
    {
        var (key, element, side, neighbor) = (draw.Key(), Element(draw), draw.Any<ListSide>(), Element(draw));
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).InsertAsync(element, side, neighbor),
            static reply => reply.Number <= 0 ? Answer.Nil : Answer.Plain(reply),
            "LINSERT", Draw.Word(key), side == ListSide.Before ? "BEFORE" : "AFTER", neighbor, element);
    }

    private static ScriptCommand Remove(Draw draw)
    {
        var (key, element, from, countMax) = (draw.Key(), Element(draw), draw.Any<ListEnd>(), draw.Chance(70) ? draw.Number(1, 3) : Behind);
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).RemoveAsync(element, countMax, from), Answer.Plain,
            "LREM", Draw.Word(key), from == ListEnd.Head ? countMax : -countMax, element);
    }

    private static ScriptCommand Trim(Draw draw)
    {
        var (key, range) = (draw.Key(), draw.Range());
        var (start, end) = RangeWords.Of(range);
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).TrimAsync(range), Answer.Plain, "EVAL", TrimScript, 1, Draw.Word(key), start, end);
    }

    private static ScriptCommand IndexOf(Draw draw)
    {
        var (key, element, search) = (draw.Key(), Element(draw), Search(draw));
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).IndexOfAsync(element, search), Answer.Plain,
            ["LPOS", Draw.Word(key), element, .. Words(search)]);
    }

    private static ScriptCommand IndexesOf(Draw draw)
    {
        var (key, element, search, countMax) = (draw.Key(), Element(draw), Search(draw), draw.Chance(60) ? draw.Number(1, 3) : Behind);
        return ScriptCommand.Of(
            keyspace => keyspace.List(key).IndexesOfAsync(element, countMax, search), Answer.Plain,
            ["LPOS", Draw.Word(key), element, "COUNT", countMax, .. Words(search)]);
    }

    private static ScriptCommand PopOff(Draw draw)
    {
        var (keys, count, end) = (draw.SomeKeys(), draw.Number(1, 4), draw.Any<ListEnd>());
        return ScriptCommand.Of(
            keyspace => keyspace.Lists.PopAsync(keys, count, end),
            static reply => reply.IsNil ? Answer.Nil : $"{Answer.Plain(reply.Items![0])} {Answer.Plain(reply.Items[1])}",
            ["LMPOP", keys.Length, .. Draw.Words(keys), Word(end), "COUNT", count]);
    }

    /// <summary>Often one of a few, so that elements are equal to each other.</summary>
    private static KvValue Element(Draw draw) => draw.Chance(75) ? draw.Of<KvValue>("a", "b", "", "0", "3e", 7) : draw.Value();

    private static ListSearch? Search(Draw draw) => draw.Chance(30)
        ? null
        : new ListSearch
        {
            From = draw.Any<ListEnd>(),
            Skip = draw.Chance(60) ? 0 : draw.Number(1, 3),
            ComparisonsMax = draw.Chance(60) ? long.MaxValue : draw.Number(1, 8),
        };

    private static KvValue[] Words(ListSearch? search)
    {
        if (search is null) return [];
        var rank = search.From == ListEnd.Head ? search.Skip + 1 : -search.Skip - 1;
        return search.ComparisonsMax == long.MaxValue ? ["RANK", rank] : ["RANK", rank, "MAXLEN", search.ComparisonsMax];
    }

    private static string Letter(ListEnd end) => end == ListEnd.Head ? "L" : "R";

    private static string Word(ListEnd end) => end == ListEnd.Head ? "LEFT" : "RIGHT";

    private static KvValue Word(Index index) => !index.IsFromEnd ? index.Value : index.Value == 0 ? Behind : -(long)index.Value;
}
