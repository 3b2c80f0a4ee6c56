using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

internal sealed partial class ConsumerGroupHandle
{
    // As in Redis, that something is acknowledged is no event: nobody waits for it.
    public ValueTask<bool> AcknowledgeAsync(StreamId id, CancellationToken cancellationToken) =>
        door.RunAsync(key, (name, id), static (turn, key, a) => Settle(turn, key, a.name, [a.id]) > 0, cancellationToken);

    public ValueTask<long> AcknowledgeAsync(IReadOnlyCollection<StreamId> ids, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (name, Ids: StreamHandle.Copy(ids)), static (turn, key, a) => Settle(turn, key, a.name, a.Ids), cancellationToken);

    public ValueTask<StreamRemoval[]> AcknowledgeAndRemoveAsync(
        IReadOnlyCollection<StreamId> ids, StreamReferences references, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (name, Ids: StreamHandle.Copy(ids), References: Require.Named(references)),
            static (turn, key, a) => AcknowledgeAndRemove(turn, key, a.name, a.Ids, a.References), cancellationToken);

    public ValueTask<long> ReleaseAsync(
        IReadOnlyCollection<StreamId> ids, ReleaseReason reason, long? deliveryCount, CancellationToken cancellationToken)
    {
        if (deliveryCount is { } count) ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(deliveryCount));
        return door.RunMeasuredAsync(
            key, (name, Ids: StreamHandle.Copy(ids), Reason: Require.Named(reason), deliveryCount),
            static (turn, key, a) => Release(turn, key, a.name, a.Ids, a.Reason, a.deliveryCount), cancellationToken);
    }

    /// <summary>Ends that entries are pending (XACK).</summary>
    private static long Settle(Turn turn, EncodedKey key, byte[] name, ReadOnlySpan<StreamId> ids)
    {
        var log = turn.FindToChange<StreamLog>(key);
        if (log?.FindGroup(name) is not { } group) return 0;
        long acknowledged = 0;
        foreach (var id in ids)
        {
            if (log.Settle(group, id)) acknowledged++;
        }

        return acknowledged;
    }

    /// <summary>Ends that entries are pending, and removes them (XACKDEL).</summary>
    private static StreamRemoval[] AcknowledgeAndRemove(Turn turn, EncodedKey key, byte[] name, StreamId[] ids, StreamReferences references)
    {
        var log = turn.FindToChange<StreamLog>(key);
        if (log?.FindGroup(name) is not { } group) return new StreamRemoval[ids.Length];
        var results = Array.ConvertAll(ids, id =>
        {
            if (!log.Settle(group, id))
            {
                if (references == StreamReferences.Remove && !log.Contains(id)) log.SettleEverywhere(id);
                return StreamRemoval.NotFound;
            }

            return StreamWrites.Remove(log, id, references);
        });
        if (results.Contains(StreamRemoval.Removed)) turn.Changed(key, KeyEventKind.StreamEntriesRemoved);
        return results;
    }

    /// <summary>Leaves entries pending with nobody (XNACK).</summary>
    private static long Release(Turn turn, EncodedKey key, byte[] name, StreamId[] ids, ReleaseReason reason, long? deliveryCount)
    {
        var group = FindToChange(turn, key, name, out var log);
        long released = 0;
        foreach (var id in ids)
        {
            if (!group.Pending.TryFind(id, out var place)) continue;
            var record = group.Pending[place];
            var count = deliveryCount ?? reason switch
            {
                ReleaseReason.NotTried => Math.Max(0, record.DeliveryCount - 1),
                ReleaseReason.Hopeless => long.MaxValue,
                _ => record.DeliveryCount,
            };
            log.SetPending(group, record with { Consumer = PendingRecord.Nobody, DeliveryCount = count });
            released++;
        }

        if (released > 0) turn.Changed(key, KeyEventKind.StreamEntriesReleased);
        return released;
    }
}
