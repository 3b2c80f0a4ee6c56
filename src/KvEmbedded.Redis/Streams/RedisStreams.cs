using System.Runtime.CompilerServices;
using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Streams;

/// <summary>Reads of several streams of a server. Waiting: see <see cref="ServerDoor.PollAsync"/>.</summary>
internal sealed class RedisStreams(ServerDoor door) : IStreams
{
    public async ValueTask<StreamRead[]> ReadAsync(
        IReadOnlyCollection<StreamPlace> places, int count, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(places);
        Require.WaitingTime(waitingTime);
        var keys = door.Encode([.. places.Select(static place => place.Key)], nameof(places));
        var after = new List<string>(keys.Length);
        foreach (var (key, place) in keys.Zip(places))
            after.Add((await RedisStream.ResolveAsync(door, key, place.After, cancellationToken).ConfigureAwait(false)).ToString());
        return await PollAsync(
            () => new Command("XREAD", KeyType.Stream) { "COUNT", count, "STREAMS", keys, after.ToArray() }, waitingTime, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<StreamRead> FollowAsync(
        IReadOnlyCollection<StreamPlace> places, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(places);
        StreamPlace[] next = [.. places];
        if (next.DistinctBy(static place => place.Key).Count() < next.Length)
            throw new ArgumentException("A stream can be followed from one place only.", nameof(places));
        for (var i = 0; i < next.Length; i++)
            next[i] = next[i] with { After = await RedisStream.ResolveAsync(door, door.Encode(next[i].Key), next[i].After, cancellationToken).ConfigureAwait(false) };
        while (true)
        {
            foreach (var read in await ReadAsync(next, pageSize, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))
            {
                yield return read;
                next[Array.FindIndex(next, place => place.Key == read.Key)] = new StreamPlace(read.Key, read.Entries[^1].Id);
            }
        }
    }

    public ValueTask<StreamRead[]> ReadGroupAsync(
        IReadOnlyCollection<KvKey> keys, KvValue group, KvValue consumer, GroupReadOptions? options, CancellationToken cancellationToken)
    {
        options ??= new GroupReadOptions();
        var encoded = door.Encode(keys);
        string[] noAcknowledgement = options.Acknowledge == Acknowledge.OnRead ? ["NOACK"] : [];
        return PollAsync(
            () => new Command("XREADGROUP", KeyType.Stream)
            {
                "GROUP", group, consumer, "COUNT", options.Count, noAcknowledgement, "STREAMS", encoded, encoded.Select(static _ => ">").ToArray(),
            }.FailsIf("NOGROUP", door => LackingAsync(door, encoded, group)),
            options.WaitingTime, cancellationToken);
    }

    /// <summary>Which stream has not the group; the first stands for it if all have it meanwhile.</summary>
    private static async ValueTask<Exception> LackingAsync(ServerDoor door, RedisKey[] keys, KvValue group)
    {
        foreach (var key in keys)
        {
            var groups = await new RedisStream(door, key).GetGroupsAsync(CancellationToken.None).ConfigureAwait(false);
            if (!Array.Exists(groups, one => one.Name == group)) return new NoSuchGroupException(ServerDoor.Whole(key), group);
        }

        return new NoSuchGroupException(ServerDoor.Whole(keys[0]), group);
    }

    private ValueTask<StreamRead[]> PollAsync(Func<Command> command, TimeSpan waitingTime, CancellationToken cancellationToken) =>
        door.PollAsync(
            token => door.RunAsync(
                command(), answer => Reply.Pairs(answer, (key, entries) => new StreamRead(door.Decode(key), StreamReply.Entries(entries)))
                    .Where(static read => read.Entries.Length > 0).ToArray(), token),
            static reads => reads.Length > 0, waitingTime, cancellationToken);
}
