using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Hashes;

/// <summary>What hashes do in one step and no single command of Redis 7.4 does. Those that set a time to live ask for one first: a
/// server that has none then refuses before anything is changed.</summary>
internal static class HashScripts
{
    /// <summary>ARGV: NX, XX or empty; fields and values.</summary>
    public static readonly Script SetSeveral = new("set of several fields (script)",
        """
        for i = 2, #ARGV, 2 do
          local there = redis.call('HEXISTS', KEYS[1], ARGV[i])
          if (ARGV[1] == 'NX' and there == 1) or (ARGV[1] == 'XX' and there == 0) then return 0 end
        end
        for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
        return 1
        """);

    /// <summary>ARGV: NX, XX or empty; HPEXPIRE or HPEXPIREAT; its argument; fields and values.</summary>
    public static readonly Script SetExpiring = new("set of several fields that expire (script)",
        """
        redis.call('HPTTL', KEYS[1], 'FIELDS', 1, ARGV[4])
        for i = 4, #ARGV, 2 do
          local there = redis.call('HEXISTS', KEYS[1], ARGV[i])
          if (ARGV[1] == 'NX' and there == 1) or (ARGV[1] == 'XX' and there == 0) then return 0 end
        end
        for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
        for i = 4, #ARGV, 2 do redis.call(ARGV[2], KEYS[1], ARGV[3], 'FIELDS', 1, ARGV[i]) end
        return 1
        """);

    /// <summary>ARGV: NX, XX or empty; fields and values, which keep the time to live they have.</summary>
    public static readonly Script SetKeeping = new("set of several fields that keep their time to live (script)",
        """
        redis.call('HPTTL', KEYS[1], 'FIELDS', 1, ARGV[2])
        for i = 2, #ARGV, 2 do
          local there = redis.call('HEXISTS', KEYS[1], ARGV[i])
          if (ARGV[1] == 'NX' and there == 1) or (ARGV[1] == 'XX' and there == 0) then return 0 end
        end
        for i = 2, #ARGV, 2 do
          local ends = redis.call('HPEXPIRETIME', KEYS[1], 'FIELDS', 1, ARGV[i])
          redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
          if ends and ends[1] and ends[1] > 0 then redis.call('HPEXPIREAT', KEYS[1], ends[1], 'FIELDS', 1, ARGV[i]) end
        end
        return 1
        """);

    /// <summary>ARGV: fields. Two numbers for each: what HPTTL and HPEXPIRETIME say.</summary>
    public static readonly Script Lifetimes = new("lifetimes of fields (script)",
        """
        local all = {}
        for i = 1, #ARGV do
          local left = redis.call('HPTTL', KEYS[1], 'FIELDS', 1, ARGV[i])
          local ends = redis.call('HPEXPIRETIME', KEYS[1], 'FIELDS', 1, ARGV[i])
          all[i] = { left and left[1] or -2, ends and ends[1] or -2 }
        end
        return all
        """);

    /// <summary>ARGV: HPEXPIRE, HPEXPIREAT or HPERSIST; the argument of the first two; fields.</summary>
    public static readonly Script GetAndExpire = new("read of fields that get a time to live (script)",
        """
        local values = {}
        for i = 3, #ARGV do values[i - 2] = redis.call('HGET', KEYS[1], ARGV[i]) end
        for i = 3, #ARGV do
          if ARGV[1] == 'HPERSIST' then redis.call('HPERSIST', KEYS[1], 'FIELDS', 1, ARGV[i])
          else redis.call(ARGV[1], KEYS[1], ARGV[2], 'FIELDS', 1, ARGV[i]) end
        end
        return values
        """);

    /// <summary>ARGV: fields.</summary>
    public static readonly Script GetAndRemove = new("read of fields that are removed (script)",
        """
        local values = {}
        for i = 1, #ARGV do
          values[i] = redis.call('HGET', KEYS[1], ARGV[i])
          redis.call('HDEL', KEYS[1], ARGV[i])
        end
        return values
        """);
}
