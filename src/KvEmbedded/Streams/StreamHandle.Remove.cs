using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

internal sealed partial class StreamHandle
{
    public ValueTask<long> TrimAsync(StreamTrim trim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trim);
        Require.Named(trim.References, nameof(trim));
        return door.RunMeasuredAsync(key, trim, static (turn, key, trim) => Trim(turn, key, trim), cancellationToken);
    }

    public ValueTask<bool> RemoveAsync(StreamId id, CancellationToken cancellationToken) =>
        door.RunAsync(key, id, static (turn, key, id) => Remove(turn, key, [id]) > 0, cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyCollection<StreamId> ids, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, Copy(ids), static (turn, key, ids) => Remove(turn, key, ids), cancellationToken);

    public ValueTask<StreamRemoval[]> RemoveAsync(
        IReadOnlyCollection<StreamId> ids, StreamReferences references, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (Ids: Copy(ids), References: Require.Named(references)),
            static (turn, key, a) => Remove(turn, key, a.Ids, a.References), cancellationToken);

    public async ValueTask SetLastIdAsync(StreamId lastId, StreamCounters? counters, CancellationToken cancellationToken) =>
        await door.RunAsync(key, (lastId, counters), static (turn, key, a) => SetLastId(turn, key, a.lastId, a.counters), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Removes the oldest entries (XTRIM).</summary>
    private static long Trim(Turn turn, EncodedKey key, StreamTrim trim) =>
        turn.FindToChange<StreamLog>(key) is { } log ? StreamWrites.Trim(turn, key, log, trim) : 0;

    /// <summary>Removes entries (XDEL).</summary>
    private static long Remove(Turn turn, EncodedKey key, ReadOnlySpan<StreamId> ids)
    {
        if (turn.FindToChange<StreamLog>(key) is not { } log) return 0;
        long removed = 0;
        foreach (var id in ids)
        {
            if (log.Remove(id)) removed++;
        }

        if (removed > 0) turn.Changed(key, KeyEventKind.StreamEntriesRemoved);
        return removed;
    }

    /// <summary>Removes entries, minding the groups (XDELEX).</summary>
    private static StreamRemoval[] Remove(Turn turn, EncodedKey key, StreamId[] ids, StreamReferences references)
    {
        if (turn.FindToChange<StreamLog>(key) is not { } log) return new StreamRemoval[ids.Length];
        var results = Array.ConvertAll(ids, id => StreamWrites.Remove(log, id, references));
        if (results.Contains(StreamRemoval.Removed)) turn.Changed(key, KeyEventKind.StreamEntriesRemoved);
        return results;
    }

    /// <summary>Sets what a stream remembers of entries that may be gone (XSETID).</summary>
    private static bool SetLastId(Turn turn, EncodedKey key, StreamId lastId, StreamCounters? counters)
    {
        var log = turn.FindToChange<StreamLog>(key) ?? throw new NoSuchStreamException(key.Bytes);
        var header = log.Header;
        var maxRemoved = counters?.MaxRemovedId is { } given && given != StreamId.MinValue ? given : header.MaxRemovedId;
        var least = log.Count > 0 ? log.Newest().Id : StreamId.MinValue;
        if (counters?.MaxRemovedId > least) least = maxRemoved;
        if (lastId < least) throw new StreamIdNotGreaterException(key.Bytes, lastId, least);
        if (counters?.EntriesAdded is { } added && added < log.Count) throw new StreamCounterException(key.Bytes, added, log.Count);

        log.SetHeader(new StreamHeader(lastId, counters?.EntriesAdded ?? header.EntriesAdded, maxRemoved));
        turn.Changed(key, KeyEventKind.StreamIdSet);
        return true;
    }
}
