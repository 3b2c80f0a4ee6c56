namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="IConsumerGroup"/>.</summary>
internal static class GroupCommands
{
    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        Create, Create, Create, TryCreate, SetPosition, Destroy, GetConsumers, CreateConsumer, DeleteConsumer, Read, Read, Read, Read, ReadSeveral,
        ReadPending, ReadPending, Acknowledge, AcknowledgeMany, GetSummary, GetPending, Claim, Claim, Claim, ClaimIds, AutoClaim, AutoClaim, AutoClaimIds, GetInfo,
    ];

    // Since Redis 7.2 a consumer is there from its first attempt on; 7.0 creates it with its first entry.
    private const string JoiningScript =
        """
        local reply = redis.call(unpack(ARGV))
        for _, key in ipairs(KEYS) do redis.call('XGROUP', 'CREATECONSUMER', key, GROUP, CONSUMER) end
        return reply
        """;

    public static ScriptCommand ConsumersOf(KvKey key, string group) => StreamCommands.Of(
        async keyspace => await keyspace.Keys.ExistsAsync(key)
            ? $"[{string.Join("; ", (await keyspace.Stream(key).Group(group).GetConsumersAsync()).Select(StreamText.Of))}]"
            : Answer.No,
        StreamText.Consumers, "XINFO", "CONSUMERS", Draw.Word(key), group);

    public static ScriptCommand PendingOf(KvKey key, string group) => StreamCommands.Of(
        async keyspace => Text(await keyspace.Stream(key).Group(group).GetPendingAsync(new PendingQuery { Count = 1_000 })),
        StreamText.Pending, "XPENDING", Draw.Word(key), group, "-", "+", 1_000);

    private static string Text(IEnumerable<PendingEntry> entries) => $"[{string.Join("; ", entries.Select(StreamText.Of))}]";

    private static ScriptCommand Create(Draw draw)
    {
        var (key, group, (from, word), creates) = (draw.StreamKey(), draw.Group(), draw.Position(), draw.Chance(60));
        long? read = draw.Chance(25) ? draw.Number(0, 10) : null;
        return StreamCommands.Of(
            async keyspace =>
            {
                await keyspace.Stream(key).Group(group).CreateAsync(from, new GroupCreation { CreatesStream = creates, EntriesRead = read });
                return Answer.Yes;
            },
            Answer.YesNo, ["XGROUP", "CREATE", Draw.Word(key), group, word, .. Flag(creates, "MKSTREAM"), .. EntriesRead(read)]);
    }

    private static ScriptCommand TryCreate(Draw draw)
    {
        var (key, group, (from, word)) = (draw.StreamKey(), draw.Group(), draw.Position());
        return StreamCommands.Of(
            async keyspace => await keyspace.Stream(key).Group(group).TryCreateAsync(from) ? Answer.Yes : "! group exists",
            Answer.YesNo, "XGROUP", "CREATE", Draw.Word(key), group, word, "MKSTREAM");
    }

    private static ScriptCommand SetPosition(Draw draw)
    {
        var (key, group, (from, word)) = (draw.StreamKey(), draw.Group(), draw.Position());
        long? read = draw.Chance(25) ? draw.Number(0, 10) : null;
        return StreamCommands.Of(
            async keyspace =>
            {
                await keyspace.Stream(key).Group(group).SetPositionAsync(from, read);
                return Answer.Yes;
            },
            Answer.YesNo, ["XGROUP", "SETID", Draw.Word(key), group, word, .. EntriesRead(read)]);
    }

    private static ScriptCommand Destroy(Draw draw)
    {
        var (key, group) = (draw.StreamKey(), draw.Group());
        return StreamCommands.Of(
            async keyspace =>
                await keyspace.Stream(key).Group(group).DestroyAsync() ? Answer.Yes : await keyspace.Keys.ExistsAsync(key) ? Answer.No : "! missing",
            Answer.YesNo, "XGROUP", "DESTROY", Draw.Word(key), group);
    }

    private static ScriptCommand GetConsumers(Draw draw) => ConsumersOf(draw.StreamKey(), draw.Group());

    private static ScriptCommand GetInfo(Draw draw)
    {
        var (key, group) = (draw.StreamKey(), draw.Group());
        return StreamCommands.Of(
            async keyspace =>
                await keyspace.Stream(key).Group(group).GetInfoAsync() is { } info ? StreamText.Of(info) : await keyspace.Keys.ExistsAsync(key) ? Answer.Nil : Answer.No,
            reply => StreamText.Groups(reply)[1..^1].Split("; ").FirstOrDefault(text => text.StartsWith($"'{group}'", StringComparison.Ordinal)) ?? Answer.Nil,
            "XINFO", "GROUPS", Draw.Word(key));
    }

    private static ScriptCommand CreateConsumer(Draw draw)
    {
        var (key, group, consumer) = (draw.StreamKey(), draw.Group(), draw.Consumer());
        return ScriptCommand.Of(
            keyspace => keyspace.Stream(key).Group(group).CreateConsumerAsync(consumer), Answer.YesNo, "XGROUP", "CREATECONSUMER", Draw.Word(key), group, consumer);
    }

    private static ScriptCommand DeleteConsumer(Draw draw)
    {
        var (key, group, consumer) = (draw.StreamKey(), draw.Group(), draw.Consumer());
        return ScriptCommand.Of(
            keyspace => keyspace.Stream(key).Group(group).DeleteConsumerAsync(consumer), Answer.Plain, "XGROUP", "DELCONSUMER", Draw.Word(key), group, consumer);
    }

    private static ScriptCommand Read(Draw draw)
    {
        var (key, group, consumer, count, acknowledge) = (draw.StreamKey(), draw.Group(), draw.Consumer(), draw.Number(1, 5), draw.Any<Acknowledge>());
        return StreamCommands.Of(
            async keyspace => StreamText.Of(await keyspace.Stream(key).Group(group).ReadAsync(consumer, count, acknowledge: acknowledge)), StreamText.OneRead,
            Joining([key], group, consumer, ["XREADGROUP", "GROUP", group, consumer, "COUNT", count, .. Flag(acknowledge == KvEmbedded.Acknowledge.OnRead, "NOACK"), "STREAMS", Draw.Word(key), ">"]));
    }

    private static ScriptCommand ReadSeveral(Draw draw)
    {
        var (keys, group, consumer, count) = (draw.SomeStreams(), draw.Group(), draw.Consumer(), draw.Number(1, 5));
        return StreamCommands.Of(
            async keyspace => StreamText.Of(await keyspace.Streams.ReadGroupAsync(keys, group, consumer, new GroupReadOptions { Count = count })), StreamText.Reads,
            Joining(keys, group, consumer, ["XREADGROUP", "GROUP", group, consumer, "COUNT", count, "STREAMS", .. Draw.Words(keys), .. keys.Select(_ => (KvValue)">")]));
    }

    private static ScriptCommand ReadPending(Draw draw)
    {
        var (key, group, consumer, count) = (draw.StreamKey(), draw.Group(), draw.Consumer(), draw.Number(1, 5));
        var after = draw.Chance(50) ? StreamId.MinValue : draw.Id();

        // Redis takes the greatest id of all for ">", which is another command here.
        if (after == StreamId.MaxValue) after = StreamId.MinValue;
        return StreamCommands.Of(
            async keyspace => StreamText.Of(await keyspace.Stream(key).Group(group).ReadPendingAsync(consumer, after, count)), StreamText.OneRead,
            "XREADGROUP", "GROUP", group, consumer, "COUNT", count, "STREAMS", Draw.Word(key), after);
    }

    private static ScriptCommand Acknowledge(Draw draw)
    {
        var (key, group, id) = (draw.StreamKey(), draw.Group(), draw.Id());
        return ScriptCommand.Of(keyspace => keyspace.Stream(key).Group(group).AcknowledgeAsync(id), Answer.YesNo, "XACK", Draw.Word(key), group, id);
    }

    private static ScriptCommand AcknowledgeMany(Draw draw)
    {
        var (key, group, ids) = (draw.StreamKey(), draw.Group(), draw.Ids());
        return ScriptCommand.Of(
            keyspace => keyspace.Stream(key).Group(group).AcknowledgeAsync(ids), Answer.Plain, ["XACK", Draw.Word(key), group, .. Words(ids)]);
    }

    private static ScriptCommand GetSummary(Draw draw)
    {
        var (key, group) = (draw.StreamKey(), draw.Group());
        return StreamCommands.Of(
            async keyspace => StreamText.Of(await keyspace.Stream(key).Group(group).GetPendingSummaryAsync()), StreamText.Summary, "XPENDING", Draw.Word(key), group);
    }

    private static ScriptCommand GetPending(Draw draw)
    {
        var (key, group, (range, low, high), count, idle) = (draw.StreamKey(), draw.Group(), draw.StreamRange(), draw.Number(1, 5), draw.Idle());
        var consumer = draw.Chance(50) ? draw.Consumer() : null;
        var query = new PendingQuery { Range = range, Count = count, MinIdle = idle, Consumer = consumer is null ? (KvValue?)null : consumer };
        return StreamCommands.Of(
            async keyspace => Text(await keyspace.Stream(key).Group(group).GetPendingAsync(query)), StreamText.Pending,
            ["XPENDING", Draw.Word(key), group, .. idle > TimeSpan.Zero ? new KvValue[] { "IDLE", (long)idle.TotalMilliseconds } : [], low, high, count, .. consumer is null ? [] : new KvValue[] { consumer }]);
    }

    private static ScriptCommand Claim(Draw draw)
    {
        var (key, group, consumer, ids, idle, (options, words)) = (draw.StreamKey(), draw.Group(), draw.Consumer(), draw.Ids(), draw.Idle(), Options(draw));
        return StreamCommands.Of(
            async keyspace => StreamText.Of(await keyspace.Stream(key).Group(group).ClaimAsync(consumer, ids, idle, options)), StreamText.Entries,
            Joining([key], group, consumer, ["XCLAIM", Draw.Word(key), group, consumer, (long)idle.TotalMilliseconds, .. Words(ids), .. words]));
    }

    private static ScriptCommand ClaimIds(Draw draw)
    {
        var (key, group, consumer, ids, idle, (options, words)) = (draw.StreamKey(), draw.Group(), draw.Consumer(), draw.Ids(), draw.Idle(), Options(draw));
        return StreamCommands.Of(
            async keyspace => StreamText.Of(await keyspace.Stream(key).Group(group).ClaimIdsAsync(consumer, ids, idle, options)), StreamText.Ids,
            Joining([key], group, consumer, ["XCLAIM", Draw.Word(key), group, consumer, (long)idle.TotalMilliseconds, .. Words(ids), .. words, "JUSTID"]));
    }

    private static ScriptCommand AutoClaim(Draw draw)
    {
        var (key, group, consumer, idle, count, start) = (draw.StreamKey(), draw.Group(), draw.Consumer(), draw.Idle(), draw.Number(1, 4), draw.Chance(60) ? default : draw.Id());
        return StreamCommands.Of(
            async keyspace => StreamText.Of(await keyspace.Stream(key).Group(group).AutoClaimAsync(consumer, idle, start, count)), StreamText.Claimed,
            Joining([key], group, consumer, ["XAUTOCLAIM", Draw.Word(key), group, consumer, (long)idle.TotalMilliseconds, start, "COUNT", count]));
    }

    private static ScriptCommand AutoClaimIds(Draw draw)
    {
        var (key, group, consumer, idle, count, start) = (draw.StreamKey(), draw.Group(), draw.Consumer(), draw.Idle(), draw.Number(1, 4), draw.Chance(60) ? default : draw.Id());
        return StreamCommands.Of(
            async keyspace => StreamText.Of(await keyspace.Stream(key).Group(group).AutoClaimIdsAsync(consumer, idle, start, count)), StreamText.ClaimedIds,
            Joining([key], group, consumer, ["XAUTOCLAIM", Draw.Word(key), group, consumer, (long)idle.TotalMilliseconds, start, "COUNT", count, "JUSTID"]));
    }

    private static (ClaimOptions? Value, KvValue[] Words) Options(Draw draw)
    {
        if (draw.Chance(30)) return (null, []);
        var idle = draw.Chance(50) ? TimeSpan.FromHours(1) : (TimeSpan?)null;
        long? deliveries = draw.Chance(30) ? draw.Number(0, 7) : null;
        StreamId? last = draw.Chance(20) ? draw.Id() : null;
        var force = draw.Chance(40);
        return (
            new ClaimOptions { Idle = idle, DeliveryCount = deliveries, Force = force, LastDeliveredId = last },
            [
                .. idle is { } time ? new KvValue[] { "IDLE", (long)time.TotalMilliseconds } : [], .. deliveries is { } count ? new KvValue[] { "RETRYCOUNT", count } : [],
                .. Flag(force, "FORCE"), .. last is { } id ? new KvValue[] { "LASTID", id } : [],
            ]);
    }

    /// <summary>A command that a consumer comes into being with.</summary>
    private static KvValue[] Joining(KvKey[] keys, string group, string consumer, KvValue[] words) =>
    [
        "EVAL", JoiningScript.Replace("GROUP,", $"'{group}',", StringComparison.Ordinal).Replace("CONSUMER)", $"'{consumer}')", StringComparison.Ordinal),
        keys.Length, .. Draw.Words(keys), .. words,
    ];

    private static KvValue[] Words(IEnumerable<StreamId> ids) => [.. ids.Select(id => (KvValue)id)];

    private static KvValue[] Flag(bool isSet, string word) => isSet ? [word] : [];

    private static KvValue[] EntriesRead(long? count) => count is { } number ? ["ENTRIESREAD", number] : [];
}
