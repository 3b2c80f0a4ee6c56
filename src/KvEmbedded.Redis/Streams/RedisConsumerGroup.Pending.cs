using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Streams;

internal sealed partial class RedisConsumerGroup
{
    // XACKDEL, one by one, as Redis 8.2 has it.
    private static readonly Script AcknowledgeAndRemoveScript = new(
        "XACKDEL",
        """
        local results = {}
        for i = 2, #ARGV do
          local acknowledged = redis.call('XACK', KEYS[1], ARGV[1], ARGV[i])
          results[#results + 1] = acknowledged == 1 and redis.call('XDEL', KEYS[1], ARGV[i]) == 1 and 1 or -1
        end
        return results
        """);

    public ValueTask<bool> AcknowledgeAsync(StreamId id, CancellationToken cancellationToken) =>
        door.RunAsync(new Command("XACK", KeyType.Stream) { key, Name, id.ToString() }, Reply.Flag, cancellationToken);

    public ValueTask<long> AcknowledgeAsync(IReadOnlyCollection<StreamId> ids, CancellationToken cancellationToken) =>
        door.RunAsync(new Command("XACK", KeyType.Stream) { key, Name, StreamWords.Of(ids) }, Reply.Integer, cancellationToken);

    public ValueTask<StreamRemoval[]> AcknowledgeAndRemoveAsync(
        IReadOnlyCollection<StreamId> ids, StreamReferences references, CancellationToken cancellationToken)
    {
        var words = StreamWords.Of(ids);
        return door.RunAsync(
            Require.Named(references) == StreamReferences.Keep
                ? new Command(AcknowledgeAndRemoveScript, KeyType.Stream, key) { Name, words }
                : new Command("XACKDEL", KeyType.Stream) { key, Name, StreamWords.Of(references), "IDS", words.Length, words },
            static answer => Reply.Each(answer, static said => StreamWords.Removal((long)said)), cancellationToken);
    }

    public ValueTask<long> ReleaseAsync(
        IReadOnlyCollection<StreamId> ids, ReleaseReason reason, long? deliveryCount, CancellationToken cancellationToken)
    {
        if (deliveryCount is { } count) ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(deliveryCount));
        var words = StreamWords.Of(ids);
        var mode = Require.Named(reason) switch { ReleaseReason.NotTried => "SILENT", ReleaseReason.Hopeless => "FATAL", _ => "FAIL" };
        string[] retryCount = deliveryCount is { } given ? ["RETRYCOUNT", StreamWords.Text(given)] : [];
        return door.RunAsync(
            Failing(new Command("XNACK", KeyType.Stream) { key, Name, mode, "IDS", words.Length, words, retryCount }), Reply.Integer, cancellationToken);
    }

    public ValueTask<PendingSummary> GetPendingSummaryAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            Failing(new Command("XPENDING", KeyType.Stream) { key, Name }),
            static answer => new PendingSummary(
                (long)answer[0], StreamReply.IdOrNull(answer[1]), StreamReply.IdOrNull(answer[2]),
                Reply.Each(answer[3], static consumer => new PendingConsumer(Reply.Value(consumer[0]), (long)consumer[1]))),
            cancellationToken);

    public ValueTask<PendingEntry[]> GetPendingAsync(PendingQuery? query, CancellationToken cancellationToken)
    {
        query ??= new PendingQuery();
        var (first, last) = StreamWords.Of(query.Range);
        var command = new Command("XPENDING", KeyType.Stream) { key, Name };
        if (query.MinIdle > TimeSpan.Zero) command.Add(["IDLE", StreamWords.Text(ServerTime.Milliseconds(query.MinIdle))]);
        command.Add([first, last, StreamWords.Text(query.Count)]);
        if (query.Consumer is { } consumer) command.Add(consumer);
        return door.RunAsync(Failing(command), static answer => Reply.Each(answer, Pending), cancellationToken);
    }

    public ValueTask<StreamEntry[]> ClaimAsync(
        KvValue consumer, IReadOnlyCollection<StreamId> ids, TimeSpan minIdle, ClaimOptions? options, CancellationToken cancellationToken) =>
        door.RunAsync(Claim(consumer, ids, minIdle, options), StreamReply.Entries, cancellationToken);

    public ValueTask<StreamId[]> ClaimIdsAsync(
        KvValue consumer, IReadOnlyCollection<StreamId> ids, TimeSpan minIdle, ClaimOptions? options, CancellationToken cancellationToken)
    {
        var command = Claim(consumer, ids, minIdle, options);
        command.Add("JUSTID");
        return door.RunAsync(command, StreamReply.Ids, cancellationToken);
    }

    public ValueTask<AutoClaim> AutoClaimAsync(
        KvValue consumer, TimeSpan minIdle, StreamId start, int count, CancellationToken cancellationToken) =>
        door.RunAsync(
            AutoClaim(consumer, minIdle, start, count),
            static answer => new AutoClaim(StreamReply.Id(answer[0]), StreamReply.Entries(answer[1]), StreamReply.Ids(answer[2])), cancellationToken);

    public ValueTask<AutoClaimIds> AutoClaimIdsAsync(
        KvValue consumer, TimeSpan minIdle, StreamId start, int count, CancellationToken cancellationToken)
    {
        var command = AutoClaim(consumer, minIdle, start, count);
        command.Add("JUSTID");
        return door.RunAsync(
            command, static answer => new AutoClaimIds(StreamReply.Id(answer[0]), StreamReply.Ids(answer[1]), StreamReply.Ids(answer[2])), cancellationToken);
    }

    private static PendingEntry Pending(RedisResult answer)
    {
        var idle = StreamReply.IdleOrNull(answer[2]);
        return new PendingEntry(StreamReply.Id(answer[0]), idle is null ? (KvValue?)null : Reply.Value(answer[1]), idle, (long)answer[3]);
    }

    private Command Claim(KvValue consumer, IReadOnlyCollection<StreamId> ids, TimeSpan minIdle, ClaimOptions? options)
    {
        var command = new Command("XCLAIM", KeyType.Stream) { key, Name, consumer, ServerTime.Milliseconds(RequireIdle(minIdle)), StreamWords.Of(ids) };
        if (options is { Idle: not null, DeliveredAt: not null })
            throw new ArgumentException("Idle and DeliveredAt say the same thing in two ways. Set one of them.", nameof(options));
        if (options is { Idle.Ticks: < 0 } or { DeliveryCount: < 0 })
            throw new ArgumentOutOfRangeException(nameof(options), options, "Neither an idle time nor a count of deliveries may be negative.");
        if (options?.Idle is { } idle) command.Add(["IDLE", StreamWords.Text(ServerTime.Milliseconds(idle))]);
        if (options?.DeliveredAt is { } moment) command.Add(["TIME", StreamWords.Text(ServerTime.Milliseconds(moment))]);
        if (options?.DeliveryCount is { } count) command.Add(["RETRYCOUNT", StreamWords.Text(count)]);
        if (options is { Force: true }) command.Add("FORCE");
        if (options?.LastDeliveredId is { } last) command.Add(["LASTID", last.ToString()]);
        return Failing(command);
    }

    private Command AutoClaim(KvValue consumer, TimeSpan minIdle, StreamId start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Failing(new Command("XAUTOCLAIM", KeyType.Stream)
        {
            key, Name, consumer, ServerTime.Milliseconds(RequireIdle(minIdle)), start.ToString(), "COUNT", count,
        });
    }
}
