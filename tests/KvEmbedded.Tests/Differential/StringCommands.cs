namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="IKvString"/> and <see cref="IKvStrings"/>.</summary>
internal static class StringCommands
{
    // Redis 7.0 has no SET IFEQ yet; this is the script that everybody used instead.
    private const string CompareAndSetScript =
        """
        local equal = redis.call('GET', KEYS[1]) == ARGV[1]
        if equal ~= (ARGV[3] == 'Equal') then return false end
        return redis.call('SET', KEYS[1], ARGV[2], unpack(ARGV, 4))
        """;

    private const string CompareAndDeleteScript =
        """
        local present = redis.call('GET', KEYS[1])
        if not present or (present == ARGV[1]) ~= (ARGV[2] == 'Equal') then return 0 end
        return redis.call('DEL', KEYS[1])
        """;

    // MSETEX came with Redis 8.4.
    private const string SetManyScript =
        """
        local when, existing = ARGV[1], redis.call('EXISTS', unpack(KEYS))
        if when == 'Missing' and existing > 0 or when == 'Present' and existing < #KEYS then return 0 end
        for i, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1 + i], unpack(ARGV, 2 + #KEYS)) end
        return 1
        """;

    private static readonly (KnownDifference, Func<string, string, bool>) MoreCells =
        (KnownDifferences.LongerStringsCompared, (_, theirs) => theirs.Contains("transient memory for LCS", StringComparison.Ordinal));

    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        Get, WriteTo, GetLength, GetRange, GetRange, Set, Set, Set, GetAndSet, GetAndDelete, GetAndExpire, CompareAndSet, CompareAndDelete,
        Append, Append, SetRange, SetRange, GetCommonSubsequence, GetCommonSubsequenceLength, GetCommonSubsequenceMatches,
        GetMany, SetMany, SetManyWithOptions,
    ];

    private static ScriptCommand Get(Draw draw)
    {
        var key = draw.Key();
        return draw.Chance(50)
            ? ScriptCommand.Of(keyspace => keyspace.String(key).GetAsync(), Answer.Plain, "GET", Draw.Word(key))
            : ScriptCommand.Of(keyspace => keyspace.Strings.GetAsync(key), Answer.Plain, "GET", Draw.Word(key));
    }

    private static ScriptCommand WriteTo(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace =>
            {
                var writer = new System.Buffers.ArrayBufferWriter<byte>();
                return await keyspace.String(key).WriteToAsync(writer) ? writer.WrittenSpan.ToArray() : (KvValue?)null;
            },
            Answer.Plain, "GET", Draw.Word(key));
    }

    private static ScriptCommand GetLength(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.String(key).GetLengthAsync(), Answer.Plain, "STRLEN", Draw.Word(key));
    }

    private static ScriptCommand GetRange(Draw draw)
    {
        var (key, range) = (draw.Key(), draw.Range());
        var (start, end) = RangeWords.Of(range);
        return ScriptCommand.Of(keyspace => keyspace.String(key).GetRangeAsync(range), Answer.Plain, "GETRANGE", Draw.Word(key), start, end) with
        {
            // One byte between quotes, plain or as \xNN.
            Known = (KnownDifferences.RangeBeforeTheStart, (ours, theirs) => ours == "''" && range.End.IsFromEnd && theirs.Length is 3 or 6),
        };
    }

    private static ScriptCommand Set(Draw draw)
    {
        var (key, value, expiration, when) = (draw.Key(), draw.Value(), draw.Expiration(), draw.SetWhen());
        KvValue[] words = ["SET", Draw.Word(key), value, .. expiration.Words, .. when.Words];
        return draw.Chance(50)
            ? ScriptCommand.Of(keyspace => keyspace.String(key).SetAsync(value, expiration.Value, when.Value), Answer.YesNo, words)
            : ScriptCommand.Of(keyspace => keyspace.Strings.SetAsync(key, value, expiration.Value, when.Value), Answer.YesNo, words);
    }

    private static ScriptCommand GetAndSet(Draw draw)
    {
        var (key, value, expiration, when) = (draw.Key(), draw.Value(), draw.Expiration(), draw.SetWhen());
        return ScriptCommand.Of(
            keyspace => keyspace.String(key).GetAndSetAsync(value, expiration.Value, when.Value), Answer.Plain,
            ["SET", Draw.Word(key), value, "GET", .. expiration.Words, .. when.Words]);
    }

    private static ScriptCommand GetAndDelete(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.String(key).GetAndDeleteAsync(), Answer.Plain, "GETDEL", Draw.Word(key));
    }

    private static ScriptCommand GetAndExpire(Draw draw)
    {
        var (key, expiration) = (draw.Key(), draw.Expiration());
        KvValue[] words = expiration.Value == Expiration.Never ? ["PERSIST"] : expiration.Value == Expiration.Keep ? [] : expiration.Words;
        return ScriptCommand.Of(
            keyspace => keyspace.String(key).GetAndExpireAsync(expiration.Value), Answer.Plain, ["GETEX", Draw.Word(key), .. words]);
    }

    private static ScriptCommand CompareAndSet(Draw draw)
    {
        var (key, expected, value, expiration, when) = (draw.Key(), draw.Value(), draw.Value(), draw.Expiration(), draw.Any<CompareWhen>());
        return ScriptCommand.Of(
            keyspace => keyspace.String(key).CompareAndSetAsync(expected, value, expiration.Value, when), Answer.YesNo,
            ["EVAL", CompareAndSetScript, 1, Draw.Word(key), expected, value, when.ToString(), .. expiration.Words]);
    }

    private static ScriptCommand CompareAndDelete(Draw draw)
    {
        var (key, expected, when) = (draw.Key(), draw.Value(), draw.Any<CompareWhen>());
        return ScriptCommand.Of(
            keyspace => keyspace.String(key).CompareAndDeleteAsync(expected, when), Answer.YesNo,
            "EVAL", CompareAndDeleteScript, 1, Draw.Word(key), expected, when.ToString());
    }

    private static ScriptCommand Append(Draw draw)
    {
        var (key, value) = (draw.Key(), draw.Value());
        return ScriptCommand.Of(keyspace => keyspace.String(key).AppendAsync(value), Answer.Plain, "APPEND", Draw.Word(key), value);
    }

    private static ScriptCommand SetRange(Draw draw)
    {
        var (key, value) = (draw.Key(), draw.Value());
        var offset = draw.Chance(85) ? draw.Number(0, 12) : draw.Of(250, 300, 6_000, int.MaxValue);
        return ScriptCommand.Of(
            keyspace => keyspace.String(key).SetRangeAsync(offset, value), Answer.Plain, "SETRANGE", Draw.Word(key), offset, value);
    }

    private static ScriptCommand GetCommonSubsequence(Draw draw)
    {
        var (key, other) = (draw.Key(), draw.Key());
        return ScriptCommand.Of(
            keyspace => keyspace.String(key).GetCommonSubsequenceAsync(other), Answer.Plain, "LCS", Draw.Word(key), Draw.Word(other)) with { Known = MoreCells };
    }

    private static ScriptCommand GetCommonSubsequenceLength(Draw draw)
    {
        var (key, other) = (draw.Key(), draw.Key());
        return ScriptCommand.Of(
            keyspace => keyspace.String(key).GetCommonSubsequenceLengthAsync(other), Answer.Plain,
            "LCS", Draw.Word(key), Draw.Word(other), "LEN") with { Known = MoreCells };
    }

    private static ScriptCommand GetCommonSubsequenceMatches(Draw draw)
    {
        var (key, other, min) = (draw.Key(), draw.Key(), draw.Number(0, 4));
        return ScriptCommand.Of(
            keyspace => keyspace.String(key).GetCommonSubsequenceMatchesAsync(other, min), Matches,
            "LCS", Draw.Word(key), Draw.Word(other), "IDX", "MINMATCHLEN", min, "WITHMATCHLEN") with { Known = MoreCells };
    }

    private static ScriptCommand GetMany(Draw draw)
    {
        var keys = draw.SomeKeys();
        return ScriptCommand.Of(keyspace => keyspace.Strings.GetAsync(keys), Answer.Plain, ["MGET", .. Draw.Words(keys)]);
    }

    private static ScriptCommand SetMany(Draw draw)
    {
        var (pairs, isConditional) = (Pairs(draw), draw.Chance(40));
        return ScriptCommand.Of(
            keyspace => keyspace.Strings.SetAsync(pairs, when: isConditional ? SetWhen.Missing : SetWhen.Always), Answer.YesNo,
            [isConditional ? "MSETNX" : "MSET", .. pairs.SelectMany(pair => new[] { Draw.Word(pair.Key), pair.Value })]);
    }

    private static ScriptCommand SetManyWithOptions(Draw draw)
    {
        var (pairs, expiration, when) = (Pairs(draw), draw.Expiration(), draw.Any<SetWhen>());
        return ScriptCommand.Of(
            keyspace => keyspace.Strings.SetAsync(pairs, expiration.Value, when), Answer.YesNo,
            [
                "EVAL", SetManyScript, pairs.Length, .. pairs.Select(pair => Draw.Word(pair.Key)), when.ToString(),
                .. pairs.Select(pair => pair.Value), .. expiration.Words,
            ]);
    }

    private static KeyValuePair<KvKey, KvValue>[] Pairs(Draw draw) =>
        draw.Many(1, 3, () => new KeyValuePair<KvKey, KvValue>(draw.Key(), draw.Value()));

    /// <summary>The reply has the last run first, its ends included.</summary>
    private static string Matches(Reply reply)
    {
        var runs = reply.Items![1].Items!.Reverse().Select(run =>
            $"{run.Items![0].Items![0].Line}~{run.Items[1].Items![0].Line}+{run.Items[2].Line}");
        return $"{reply.Items[3].Line}: [{string.Join(", ", runs)}]";
    }
}
