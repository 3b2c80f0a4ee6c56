using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

internal sealed partial class ConsumerGroupHandle
{
    public async ValueTask CreateAsync(StreamPosition from, GroupCreation? options, CancellationToken cancellationToken)
    {
        if (!await TryCreateAsync(from, options, cancellationToken).ConfigureAwait(false)) throw new GroupExistsException(key.Bytes, Name);
    }

    public ValueTask<bool> TryCreateAsync(StreamPosition from, GroupCreation? options, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, (name, From: RequirePlace(from), options ?? new GroupCreation()),
            static (turn, key, a) => TryCreate(turn, key, a.name, a.From, a.Item3), cancellationToken);

    public async ValueTask SetPositionAsync(StreamPosition from, long? entriesRead, CancellationToken cancellationToken)
    {
        if (entriesRead < 0) throw new ArgumentOutOfRangeException(nameof(entriesRead), entriesRead, "A number of entries must not be negative. Null is not known.");
        await door.RunAsync(
            key, (name, From: RequirePlace(from), entriesRead), static (turn, key, a) => SetPosition(turn, key, a.name, a.From, a.entriesRead),
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> DestroyAsync(CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, name, static (turn, key, name) => Destroy(turn, key, name), cancellationToken);

    public ValueTask<ConsumerGroupInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, name, static (turn, key, name) => Info(turn, key, name), cancellationToken);

    public ValueTask<ConsumerInfo[]> GetConsumersAsync(CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, name, static (turn, key, name) => Consumers(turn, key, name), cancellationToken);

    public ValueTask<bool> CreateConsumerAsync(KvValue consumer, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, (name, Consumer: consumer.ToMemory()), static (turn, key, a) => CreateConsumer(turn, key, a.name, a.Consumer.Span), cancellationToken);

    public ValueTask<long> DeleteConsumerAsync(KvValue consumer, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (name, Consumer: consumer.ToMemory()), static (turn, key, a) => DeleteConsumer(turn, key, a.name, a.Consumer.Span), cancellationToken);

    private static StreamPosition RequirePlace(StreamPosition from) => from.Kind != StreamPositionKind.Newest
        ? from
        : throw new ArgumentException("A group begins at the beginning, behind an id, or with what is new. Read the newest entry by itself.", nameof(from));

    /// <summary>Creates a group (XGROUP CREATE).</summary>
    private static bool TryCreate(Turn turn, EncodedKey key, byte[] name, StreamPosition from, GroupCreation options)
    {
        var log = turn.FindToChange<StreamLog>(key);
        if (log?.FindGroup(name) is not null) return false;
        if (log is null && !options.CreatesStream) throw new NoSuchStreamException(key.Bytes);

        turn.RequireMemory(key, StreamGroup.BytesOf(name));
        log ??= turn.FindOrCreate<StreamLog>(key);
        log.AddGroup(name, new GroupState(StreamReads.Resolve(log, from), options.EntriesRead ?? StreamGroup.Unknown));
        turn.Changed(key, KeyEventKind.StreamGroupCreated);
        return true;
    }

    /// <summary>Sets up to where a group has read (XGROUP SETID).</summary>
    private static bool SetPosition(Turn turn, EncodedKey key, byte[] name, StreamPosition from, long? entriesRead)
    {
        var group = FindToChange(turn, key, name, out var log);
        log.MoveGroup(group, new GroupState(StreamReads.Resolve(log, from), entriesRead ?? StreamGroup.Unknown));
        turn.Changed(key, KeyEventKind.StreamGroupMoved);
        return true;
    }

    /// <summary>Removes a group (XGROUP DESTROY).</summary>
    private static bool Destroy(Turn turn, EncodedKey key, byte[] name)
    {
        var log = turn.FindToChange<StreamLog>(key);
        if (log?.FindGroup(name) is not { } group) return false;
        log.RemoveGroup(group);
        turn.Changed(key, KeyEventKind.StreamGroupDestroyed);
        return true;
    }

    private static ConsumerGroupInfo? Info(Turn turn, EncodedKey key, byte[] name)
    {
        var log = turn.Find<StreamLog>(key);
        return log?.FindGroup(name) is { } group ? StreamReads.InfoOf(log, group) : null;
    }

    /// <summary>What is known of the consumers (XINFO CONSUMERS).</summary>
    private static ConsumerInfo[] Consumers(Turn turn, EncodedKey key, byte[] name) =>
    [
        .. Find(turn, key, name, out _).Consumers.Select(consumer => new ConsumerInfo(
            consumer.Name.ToArray(), consumer.Pending.Count, StreamReads.Since(turn, consumer.Times.Seen),
            consumer.Times.Active == ConsumerTimes.Never ? null : StreamReads.Since(turn, consumer.Times.Active))),
    ];

    /// <summary>Creates a consumer (XGROUP CREATECONSUMER).</summary>
    private static bool CreateConsumer(Turn turn, EncodedKey key, byte[] name, ReadOnlySpan<byte> consumer)
    {
        var group = FindToChange(turn, key, name, out var log);
        if (group.Find(consumer) is not null) return false;
        turn.RequireMemory(key, StreamConsumer.BytesOf(consumer));
        GroupReads.Join(turn, key, log, group, consumer);
        return true;
    }

    /// <summary>Removes a consumer (XGROUP DELCONSUMER).</summary>
    private static long DeleteConsumer(Turn turn, EncodedKey key, byte[] name, ReadOnlySpan<byte> consumer)
    {
        var group = FindToChange(turn, key, name, out var log);
        if (group.Find(consumer) is not { } found) return 0;
        var pending = log.RemoveConsumer(group, found);
        turn.Changed(key, KeyEventKind.StreamConsumerDeleted);
        return pending;
    }
}
