namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="IStream"/> and <see cref="IStreams"/>.</summary>
internal static class StreamCommands
{
    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        Add, Add, Add, Add, AddSimple, AddTrimming, AddMany, Trim, Count, GetRange, GetRange, GetRange, Scan, Get, Remove, RemoveMany, RemoveMany,
        Read, ReadSeveral, SetLastId, GetInfo, GetGroups,
    ];

    /// <summary>
    /// Not back over entries that were removed, if others are left: with those that come then, the server's pages are not ours, and
    /// an approximate trim removes whole pages.
    /// </summary>
    private const string SetLastIdScript =
        """
        local newest = redis.pcall('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
        if not newest.err and #newest > 0 then
            local function parts(id) return string.match(id, '^(%d+)-(%d+)$') end
            local function less(a, b) if #a ~= #b then return #a < #b end return a < b end
            local function before(a, b)
                local ams, aseq = parts(a)
                local bms, bseq = parts(b)
                if ams ~= bms then return less(ams, bms) end
                return less(aseq, bseq)
            end
            local info, last = redis.call('XINFO', 'STREAM', KEYS[1])
            for i = 1, #info, 2 do if info[i] == 'last-generated-id' then last = info[i + 1] end end
            if before(newest[1][1], last) and before(ARGV[1], last) then return false end
        end
        return redis.call('XSETID', KEYS[1], unpack(ARGV))
        """;

    /// <summary>All that a key holds.</summary>
    public static IEnumerable<ScriptCommand> AllOf(KvKey key)
    {
        yield return Of(async keyspace => StreamText.Of(await keyspace.Stream(key).GetRangeAsync()), StreamText.Entries, "XRANGE", Draw.Word(key), "-", "+");
        yield return InfoOf(key);
        yield return GroupsOf(key);
        foreach (var group in StreamDraws.Groups)
        {
            yield return GroupCommands.ConsumersOf(key, group);
            yield return GroupCommands.PendingOf(key, group);
        }
    }

    public static ScriptCommand Of(Func<IKeyspace, ValueTask<string>> call, Func<Reply, string> read, params ReadOnlySpan<KvValue> words) =>
        ScriptCommand.Of(call, read, words);

    public static KvValue[] Words(IEnumerable<StreamField> fields) => [.. fields.SelectMany(field => new[] { field.Name, field.Value })];

    private static ScriptCommand Add(Draw draw)
    {
        var (key, (id, word), fields, creates) = (draw.StreamKey(), draw.NewId(), draw.Fields(), draw.Chance(80));
        KvValue[] words = creates ? [] : ["NOMKSTREAM"];
        return Of(
            async keyspace => (await keyspace.Stream(key).AddAsync(fields, new StreamAddOptions { Id = id!.Value, CreatesStream = creates }))?.ToString() ?? Answer.Nil,
            StreamText.Id, ["XADD", Draw.Word(key), .. words, word, .. Words(fields)]);
    }

    /// <summary>With an automatic id, which is another one on each side: the last of all, so that only one can follow.</summary>
    private static ScriptCommand AddSimple(Draw draw)
    {
        var (key, (id, word), value) = (draw.StreamKey(), draw.NewId(), draw.Value());
        return Of(
            async keyspace => (await keyspace.Stream(key).AddAsync([new StreamField("f", value)], new StreamAddOptions { Id = id!.Value }))!.Value.ToString(),
            StreamText.Id, "XADD", Draw.Word(key), word, "f", value);
    }

    private static ScriptCommand AddTrimming(Draw draw)
    {
        var (key, (id, word), fields, (trim, words)) = (draw.StreamKey(), draw.NewId(), draw.Fields(), draw.Trim());
        return Of(
            async keyspace => (await keyspace.Stream(key).AddAsync(fields, new StreamAddOptions { Id = id!.Value, Trim = trim }))!.Value.ToString(),
            StreamText.Id, ["XADD", Draw.Word(key), .. words, word, .. Words(fields)]);
    }

    /// <summary>So many entries that there are several pages; Redis adds them by a script.</summary>
    private static ScriptCommand AddMany(Draw draw)
    {
        if (draw.Chance(60)) return Add(draw);
        var (key, count) = (draw.StreamKey(), draw.Number(90, 320));
        var (first, _) = draw.NewId();
        var start = first!.Value.Id;
        if (start.Milliseconds > 10_000) return Add(draw);
        const string Script = "for i = 0, ARGV[3] - 1 do redis.call('XADD', KEYS[1], ARGV[1] .. '-' .. string.format('%d', ARGV[2] + i), 'f', tostring(i % 10)) end return ARGV[3]";
        return Of(
            async keyspace =>
            {
                for (var i = 0; i < count; i++)
                {
                    await keyspace.Stream(key).AddAsync(
                        [new StreamField("f", i % 10)], new StreamAddOptions { Id = start with { Sequence = start.Sequence + 5 + (ulong)i } });
                }

                return count.ToString();
            },
            reply => reply.Text, "EVAL", Script, 1, Draw.Word(key), start.Milliseconds.ToString(), (long)start.Sequence + 5, count);
    }

    private static ScriptCommand Trim(Draw draw)
    {
        var (key, (trim, words)) = (draw.StreamKey(), draw.Trim());
        return ScriptCommand.Of(keyspace => keyspace.Stream(key).TrimAsync(trim), Answer.Plain, ["XTRIM", Draw.Word(key), .. words]);
    }

    private static ScriptCommand Count(Draw draw)
    {
        var key = draw.StreamKey();
        return ScriptCommand.Of(keyspace => keyspace.Stream(key).CountAsync(), Answer.Plain, "XLEN", Draw.Word(key));
    }

    private static ScriptCommand GetRange(Draw draw)
    {
        var (key, (range, low, high), order) = (draw.StreamKey(), draw.StreamRange(), draw.Any<Order>());
        var take = draw.Chance(50) ? draw.Number(0, 5) : long.MaxValue;
        KvValue[] count = take == long.MaxValue ? [] : ["COUNT", take];
        return Of(
            async keyspace => StreamText.Of(await keyspace.Stream(key).GetRangeAsync(range, order, take)), StreamText.Entries,
            order == Order.Ascending ? ["XRANGE", Draw.Word(key), low, high, .. count] : ["XREVRANGE", Draw.Word(key), high, low, .. count]);
    }

    private static ScriptCommand Scan(Draw draw)
    {
        var (key, (range, low, high), pageSize) = (draw.StreamKey(), draw.StreamRange(), draw.Number(1, 40));
        return Of(
            async keyspace => StreamText.Of(await keyspace.Stream(key).ScanAsync(range, pageSize: pageSize).ToListAsync()), StreamText.Entries,
            "XRANGE", Draw.Word(key), low, high);
    }

    private static ScriptCommand Get(Draw draw)
    {
        var (key, id) = (draw.StreamKey(), draw.Id());
        return Of(async keyspace => StreamText.Of(await keyspace.Stream(key).GetAsync(id)), StreamText.FirstEntry, "XRANGE", Draw.Word(key), id, id);
    }

    private static ScriptCommand Remove(Draw draw)
    {
        var (key, id) = (draw.StreamKey(), draw.Id());
        return ScriptCommand.Of(keyspace => keyspace.Stream(key).RemoveAsync(id), Answer.YesNo, "XDEL", Draw.Word(key), id);
    }

    private static ScriptCommand RemoveMany(Draw draw)
    {
        var (key, ids) = (draw.StreamKey(), draw.Ids());
        return draw.Chance(60)
            ? ScriptCommand.Of(keyspace => keyspace.Stream(key).RemoveAsync(ids), Answer.Plain, ["XDEL", Draw.Word(key), .. ids.Select(id => (KvValue)id)])
            : ScriptCommand.Of(
                async keyspace => (await keyspace.Stream(key).RemoveAsync(ids, StreamReferences.Keep)).Count(result => result == StreamRemoval.Removed),
                Answer.Plain, ["XDEL", Draw.Word(key), .. ids.Select(id => (KvValue)id)]);
    }

    private static ScriptCommand Read(Draw draw)
    {
        var (key, (after, word), count) = (draw.StreamKey(), draw.Position(), draw.Number(1, 5));
        return Of(
            async keyspace => StreamText.Of(await keyspace.Stream(key).ReadAsync(after, count)), StreamText.OneRead,
            "XREAD", "COUNT", count, "STREAMS", Draw.Word(key), word);
    }

    private static ScriptCommand ReadSeveral(Draw draw)
    {
        var (keys, count) = (draw.SomeStreams(), draw.Number(1, 5));
        var positions = Array.ConvertAll(keys, _ => draw.Position());
        StreamPlace[] places = [.. keys.Zip(positions, (key, position) => new StreamPlace(key, position.Value))];
        return Of(
            async keyspace => StreamText.Of(await keyspace.Streams.ReadAsync(places, count)), StreamText.Reads,
            ["XREAD", "COUNT", count, "STREAMS", .. Draw.Words(keys), .. positions.Select(position => position.Word)]);
    }

    private static ScriptCommand SetLastId(Draw draw)
    {
        var (key, id) = (draw.StreamKey(), draw.Id());
        if (id == StreamId.MaxValue && draw.Chance(90)) id = new StreamId(40);
        long? added = draw.Chance(30) ? draw.Number(0, 12) : null;
        StreamId? removed = draw.Chance(30) ? draw.Id() : null;
        KvValue[] words = [.. added is { } number ? new KvValue[] { "ENTRIESADDED", number } : [], .. removed is { } least ? new KvValue[] { "MAXDELETEDID", least } : []];
        return Of(
            async keyspace =>
            {
                // Redis looks at the two ids before it looks at the key.
                var type = await keyspace.Keys.GetTypeAsync(key);
                if (type != KeyType.Stream && removed > id) return "! id not greater";
                if (type == KeyType.None) return Answer.No;
                if (type == KeyType.Stream && await keyspace.Stream(key).GetInfoAsync() is { LastEntry: { } newest } info && newest.Id < info.LastId && id < info.LastId)
                    return Answer.No;
                await keyspace.Stream(key).SetLastIdAsync(id, added is null && removed is null ? null : new StreamCounters { EntriesAdded = added, MaxRemovedId = removed });
                return Answer.Yes;
            },
            Answer.YesNo, ["EVAL", SetLastIdScript, 1, Draw.Word(key), id, .. words]);
    }

    private static ScriptCommand GetInfo(Draw draw) => InfoOf(draw.StreamKey());

    private static ScriptCommand GetGroups(Draw draw) => GroupsOf(draw.StreamKey());

    private static ScriptCommand InfoOf(KvKey key) =>
        Of(async keyspace => StreamText.Of(await keyspace.Stream(key).GetInfoAsync()), StreamText.Info, "XINFO", "STREAM", Draw.Word(key));

    private static ScriptCommand GroupsOf(KvKey key) => Of(
        async keyspace => await keyspace.Keys.ExistsAsync(key)
            ? $"[{string.Join("; ", (await keyspace.Stream(key).GetGroupsAsync()).Select(StreamText.Of))}]"
            : Answer.No,
        StreamText.Groups, "XINFO", "GROUPS", Draw.Word(key));
}
