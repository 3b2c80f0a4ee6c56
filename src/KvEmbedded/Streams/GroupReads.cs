using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>Reading as a consumer of a group, in a turn.</summary>
internal static class GroupReads
{
    /// <summary>The consumer of a name, who is there from now on.</summary>
    public static StreamConsumer Join(Turn turn, EncodedKey key, StreamLog log, StreamGroup group, ReadOnlySpan<byte> name)
    {
        if (group.Find(name) is { } present) return present;
        var consumer = log.AddConsumer(group, name, turn.Now);
        turn.Changed(key, KeyEventKind.StreamConsumerCreated);
        return consumer;
    }

    /// <summary>Delivers entries that are new to the group (XREADGROUP with &gt;).</summary>
    public static StreamEntry[] ReadNew(
        Turn turn, EncodedKey key, StreamLog log, StreamGroup group, ReadOnlySpan<byte> name, int countMax, Acknowledge acknowledge)
    {
        var consumer = Join(turn, key, log, group, name);
        var now = turn.Now;
        var (entries, count, state, reader) = (Array.Empty<StreamEntry>(), 0, group.State, default(EntryReader));
        if (state.LastId < log.LastId)
        {
            var cursor = log.After(state.LastId, group.Place);
            while (count < countMax && cursor.MoveNext())
            {
                state = log.AfterReading(state, cursor.Id);
                if (acknowledge == Acknowledge.Later) log.SetPending(group, new PendingRecord(cursor.Id, now, 1, consumer.Number));
                StreamReads.Add(ref entries, ref count, countMax, reader.Read(cursor));
            }

            if (count > 0)
            {
                log.MoveGroup(group, state);
                group.Place = cursor.Place;
            }
        }

        log.SetTimes(group, consumer, new ConsumerTimes(now, count > 0 ? now : consumer.Times.Active));
        return StreamReads.Cut(entries, count);
    }

    /// <summary>Delivers again what is pending with a consumer (XREADGROUP with an id).</summary>
    public static StreamEntry[] ReadPending(
        Turn turn, StreamLog log, StreamGroup group, StreamConsumer consumer, StreamId after, int countMax)
    {
        var now = turn.Now;
        log.SetTimes(group, consumer, consumer.Times with { Seen = now });
        if (after == StreamId.MaxValue) return [];
        var (entries, count) = (Array.Empty<StreamEntry>(), 0);
        for (var place = consumer.Pending.Find(after.Next); count < countMax && !consumer.Pending.IsEnd(place); place = consumer.Pending.Next(place))
        {
            var id = consumer.Pending[place].Id;
            var entry = StreamReads.Get(log, id);
            if (entry is not null) Redeliver(log, group, id, consumer.Number, now);
            StreamReads.Add(ref entries, ref count, countMax, entry ?? new StreamEntry(id, []));
        }

        if (count > 0) log.SetTimes(group, consumer, new ConsumerTimes(now, now));
        return StreamReads.Cut(entries, count);
    }

    /// <summary>Takes over what is idle, the longest idle first, then delivers what is new (XREADGROUP with CLAIM).</summary>
    /// <param name="nextAt">When the next pending entry will be idle for long enough; never if none is pending.</param>
    public static StreamDelivery[] ReadOrClaim(
        Turn turn, EncodedKey key, StreamLog log, StreamGroup group, ReadOnlySpan<byte> name, TimeSpan minIdle, int countMax, out long nextAt)
    {
        var consumer = Join(turn, key, log, group, name);
        var now = turn.Now;
        var deliveries = new List<StreamDelivery>();
        var idlest = FindIdle(group, now, minIdle, out nextAt);
        while (deliveries.Count < countMax && idlest.TryDequeue(out var record, out _))
        {
            // What is not in the stream any more cannot be delivered: it ends to be pending.
            if (StreamReads.Get(log, record.Id) is not { } entry)
            {
                log.Settle(group, record.Id);
                continue;
            }

            Redeliver(log, group, record.Id, consumer.Number, now);
            TimeSpan? idle = record.IsReleased ? null : StreamReads.Since(turn, record.DeliveredAt);
            deliveries.Add(new StreamDelivery(entry, idle, record.DeliveryCount));
        }

        log.SetTimes(group, consumer, new ConsumerTimes(now, deliveries.Count > 0 ? now : consumer.Times.Active));
        if (deliveries.Count < countMax)
        {
            foreach (var entry in ReadNew(turn, key, log, group, name, countMax - deliveries.Count, Acknowledge.Later))
                deliveries.Add(new StreamDelivery(entry, null, 0));
        }

        return [.. deliveries];
    }

    /// <summary>Notes that a pending entry was delivered once more.</summary>
    public static void Redeliver(StreamLog log, StreamGroup group, StreamId id, int consumer, long now)
    {
        group.Pending.TryFind(id, out var place);
        var record = group.Pending[place];
        log.SetPending(group, record with
        {
            DeliveredAt = now,
            DeliveryCount = record.DeliveryCount == long.MaxValue ? long.MaxValue : record.DeliveryCount + 1,
            Consumer = consumer,
        });
    }

    /// <summary>What has been idle for long enough: the longest idle first, and before them what nobody has; of equals the smaller id.</summary>
    private static PriorityQueue<PendingRecord, (long Since, StreamId Id)> FindIdle(
        StreamGroup group, long now, TimeSpan minIdle, out long nextAt)
    {
        nextAt = Clock.Never;
        var latest = Clock.Add(now, -minIdle);
        var idle = new List<(PendingRecord Record, (long Since, StreamId Id) Order)>();
        for (var place = group.Pending.Start; !group.Pending.IsEnd(place); place = group.Pending.Next(place))
        {
            ref var record = ref group.Pending[place];
            if (record.IsReleased || record.DeliveredAt <= latest) idle.Add((record, (record.IsReleased ? long.MinValue : record.DeliveredAt, record.Id)));
            else nextAt = Math.Min(nextAt, Clock.Add(record.DeliveredAt, minIdle));
        }

        // Made of all at once: O(p), and O(log p) for each that is taken out.
        return new PriorityQueue<PendingRecord, (long Since, StreamId Id)>(idle);
    }
}
