using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Strings;

/// <summary>What strings and counters do in one step and no single command of Redis 7.0 does.</summary>
internal static class StringScripts
{
    /// <summary>ARGV: NX, XX or empty; a value for each key; the words of SET that say when they expire.</summary>
    public static readonly Script SetSeveral = new("set of several strings (script)",
        """
        for i = 1, #KEYS do
          local there = redis.call('EXISTS', KEYS[i])
          if (ARGV[1] == 'NX' and there == 1) or (ARGV[1] == 'XX' and there == 0) then return 0 end
        end
        for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[i + 1], unpack(ARGV, #KEYS + 2)) end
        return 1
        """);

    /// <summary>ARGV: expected, EQ or NE, the new value, the words of SET that say when the key expires.</summary>
    public static readonly Script CompareAndSet = new("compare and set (script)",
        """
        if (redis.call('GET', KEYS[1]) == ARGV[1]) ~= (ARGV[2] == 'EQ') then return 0 end
        redis.call('SET', KEYS[1], ARGV[3], unpack(ARGV, 4))
        return 1
        """);

    /// <summary>ARGV: expected, EQ or NE.</summary>
    public static readonly Script CompareAndDelete = new("compare and delete (script)",
        """
        if (redis.call('GET', KEYS[1]) == ARGV[1]) ~= (ARGV[2] == 'EQ') then return 0 end
        return redis.call('DEL', KEYS[1])
        """);

    /// <summary>ARGV: INCRBY or INCRBYFLOAT, what to add, PEXPIRE or PEXPIREAT, its argument. The sum comes as text: Lua's numbers have 53 bits.</summary>
    public static readonly Script Add = new("add to a counter that expires (script)",
        """
        local missing = redis.call('EXISTS', KEYS[1]) == 0
        redis.call(ARGV[1], KEYS[1], ARGV[2])
        local sum = redis.call('GET', KEYS[1])
        if missing then redis.call(ARGV[3], KEYS[1], ARGV[4]) end
        return sum
        """);

    /// <summary>The number at a key as the server reads numbers, or the server's own error: a function for those below.</summary>
    /// <remarks>
    /// Numbers are pairs of halves to the base 10^10, both exact in Lua's doubles: the lower from 0 up, the higher with the sign.
    /// </remarks>
    private const string Integers =
        """
        local base = 10000000000
        local function pair(high, low)
          local carry = math.floor(low / base)
          return { high + carry, low - carry * base }
        end
        local function read(text)
          local sign, digits = string.match(text, '^(-?)(%d+)$')
          local low, high = tonumber(string.sub(digits, -10)), tonumber(string.sub(digits, 1, -11)) or 0
          if sign == '-' then return pair(-high, -low) end
          return pair(high, low)
        end
        local function write(number)
          local high, low = number[1], number[2]
          local sign = ''
          if high < 0 then
            local positive = pair(-high, -low)
            sign, high, low = '-', positive[1], positive[2]
          end
          if high == 0 then return sign .. string.format('%.0f', low) end
          return sign .. string.format('%.0f', high) .. string.format('%010.0f', low)
        end
        local function less(left, right)
          if left[1] ~= right[1] then return left[1] < right[1] end
          return left[2] < right[2]
        end
        local lowest, highest = read('-9223372036854775808'), read('9223372036854775807')
        local function isInteger(text)
          if text == '0' then return true end
          if #text > 20 or not string.find(text, '^-?[1-9]%d*$') then return false end
          local number = read(text)
          return not less(number, lowest) and not less(highest, number)
        end

        """;

    /// <summary>ARGV: the words of SET that say when the key expires.</summary>
    public static readonly Script GetAndReset = new("get and reset (script)", Integers +
        """
        local old = redis.call('GET', KEYS[1])
        if old and not isInteger(old) then return redis.error_reply('ERR value is not an integer or out of range') end
        redis.call('SET', KEYS[1], '0', unpack(ARGV))
        return old
        """);

    /// <summary>
    /// ARGV: by, min, max, REFUSE or SATURATE, which keys the expiration is for (CREATED, ENDLESS, ALWAYS), the words of SET that say
    /// when the key expires. Answers what the number is, what was added, and whether it was refused.
    /// </summary>
    public static readonly Script AddWithin = new("add within bounds (script)", Integers +
        """
        local old = redis.call('GET', KEYS[1])
        if old and not isInteger(old) then return redis.error_reply('ERR value is not an integer or out of range') end
        local from, by, min, max = read(old or '0'), read(ARGV[1]), read(ARGV[2]), read(ARGV[3])
        local sum = pair(from[1] + by[1], from[2] + by[2])
        if less(sum, min) or less(max, sum) then
          if ARGV[4] == 'REFUSE' then return { old or '0', '0', 1 } end
          sum = less(sum, min) and min or max
        end
        local added = pair(sum[1] - from[1], sum[2] - from[2])
        if less(added, lowest) or less(highest, added) then return redis.error_reply('ERR increment or decrement would overflow') end
        local meant = not old or ARGV[5] == 'ALWAYS' or (ARGV[5] == 'ENDLESS' and redis.call('PTTL', KEYS[1]) == -1)
        if meant then
          redis.call('SET', KEYS[1], write(sum), unpack(ARGV, 6))
        else
          redis.call('SET', KEYS[1], write(sum), 'KEEPTTL')
        end
        return { write(sum), write(added), 0 }
        """);
}
