namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="IKeys"/> and <see cref="IKeyHandle"/>.</summary>
internal static class KeyCommands
{
    /// <summary>What Redis calls the types.</summary>
    private static readonly Dictionary<string, KeyType> Types = new()
    {
        ["none"] = KeyType.None,
        ["string"] = KeyType.String,
        ["hash"] = KeyType.Hash,
        ["zset"] = KeyType.SortedSet,
        ["list"] = KeyType.List,
        ["stream"] = KeyType.Stream,
        ["set"] = KeyType.Set,
    };

    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        Exists, ExistsMany, Delete, DeleteMany, Unlink, UnlinkMany, Type, Expire, Expire, ExpireHandle, ExpireAt, ExpireAt, Persist,
        TimeToLive, Lifetime, Rename, Rename, Copy, Copy, Touch, TouchMany, MemoryUsage, Info, Random, Count, Flush, Scan, ScanPage,
    ];

    private static ScriptCommand Exists(Draw draw)
    {
        var key = draw.Key();
        return draw.Chance(50)
            ? ScriptCommand.Of(keyspace => keyspace.Keys.ExistsAsync(key), Answer.YesNo, "EXISTS", Draw.Word(key))
            : ScriptCommand.Of(keyspace => keyspace.String(key).ExistsAsync(), Answer.YesNo, "EXISTS", Draw.Word(key));
    }

    private static ScriptCommand ExistsMany(Draw draw)
    {
        var keys = draw.SomeKeys();
        return ScriptCommand.Of(keyspace => keyspace.Keys.ExistsAsync(keys), Answer.Plain, ["EXISTS", .. Draw.Words(keys)]);
    }

    private static ScriptCommand Delete(Draw draw)
    {
        var key = draw.Key();
        return draw.Chance(50)
            ? ScriptCommand.Of(keyspace => keyspace.Keys.DeleteAsync(key), Answer.YesNo, "DEL", Draw.Word(key))
            : ScriptCommand.Of(keyspace => keyspace.Counter(key).DeleteAsync(), Answer.YesNo, "DEL", Draw.Word(key));
    }

    private static ScriptCommand DeleteMany(Draw draw)
    {
        var keys = draw.SomeKeys();
        return ScriptCommand.Of(keyspace => keyspace.Keys.DeleteAsync(keys), Answer.Plain, ["DEL", .. Draw.Words(keys)]);
    }

    private static ScriptCommand Unlink(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.Keys.UnlinkAsync(key), Answer.YesNo, "UNLINK", Draw.Word(key));
    }

    private static ScriptCommand UnlinkMany(Draw draw)
    {
        var keys = draw.SomeKeys();
        return ScriptCommand.Of(keyspace => keyspace.Keys.UnlinkAsync(keys), Answer.Plain, ["UNLINK", .. Draw.Words(keys)]);
    }

    private static ScriptCommand Type(Draw draw) => TypeOf(draw.Key());

    private static ScriptCommand Expire(Draw draw)
    {
        var (key, when) = (draw.Key(), draw.Any<ExpireWhen>());
        var timeToLive = draw.Chance(85) ? draw.TimeToLive() : draw.Of(TimeSpan.Zero, TimeSpan.FromSeconds(-1));
        return ScriptCommand.Of(
            keyspace => keyspace.Keys.ExpireAsync(key, timeToLive, when), Answer.YesNo,
            ["PEXPIRE", Draw.Word(key), Draw.Milliseconds(timeToLive), .. Words(when)]);
    }

    private static ScriptCommand ExpireHandle(Draw draw)
    {
        var (key, timeToLive) = (draw.Key(), draw.TimeToLive());
        return ScriptCommand.Of(
            keyspace => keyspace.String(key).ExpireAsync(timeToLive), Answer.YesNo, "PEXPIRE", Draw.Word(key), Draw.Milliseconds(timeToLive));
    }

    private static ScriptCommand ExpireAt(Draw draw)
    {
        var (key, moment, when) = (draw.Key(), draw.Moment(), draw.Any<ExpireWhen>());
        return ScriptCommand.Of(
            keyspace => keyspace.Keys.ExpireAtAsync(key, moment, when), Answer.YesNo,
            ["PEXPIREAT", Draw.Word(key), Draw.Milliseconds(moment), .. Words(when)]);
    }

    private static ScriptCommand Persist(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.Keys.PersistAsync(key), Answer.YesNo, "PERSIST", Draw.Word(key));
    }

    private static ScriptCommand TimeToLive(Draw draw)
    {
        var key = draw.Key();
        Func<Reply, string> read = static reply => reply.Number < 0 ? Answer.Nil : Answer.TimeLeft(reply);
        return draw.Chance(50)
            ? ScriptCommand.Of(keyspace => keyspace.Keys.GetTimeToLiveAsync(key), read, "PTTL", Draw.Word(key))
            : ScriptCommand.Of(keyspace => keyspace.String(key).GetTimeToLiveAsync(), read, "PTTL", Draw.Word(key));
    }

    private static ScriptCommand Lifetime(Draw draw) => LifetimeOf(draw.Key());

    private static ScriptCommand Rename(Draw draw)
    {
        var (source, destination, existing) = (draw.Key(), draw.Key(), draw.Any<ExistingDestination>());
        return ScriptCommand.Of(
            keyspace => keyspace.Keys.RenameAsync(source, destination, existing), Answer.YesNo,
            existing == ExistingDestination.Keep ? "RENAMENX" : "RENAME", Draw.Word(source), Draw.Word(destination));
    }

    private static ScriptCommand Copy(Draw draw)
    {
        var (source, destination, existing) = (draw.Key(), draw.Key(), draw.Any<ExistingDestination>());
        KvValue[] words = existing == ExistingDestination.Keep ? [] : ["REPLACE"];
        return ScriptCommand.Of(
            keyspace => keyspace.Keys.CopyAsync(source, destination, existing), Answer.YesNo,
            ["COPY", Draw.Word(source), Draw.Word(destination), .. words]);
    }

    private static ScriptCommand Touch(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.Keys.TouchAsync(key), Answer.YesNo, "TOUCH", Draw.Word(key));
    }

    private static ScriptCommand TouchMany(Draw draw)
    {
        var keys = draw.SomeKeys();
        return ScriptCommand.Of(keyspace => keyspace.Keys.TouchAsync(keys), Answer.Plain, ["TOUCH", .. Draw.Words(keys)]);
    }

    private static ScriptCommand MemoryUsage(Draw draw)
    {
        // Alone, it also sees a key that has expired and is still to be removed.
        const string script = "return redis.call('EXISTS', KEYS[1]) == 1 and redis.call('MEMORY', 'USAGE', KEYS[1])";
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace => await keyspace.Keys.GetMemoryUsageAsync(key) is not null, Answer.Presence, "EVAL", script, 1, Draw.Word(key));
    }

    private static ScriptCommand Info(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(
            async keyspace => await keyspace.Keys.GetInfoAsync(key) is { } info ? info.Lifetime : KeyLifetime.Missing, Answer.TimeLeft,
            "PTTL", Draw.Word(key));
    }

    private static ScriptCommand Random(Draw draw) => ScriptCommand.Of(
        async keyspace => await keyspace.Keys.GetRandomAsync() is not null, Answer.Presence, "RANDOMKEY");

    private static ScriptCommand Count(Draw draw) => CountAll();

    private static ScriptCommand Flush(Draw draw) => draw.Chance(80)
        ? CountAll()
        : ScriptCommand.Of(
            async keyspace =>
            {
                await keyspace.Keys.FlushAsync();
                return true;
            },
            Answer.YesNo, "FLUSHDB");

    private static ScriptCommand Scan(Draw draw)
    {
        var (pattern, type) = (Pattern(draw), draw.Chance(50) ? null : draw.Of(Types.Keys.Where(static name => name != "none").ToArray().AsSpan()));
        return ScriptCommand.Of(
            async keyspace =>
            {
                var keys = new List<string>();
                await foreach (var key in keyspace.Keys.ScanAsync(new KeyScan { Pattern = pattern, Type = type is null ? null : Types[type] })) keys.Add(Answer.Of(key));
                return keys.Order(StringComparer.Ordinal).ToArray();
            },
            static reply => Sorted(reply.Items![1]),
            [
                "SCAN", 0, "COUNT", 1_000, .. pattern is { } glob ? new KvValue[] { "MATCH", Draw.Word(glob) } : [],
                .. type is not null ? new KvValue[] { "TYPE", type } : [],
            ]);
    }

    private static ScriptCommand ScanPage(Draw draw)
    {
        var pattern = Pattern(draw);
        return ScriptCommand.Of(
            async keyspace =>
            {
                var page = await keyspace.Keys.ScanPageAsync(0, new KeyScan { Pattern = pattern });
                Assert.Equal(0ul, page.NextCursor);
                return page.Keys.Select(key => Answer.Of(key)).Order(StringComparer.Ordinal).ToArray();
            },
            Sorted, "KEYS", Draw.Word(pattern ?? "*"));
    }

    /// <summary>What a key holds.</summary>
    public static ScriptCommand TypeOf(KvKey key) => ScriptCommand.Of(
        keyspace => keyspace.Keys.GetTypeAsync(key),
        static reply => Types[reply.Line!].ToString(),
        "TYPE", Draw.Word(key));

    /// <summary>When a key ends, coarsely.</summary>
    public static ScriptCommand LifetimeOf(KvKey key) => ScriptCommand.Of(
        keyspace => keyspace.Keys.GetLifetimeAsync(key), Answer.TimeLeft, "PTTL", Draw.Word(key));

    /// <summary>How many keys there are. DBSIZE would count those that have expired and are still to be removed.</summary>
    public static ScriptCommand CountAll() => ScriptCommand.Of(
        keyspace => keyspace.Keys.CountAsync(), static reply => $"{reply.Items!.Length}", "KEYS", "*");

    private static KvKey? Pattern(Draw draw) => draw.Of<KvKey?>(null, "*", "a*", "?", "[ab]", "[^a]", "a[[]b]", "a\\[b]", "", "[a", "*]", "[b-a]*");

    private static string Sorted(Reply reply) =>
        $"[{string.Join(", ", reply.Items!.Select(Answer.Plain).Order(StringComparer.Ordinal))}]";

    private static KvValue[] Words(ExpireWhen when) => when switch
    {
        ExpireWhen.WithoutExpiration => ["NX"],
        ExpireWhen.WithExpiration => ["XX"],
        ExpireWhen.Later => ["GT"],
        ExpireWhen.Sooner => ["LT"],
        _ => [],
    };
}
