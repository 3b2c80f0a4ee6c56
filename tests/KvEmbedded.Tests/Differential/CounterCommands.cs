using System.Text;
namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="ICounter"/>. Bounded addition is not among them: INCREX came with Redis 8.8.</summary>
internal static class CounterCommands
{
    // The sum is read as text: the numbers of Lua are doubles.
    private const string AddScript =
        """
        local existed = redis.call('EXISTS', KEYS[1]) == 1
        redis.call('INCRBY', KEYS[1], ARGV[1])
        local sum = redis.call('GET', KEYS[1])
        if not existed and ARGV[2] == 'PX' then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
        if not existed and ARGV[2] == 'PXAT' then redis.call('PEXPIREAT', KEYS[1], ARGV[3]) end
        return sum
        """;

    // Adding 0 tells whether it is an integer, before anything is changed.
    private const string ResetScript =
        """
        local old = redis.call('GET', KEYS[1])
        if old then redis.call('INCRBY', KEYS[1], 0) end
        redis.call('SET', KEYS[1], 0, unpack(ARGV))
        return old
        """;

    public const string ExactFractions = "||5|25|75|125|375|625|875|";

    public static readonly Func<Draw, ScriptCommand>[] All =
        [Get, GetFloat, Set, Increment, Increment, IncrementWithExpiration, Decrement, IncrementFloat, IncrementFloat, GetAndReset];

    private static ScriptCommand Get(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.Counter(key).GetAsync(), Answer.Integer, "GET", Draw.Word(key));
    }

    private static ScriptCommand GetFloat(Draw draw)
    {
        // A score is read as GetFloat reads: infinities are numbers, NaN is none. Behind a zero byte the server would look no further,
        // and take what is before it for an option.
        const string script =
            """
            local text = redis.call('GET', KEYS[1])
            if not text then return false end
            if string.find(text, '%z') then return redis.error_reply('ERR value is not a valid float') end
            redis.call('ZADD', 'scratch', text, 'member')
            local number = redis.call('ZSCORE', 'scratch', 'member')
            redis.call('DEL', 'scratch')
            return number
            """;
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.Counter(key).GetFloatAsync(), Answer.Score, "EVAL", script, 1, Draw.Word(key));
    }

    private static ScriptCommand Set(Draw draw)
    {
        var (key, value, expiration, when) = (draw.Key(), draw.Integer(), draw.Expiration(), draw.SetWhen());
        return ScriptCommand.Of(
            keyspace => keyspace.Counter(key).SetAsync(value, expiration.Value, when.Value), Answer.YesNo,
            ["SET", Draw.Word(key), value, .. expiration.Words, .. when.Words]);
    }

    private static ScriptCommand Increment(Draw draw)
    {
        var (key, by) = (draw.Key(), draw.Integer());
        return ScriptCommand.Of(keyspace => keyspace.Counter(key).IncrementAsync(by), Answer.Plain, "INCRBY", Draw.Word(key), by);
    }

    private static ScriptCommand IncrementWithExpiration(Draw draw)
    {
        var (key, by, expiration) = (draw.Key(), draw.Integer(), draw.Expiration());
        return ScriptCommand.Of(
            keyspace => keyspace.Counter(key).IncrementAsync(by, expiration.Value), Answer.Integer,
            ["EVAL", AddScript, 1, Draw.Word(key), by, .. expiration.Words]);
    }

    private static ScriptCommand Decrement(Draw draw)
    {
        var key = draw.Key();
        var by = draw.Integer() is var number && number == long.MinValue ? 1 : number;
        return ScriptCommand.Of(keyspace => keyspace.Counter(key).DecrementAsync(by), Answer.Plain, "DECRBY", Draw.Word(key), by);
    }

    /// <summary>Numbers that both sides add up in another way by intent are left alone by both.</summary>
    private static ScriptCommand IncrementFloat(Draw draw)
    {
        const string script =
            """
            local text = redis.call('GET', KEYS[1]) or ''
            local fraction = string.match(text, '%.(.*)$')
            if #text > 14 or string.find(text, 'e') and text ~= '1e3' then return false end
            if fraction and not string.find(ARGV[2], '|' .. fraction .. '|', 1, true) then return false end
            return redis.call('INCRBYFLOAT', KEYS[1], ARGV[1])
            """;
        var (key, by) = (draw.Key(), draw.Of(0, 0.5, 1.5, -2.25, 3, 1000, -7.125, 1e10));
        return ScriptCommand.Of(
            async keyspace => AddsUpAlike(await keyspace.String(key).GetAsync() ?? "")
                ? await keyspace.Counter(key).IncrementFloatAsync(by)
                : (double?)null,
            Answer.Score, "EVAL", script, 1, Draw.Word(key), by, ExactFractions);
    }

    /// <summary>Few digits, and a fraction that is exact in binary; or no number at all.</summary>
    public static bool AddsUpAlike(KvValue value)
    {
        // By bytes, as the server's script looks at it: what is no text has other lengths as one.
        var text = Encoding.Latin1.GetString(value.ToArray());
        var point = text.IndexOf('.');
        return text.Length <= 14 && (!text.Contains('e') || text == "1e3")
            && (point < 0 || ExactFractions.Contains($"|{text[(point + 1)..]}|", StringComparison.Ordinal));
    }

    private static ScriptCommand GetAndReset(Draw draw)
    {
        var (key, expiration) = (draw.Key(), draw.Expiration());
        return ScriptCommand.Of(
            keyspace => keyspace.Counter(key).GetAndResetAsync(expiration.Value), Answer.Integer,
            ["EVAL", ResetScript, 1, Draw.Word(key), .. expiration.Words]);
    }
}
