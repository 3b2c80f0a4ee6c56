using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Streams;

/// <summary>A consumer group of the stream at one key of a server. Each family of commands has a file of its own.</summary>
internal sealed partial class RedisConsumerGroup(ServerDoor door, RedisKey key, byte[] name) : IConsumerGroup
{
    private const string NoKey = "requires the key to exist";

    public KvKey Key => ServerDoor.Whole(key);

    public KvValue Name => name.AsSpan().ToArray();

    public async ValueTask CreateAsync(StreamPosition from, GroupCreation? options, CancellationToken cancellationToken)
    {
        if (!await TryCreateAsync(from, options, cancellationToken).ConfigureAwait(false)) throw new GroupExistsException(Key, Name);
    }

    public ValueTask<bool> TryCreateAsync(StreamPosition from, GroupCreation? options, CancellationToken cancellationToken)
    {
        options ??= new GroupCreation();
        var command = new Command("XGROUP", KeyType.Stream) { "CREATE", key, Name, RequirePlace(from).ToString() };
        if (options.CreatesStream) command.Add("MKSTREAM");
        if (options.EntriesRead is { } read) command.Add(["ENTRIESREAD", StreamWords.Text(read)]);
        return door.RunAsync(command.MissingIf("BUSYGROUP").FailsIf(NoKey, () => new NoSuchStreamException(Key)), Reply.IsThere, cancellationToken);
    }

    public async ValueTask SetPositionAsync(StreamPosition from, long? entriesRead, CancellationToken cancellationToken)
    {
        if (entriesRead < 0) throw new ArgumentOutOfRangeException(nameof(entriesRead), entriesRead, "A number of entries must not be negative. Null is not known.");
        var command = Manage("SETID", RequirePlace(from).ToString());
        if (entriesRead is { } read) command.Add(["ENTRIESREAD", StreamWords.Text(read)]);
        await door.RunAsync(command, Reply.IsThere, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> DestroyAsync(CancellationToken cancellationToken) =>
        door.RunAsync(new Command("XGROUP", KeyType.Stream) { "DESTROY", key, Name }.MissingIf(NoKey), Reply.Flag, cancellationToken);

    public async ValueTask<ConsumerGroupInfo?> GetInfoAsync(CancellationToken cancellationToken)
    {
        var groups = await new RedisStream(door, key).GetGroupsAsync(cancellationToken).ConfigureAwait(false);
        return Array.Find(groups, group => group.Name == Name);
    }

    // Redis 7.0 does not tell since when a consumer has got nothing.
    public ValueTask<ConsumerInfo[]> GetConsumersAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            Failing(new Command("XINFO", KeyType.Stream) { "CONSUMERS", key, Name }).FailsIf("no such key", NoGroup),
            static answer => Reply.Each(answer, static consumer =>
            {
                var facts = StreamReply.Facts(consumer);
                return new ConsumerInfo(
                    Reply.Value(facts["name"]), (long)facts["pending"], TimeSpan.FromMilliseconds((long)facts["idle"]),
                    facts.TryGetValue("inactive", out var inactive) ? StreamReply.IdleOrNull(inactive) : null);
            }),
            cancellationToken);

    public ValueTask<bool> CreateConsumerAsync(KvValue consumer, CancellationToken cancellationToken) =>
        door.RunAsync(Manage("CREATECONSUMER", consumer), Reply.Flag, cancellationToken);

    public ValueTask<long> DeleteConsumerAsync(KvValue consumer, CancellationToken cancellationToken) =>
        door.RunAsync(Manage("DELCONSUMER", consumer), Reply.Integer, cancellationToken);

    private static StreamPosition RequirePlace(StreamPosition from) => from.Kind != StreamPositionKind.Newest
        ? from
        : throw new ArgumentException("A group begins at the beginning, behind an id, or with what is new. Read the newest entry by itself.", nameof(from));

    private static TimeSpan RequireIdle(TimeSpan minIdle) => minIdle >= TimeSpan.Zero
        ? minIdle
        : throw new ArgumentOutOfRangeException(nameof(minIdle), minIdle, "An idle time must not be negative. Zero asks for all.");

    private Command Manage(string subcommand, KvValue argument) =>
        Failing(new Command("XGROUP", KeyType.Stream) { subcommand, key, Name, argument }).FailsIf(NoKey, NoGroup);

    private Command Failing(Command command) => command.FailsIf("NOGROUP", NoGroup);

    private NoSuchGroupException NoGroup() => new(Key, Name);
}
