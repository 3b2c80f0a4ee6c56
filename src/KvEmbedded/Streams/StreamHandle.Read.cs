using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

internal sealed partial class StreamHandle
{
    public ValueTask<StreamEntry[]> ReadAsync(
        StreamPosition after, int count, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Require.WaitingTime(waitingTime);
        return waitingTime == TimeSpan.Zero
            ? door.RunMeasuredAsync(key, (after, count), static (turn, key, a) => Read(turn, key, a.after, a.count), cancellationToken)
            : door.RunBlockingAsync(
                OwnKey, (Places: new ReadPlaces([after]), count),
                static (Turn turn, EncodedKey[] keys, (ReadPlaces Places, int Count) a, out StreamEntry[] result) =>
                {
                    a.Places.Resolve(turn, keys);
                    return (result = Read(turn, keys[0], a.Places[0], a.Count)).Length > 0;
                },
                [], waitingTime, cancellationToken);
    }

    public async IAsyncEnumerable<StreamEntry> FollowAsync(
        StreamPosition after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        while (true)
        {
            var page = await ReadAsync(after, pageSize, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            if (page.Length == 0) yield break;
            foreach (var entry in page) yield return entry;
            after = page[^1].Id;
        }
    }

    public ValueTask<StreamInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            key, 0, static (turn, key, _) => turn.Find<StreamLog>(key) is { } log ? StreamReads.InfoOf(log) : null, cancellationToken);

    public ValueTask<ConsumerGroupInfo[]> GetGroupsAsync(CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, 0, static (turn, key, _) => Groups(turn, key), cancellationToken);

    /// <summary>The entries behind a place (XREAD).</summary>
    internal static StreamEntry[] Read(Turn turn, EncodedKey key, StreamPosition after, int count) =>
        turn.FindAwaited<StreamLog>(key) is { } log ? StreamReads.ReadAfter(log, StreamReads.Resolve(log, after), count) : [];

    /// <summary>What is known of the groups (XINFO GROUPS).</summary>
    private static ConsumerGroupInfo[] Groups(Turn turn, EncodedKey key) =>
        turn.Find<StreamLog>(key) is { } log ? [.. log.Groups.Select(group => StreamReads.InfoOf(log, group))] : [];
}

/// <summary>Where to read on in some streams; places that are named by what is in a stream are looked up once.</summary>
internal sealed class ReadPlaces(StreamPosition[] places)
{
    private bool isResolved;

    /// <summary>The id behind which to read, once it is resolved.</summary>
    public StreamId this[int stream] => places[stream].Id;

    /// <summary>In the first run: looks the places up, and at what all the keys hold.</summary>
    /// <exception cref="WrongTypeException">One of them holds another data type.</exception>
    public void Resolve(Turn turn, EncodedKey[] keys)
    {
        if (isResolved) return;
        for (var i = 0; i < places.Length; i++) places[i] = StreamReads.Resolve(turn.Find<StreamLog>(keys[i]), places[i]);
        isResolved = true;
    }
}
