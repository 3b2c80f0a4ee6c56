using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>Streams at several keys.</summary>
internal sealed class StreamsHandle(Door door) : IStreams
{
    public ValueTask<StreamRead[]> ReadAsync(
        IReadOnlyCollection<StreamPlace> places, int count, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(places);
        return ReadAsync([.. places.Select(static place => place.Key)], [.. places.Select(static place => place.After)], count, waitingTime, cancellationToken);
    }

    public async IAsyncEnumerable<StreamRead> FollowAsync(
        IReadOnlyCollection<StreamPlace> places, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        KvKey[] keys = [.. places.Select(static place => place.Key)];
        if (keys.Distinct().Count() < keys.Length) throw new ArgumentException("A stream can be followed from one place only.", nameof(places));
        StreamPosition[] after = [.. places.Select(static place => place.After)];
        while (true)
        {
            // The places are looked up in there, once and for all.
            var reads = await ReadAsync(keys, after, pageSize, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            if (reads.Length == 0) yield break;
            foreach (var read in reads)
            {
                yield return read;
                after[Array.IndexOf(keys, read.Key)] = read.Entries[^1].Id;
            }
        }
    }

    public ValueTask<StreamRead[]> ReadGroupAsync(
        IReadOnlyCollection<KvKey> keys, KvValue group, KvValue consumer, GroupReadOptions? options, CancellationToken cancellationToken)
    {
        options ??= new GroupReadOptions();
        return door.RunBlockingAsync(
            door.Encode(keys), (door, Group: group.ToArray(), Consumer: consumer.ToArray(), options),
            static (Turn turn, EncodedKey[] keys, (Door Door, byte[] Group, byte[] Consumer, GroupReadOptions Options) a, out StreamRead[] result) =>
                (result = ReadGroup(turn, a.Door, keys, a.Group, a.Consumer, a.Options)).Length > 0,
            [], options.WaitingTime, cancellationToken, untilKeyGoes: true);
    }

    private ValueTask<StreamRead[]> ReadAsync(
        KvKey[] keys, StreamPosition[] after, int count, TimeSpan waitingTime, CancellationToken cancellationToken) =>
        door.RunBlockingAsync(
            door.Encode(keys), (door, Places: new ReadPlaces(after), count),
            static (Turn turn, EncodedKey[] keys, (Door Door, ReadPlaces Places, int Count) a, out StreamRead[] result) =>
            {
                a.Places.Resolve(turn, keys);
                return (result = Read(turn, a.Door, keys, a.Places, a.Count)).Length > 0;
            },
            [], Require.WaitingTime(waitingTime), cancellationToken);

    /// <summary>The entries behind a place in each of several streams (XREAD).</summary>
    private static StreamRead[] Read(Turn turn, Door door, EncodedKey[] keys, ReadPlaces places, int count)
    {
        var reads = new List<StreamRead>(keys.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            if (turn.FindAwaited<StreamLog>(keys[i]) is not { } log) continue;
            var entries = StreamReads.ReadAfter(log, places[i], count);
            if (entries.Length > 0) reads.Add(new StreamRead(door.Decode(keys[i].Bytes), entries));
        }

        return [.. reads];
    }

    /// <summary>Entries of several streams that are new to their groups (XREADGROUP).</summary>
    private static StreamRead[] ReadGroup(
        Turn turn, Door door, EncodedKey[] keys, byte[] group, byte[] consumer, GroupReadOptions options)
    {
        // All of them before the first is read: who gets an error has got nothing else.
        foreach (var key in keys) ConsumerGroupHandle.Find(turn, key, group, out _);
        var reads = new List<StreamRead>(keys.Length);
        foreach (var key in keys)
        {
            var found = ConsumerGroupHandle.FindToChange(turn, key, group, out var log);
            var entries = GroupReads.ReadNew(turn, key, log, found, consumer, options.Count, options.Acknowledge);
            if (entries.Length > 0) reads.Add(new StreamRead(door.Decode(key.Bytes), entries));
        }

        return [.. reads];
    }
}
