using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Streams;

/// <summary>The stream at one key of a server. Each family of commands has a file of its own.</summary>
internal sealed partial class RedisStream(ServerDoor door, RedisKey key) : RedisHandle(door, key), IStream
{
    public IConsumerGroup Group(KvValue name) => new RedisConsumerGroup(door, key, name.ToArray());

    public ValueTask<StreamId> AddAsync(KvValue name, KvValue value, CancellationToken cancellationToken) =>
        AddAsync([new StreamField(name, value)], cancellationToken);

    public ValueTask<StreamId> AddAsync(IReadOnlyCollection<StreamField> fields, CancellationToken cancellationToken) =>
        door.RunAsync(Add(fields, new StreamAddOptions()), StreamReply.Id, cancellationToken);

    public ValueTask<StreamId?> AddAsync(
        IReadOnlyCollection<StreamField> fields, StreamAddOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return door.RunAsync(Add(fields, options), StreamReply.IdOrNull, cancellationToken);
    }

    public ValueTask<long> TrimAsync(StreamTrim trim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trim);
        return door.RunAsync(new Command("XTRIM", KeyType.Stream) { key, StreamWords.Of(trim) }, Reply.Integer, cancellationToken);
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => door.RunAsync(Of("XLEN"), Reply.Integer, cancellationToken);

    public ValueTask<bool> RemoveAsync(StreamId id, CancellationToken cancellationToken) =>
        door.RunAsync(Remove([id]), Reply.Flag, cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyCollection<StreamId> ids, CancellationToken cancellationToken) =>
        door.RunAsync(Remove(ids), Reply.Integer, cancellationToken);

    // XDELEX is of Redis 8.2; what XDEL does for one id it does for several, one by one, in every version.
    public ValueTask<StreamRemoval[]> RemoveAsync(
        IReadOnlyCollection<StreamId> ids, StreamReferences references, CancellationToken cancellationToken)
    {
        var words = StreamWords.Of(ids);
        return Require.Named(references) == StreamReferences.Keep
            ? door.RunTogetherAsync(
                [.. ids.Select(id => Remove([id]))],
                static answers => Array.ConvertAll(answers, static answer => Reply.Flag(answer) ? StreamRemoval.Removed : StreamRemoval.NotFound),
                cancellationToken)
            : door.RunAsync(
                new Command("XDELEX", KeyType.Stream) { key, StreamWords.Of(references), "IDS", words.Length, words },
                static answer => Reply.Each(answer, static said => StreamWords.Removal((long)said)), cancellationToken);
    }

    public async ValueTask SetLastIdAsync(StreamId lastId, StreamCounters? counters, CancellationToken cancellationToken)
    {
        var command = new Command("XSETID", KeyType.Stream) { key, lastId.ToString() };
        if (counters?.EntriesAdded is { } added) command.Add(["ENTRIESADDED", StreamWords.Text(added)]);
        if (counters?.MaxRemovedId is { } removed) command.Add(["MAXDELETEDID", removed.ToString()]);
        command.FailsIf("no such key", () => new NoSuchStreamException(Key))
            .FailsIf("smaller than the target stream length", async door => new StreamCounterException(Key, counters?.EntriesAdded ?? 0, await CountAsync(CancellationToken.None).ConfigureAwait(false)))
            .FailsIf("smaller than", door => NotGreaterAsync(lastId));
        await door.RunAsync(command, Reply.IsThere, cancellationToken).ConfigureAwait(false);
    }

    private Command Add(IReadOnlyCollection<StreamField> fields, StreamAddOptions options)
    {
        Require.Some(fields, "field");
        var command = new Command("XADD", KeyType.Stream) { key };
        if (!options.CreatesStream) command.Add("NOMKSTREAM");
        command.Add(StreamWords.Of(options.Trim));
        command.Add(StreamWords.Of(options.Id));
        foreach (var (name, value) in fields)
        {
            command.Add(name);
            command.Add(value);
        }

        // What Redis 7.0 says of a millisecond whose numbers are used up.
        if (options.Id.Kind == NewStreamIdKind.InMillisecond) command.FailsIf("Elements are too large", door => NotGreaterAsync(options.Id.Id));
        return command.FailsIf("equal or smaller", door => NotGreaterAsync(options.Id.Id))
            .FailsIf("exhausted the last possible", () => new StreamIdExhaustedException(Key));
    }

    private Command Remove(IReadOnlyCollection<StreamId> ids) => new("XDEL", KeyType.Stream) { key, StreamWords.Of(ids) };

    /// <summary>The server says that an id is too small, not which one it has: this asks for it afterwards.</summary>
    private async ValueTask<Exception> NotGreaterAsync(StreamId id) =>
        new StreamIdNotGreaterException(Key, id, (await GetInfoAsync(CancellationToken.None).ConfigureAwait(false))?.LastId ?? StreamId.MinValue);

    private Command Of(string name) => new(name, KeyType.Stream) { key };
}
