using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

internal sealed partial class ConsumerGroupHandle
{
    public ValueTask<PendingSummary> GetPendingSummaryAsync(CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, name, static (turn, key, name) => Summary(turn, key, name), cancellationToken);

    public ValueTask<PendingEntry[]> GetPendingAsync(PendingQuery? query, CancellationToken cancellationToken)
    {
        query ??= new PendingQuery();
        return door.RunMeasuredAsync(
            key, (name, query, Consumer: query.Consumer?.ToArray()),
            static (turn, key, a) => Pending(turn, key, a.name, a.query, a.Consumer), cancellationToken);
    }

    /// <summary>What is pending, in short (XPENDING).</summary>
    private static PendingSummary Summary(Turn turn, EncodedKey key, byte[] name)
    {
        var group = Find(turn, key, name, out _);
        var pending = group.Pending;
        return pending.Count == 0
            ? new PendingSummary(0, null, null, [])
            : new PendingSummary(
                pending.Count, pending.First.Id, pending.Last.Id,
                [.. group.Consumers.Where(static consumer => consumer.Pending.Count > 0)
                    .Select(static consumer => new PendingConsumer(consumer.Name.ToArray(), consumer.Pending.Count))]);
    }

    /// <summary>What is pending, entry by entry (XPENDING with a range).</summary>
    private static PendingEntry[] Pending(Turn turn, EncodedKey key, byte[] name, PendingQuery query, byte[]? consumer)
    {
        var group = Find(turn, key, name, out _);
        if (!query.Range.TryGetEnds(out var first, out var last)) return [];
        var latest = Clock.Add(turn.Now, -query.MinIdle);
        var (entries, names) = (new List<PendingEntry>(), new Dictionary<int, KvValue>());
        if (consumer is null)
        {
            for (var place = group.Pending.Find(first); !group.Pending.IsEnd(place) && group.Pending[place].Id <= last; place = group.Pending.Next(place))
            {
                if (entries.Count == query.Count) break;
                AddIf(group.Pending[place]);
            }
        }
        else if (group.Find(consumer) is { } owner)
        {
            for (var place = owner.Pending.Find(first); !owner.Pending.IsEnd(place) && owner.Pending[place].Id <= last; place = owner.Pending.Next(place))
            {
                if (entries.Count == query.Count) break;
                group.Pending.TryFind(owner.Pending[place].Id, out var found);
                AddIf(group.Pending[found]);
            }
        }

        return [.. entries];

        void AddIf(PendingRecord record)
        {
            if (!record.IsReleased && record.DeliveredAt > latest) return;
            entries.Add(record.IsReleased
                ? new PendingEntry(record.Id, null, null, record.DeliveryCount)
                : new PendingEntry(record.Id, NameOf(record.Consumer), StreamReads.Since(turn, record.DeliveredAt), record.DeliveryCount));
        }

        KvValue NameOf(int number)
        {
            if (!names.TryGetValue(number, out var text)) names[number] = text = group[number]!.Name.ToArray();
            return text;
        }
    }
}
