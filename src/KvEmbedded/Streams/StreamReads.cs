using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>Reading entries out of a stream, in a turn: what goes out is a copy.</summary>
internal static class StreamReads
{
    private const int FirstRoom = 8;

    /// <summary>Appends the entries of an interval to a list: as many as there are, and at most so many.</summary>
    public static void Read(StreamLog log, StreamId first, StreamId last, Order order, long countMax, List<StreamEntry> entries)
    {
        var reader = default(EntryReader);
        if (order == Order.Ascending)
        {
            var cursor = log.From(first);
            for (; countMax > 0 && cursor.MoveNext() && cursor.Id <= last; countMax--) entries.Add(reader.Read(cursor));
        }
        else
        {
            var cursor = log.Down(last);
            for (; countMax > 0 && cursor.MoveNext() && cursor.Id >= first; countMax--) entries.Add(reader.Read(cursor));
        }
    }

    /// <summary>The entries behind an id.</summary>
    public static StreamEntry[] ReadAfter(StreamLog log, StreamId after, int countMax)
    {
        if (after >= log.LastId) return [];
        var (cursor, reader, entries, count) = (log.After(after), default(EntryReader), Array.Empty<StreamEntry>(), 0);
        while (count < countMax && cursor.MoveNext()) Add(ref entries, ref count, countMax, reader.Read(cursor));
        return Cut(entries, count);
    }

    /// <summary>The entry of an id; null if there is none.</summary>
    public static StreamEntry? Get(StreamLog log, StreamId id)
    {
        var (cursor, reader) = (log.From(id), default(EntryReader));
        return cursor.MoveNext() && cursor.Id == id ? reader.Read(cursor) : null;
    }

    /// <summary>The id behind which reading begins.</summary>
    public static StreamId Resolve(StreamLog? log, StreamPosition position) => position.Kind switch
    {
        StreamPositionKind.After => position.Id,
        StreamPositionKind.Newest when log is { Count: > 0 } => log.Newest().Id.Previous,
        _ => log?.LastId ?? StreamId.MinValue,
    };

    /// <summary>Adds to an array that grows as it is needed.</summary>
    public static void Add<T>(ref T[] items, ref int count, int countMax, T item)
    {
        if (count == items.Length) Array.Resize(ref items, Math.Min(countMax, Math.Max(FirstRoom, (int)Math.Min(int.MaxValue / 2L, items.Length * 2L))));
        items[count++] = item;
    }

    /// <summary>An array of just as many.</summary>
    public static T[] Cut<T>(T[] items, int count)
    {
        if (count < items.Length) Array.Resize(ref items, count);
        return items;
    }

    public static StreamInfo InfoOf(StreamLog log)
    {
        var reader = default(EntryReader);
        return new StreamInfo
        {
            Count = log.Count,
            LastId = log.LastId,
            MaxRemovedId = log.Header.MaxRemovedId,
            EntriesAdded = log.Header.EntriesAdded,
            GroupCount = log.Groups.Count,
            FirstEntry = log.Count > 0 ? Get(log, log.FirstId) : null,
            LastEntry = log.Count > 0 ? reader.Read(log.Newest()) : null,
        };
    }

    public static ConsumerGroupInfo InfoOf(StreamLog log, StreamGroup group) => new()
    {
        Name = group.Name.ToArray(),
        ConsumerCount = group.Consumers.Count,
        PendingCount = group.Pending.Count,
        LastDeliveredId = group.State.LastId,
        EntriesRead = group.State.EntriesRead == StreamGroup.Unknown ? null : group.State.EntriesRead,
        Lag = log.LagOf(group),
    };

    /// <summary>How long a moment is ago.</summary>
    public static TimeSpan Since(Turn turn, long moment) => TimeSpan.FromTicks((long)Int128.Clamp((Int128)turn.Now - moment, 0, long.MaxValue));
}
