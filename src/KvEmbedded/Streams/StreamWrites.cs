using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>What several commands do to a stream in a turn, with what they report.</summary>
internal static class StreamWrites
{
    /// <summary>Removes the oldest entries.</summary>
    public static long Trim(Turn turn, EncodedKey key, StreamLog log, StreamTrim trim)
    {
        var removed = trim.References == StreamReferences.OnlyAcknowledged ? TrimAcknowledged(log, trim) : TrimAll(log, trim);
        if (removed > 0) turn.Changed(key, KeyEventKind.StreamTrimmed);
        return removed;
    }

    /// <summary>Removes one entry as it was asked for; true if it was there.</summary>
    public static StreamRemoval Remove(StreamLog log, StreamId id, StreamReferences references)
    {
        if (references == StreamReferences.OnlyAcknowledged && log.Contains(id) && log.IsReferenced(id)) return StreamRemoval.StillReferenced;
        if (references == StreamReferences.Remove) log.SettleEverywhere(id);
        return log.Remove(id) ? StreamRemoval.Removed : StreamRemoval.NotFound;
    }

    private static long TrimAll(StreamLog log, StreamTrim trim)
    {
        var first = log.FirstId;
        var removed = trim.CountMax is { } countMax
            ? log.TrimToCount(countMax, trim.IsApproximate, trim.Limit)
            : log.TrimToId(trim.IdMin, trim.IsApproximate, trim.Limit);
        if (removed == 0 || trim.References == StreamReferences.Keep) return removed;

        var end = log.Count > 0 ? log.FirstId : StreamId.MaxValue;
        foreach (var group in log.Groups)
        {
            for (var place = group.Pending.Find(first); !group.Pending.IsEnd(place) && group.Pending[place].Id < end; place = group.Pending.Find(first))
                log.Settle(group, group.Pending[place].Id);
        }

        return removed;
    }

    /// <summary>Removes the oldest entries that every group has read and acknowledged; entries in between stay.</summary>
    private static long TrimAcknowledged(StreamLog log, StreamTrim trim)
    {
        var ids = new List<StreamId>();
        var surplus = trim.CountMax is { } countMax ? Math.Max(0, log.Count - countMax) : long.MaxValue;
        var cursor = log.From(StreamId.MinValue);
        while (ids.Count < Math.Min(surplus, trim.Limit) && cursor.MoveNext() && (trim.CountMax is not null || cursor.Id < trim.IdMin))
        {
            if (!log.IsReferenced(cursor.Id)) ids.Add(cursor.Id);
        }

        foreach (var id in ids) log.Remove(id);
        return ids.Count;
    }
}
