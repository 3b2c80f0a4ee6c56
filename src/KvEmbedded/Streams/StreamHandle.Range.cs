using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <remarks>
/// A range of many entries is read a slice in each turn, so that it does not hold the loop. What is added meanwhile lies above
/// the end that the first turn has found; if something was removed, the reading begins again, and the last attempt is one long
/// turn. So what is returned was there at one moment, all of it.
/// </remarks>
internal sealed partial class StreamHandle
{
    /// <summary>Most entries read in one turn: some hundred microseconds.</summary>
    internal const int SliceLength = 2048;

    private const int SlicedAttempts = 3;
    private const int PageSizeMax = 10_000;

    public ValueTask<StreamEntry[]> GetRangeAsync(StreamRange range, Order order, long take, CancellationToken cancellationToken)
    {
        Require.Named(order);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        if (!range.TryGetEnds(out var first, out var last)) (first, last, take) = (default, default, 0);
        var reading = new RangeReading(first, last, order, take);
        return take <= SliceLength || door.IsTransaction
            ? door.RunMeasuredAsync(key, reading, static (turn, key, reading) => ReadWhole(turn, key, reading), cancellationToken)
            : ReadSlicesAsync(reading, cancellationToken);
    }

    public async IAsyncEnumerable<StreamEntry> ScanAsync(
        StreamRange range, Order order, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Require.Named(order);
        RequirePageSize(pageSize);
        while (true)
        {
            var take = range.TryGetEnds(out var first, out var last) ? pageSize : 0;
            var page = await door.RunMeasuredAsync(
                key, new RangeReading(first, last, order, take), static (turn, key, reading) => ReadWhole(turn, key, reading),
                cancellationToken, nameof(ScanAsync)).ConfigureAwait(false);
            foreach (var entry in page) yield return entry;
            if (page.Length < pageSize) yield break;
            range = order == Order.Ascending ? StreamRange.Above(page[^1].Id).AndUpTo(last) : StreamRange.From(first).AndBelow(page[^1].Id);
        }
    }

    public ValueTask<StreamEntry?> GetAsync(StreamId id, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, id, static (turn, key, id) => turn.Find<StreamLog>(key) is { } log ? StreamReads.Get(log, id) : null, cancellationToken);

    private static void RequirePageSize(int pageSize)
    {
        if (pageSize is < 1 or > PageSizeMax)
            throw new ArgumentOutOfRangeException(nameof(pageSize), pageSize, $"A page must have 1 to {PageSizeMax} entries. Choose a size in this range.");
    }

    private async ValueTask<StreamEntry[]> ReadSlicesAsync(RangeReading reading, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= SlicedAttempts; attempt++)
        {
            var (slice, entries, isRead) = (new RangeSlice(null, 0, reading, false), new List<StreamEntry>(), true);
            while (isRead && !slice.IsLast)
            {
                var next = await door.RunMeasuredAsync(
                    key, (slice, entries), static (turn, key, a) => ReadSlice(turn, key, a.slice, a.entries), cancellationToken,
                    nameof(GetRangeAsync)).ConfigureAwait(false);
                cancellationToken = CancellationToken.None;
                isRead = next is not null;
                if (next is { } following) slice = following;
            }

            if (isRead) return [.. entries];
        }

        return await door.RunMeasuredAsync(
            key, reading, static (turn, key, reading) => ReadWhole(turn, key, reading), CancellationToken.None, nameof(GetRangeAsync)).ConfigureAwait(false);
    }

    /// <summary>Reads the entries of an interval (XRANGE, XREVRANGE).</summary>
    private static StreamEntry[] ReadWhole(Turn turn, EncodedKey key, RangeReading reading)
    {
        if (turn.Find<StreamLog>(key) is not { } log || reading.Take == 0) return [];
        var entries = new List<StreamEntry>();
        StreamReads.Read(log, reading.First, reading.Last, reading.Order, reading.Take, entries);
        return [.. entries];
    }

    /// <summary>Reads the next slice; null if something was removed since the first.</summary>
    private static RangeSlice? ReadSlice(Turn turn, EncodedKey key, RangeSlice slice, List<StreamEntry> entries)
    {
        var (log, left) = (slice.Log, slice.Left);
        if (log is null)
        {
            log = turn.Find<StreamLog>(key);
            if (log is null) return slice with { IsLast = true };
            if (log.LastId < left.Last) left = left with { Last = log.LastId };
            slice = slice with { Log = log, Removals = log.Removals, Left = left };
        }
        else if (!turn.TryFind(key, out var location) || !ReferenceEquals(location.Entry?.Value, log) || log.Removals != slice.Removals)
        {
            return null;
        }

        var before = entries.Count;
        StreamReads.Read(log, left.First, left.Last, left.Order, Math.Min(left.Take, SliceLength), entries);
        var read = entries.Count - before;
        left = left with { Take = left.Take - read };
        if (read < SliceLength || left.Take == 0) return slice with { IsLast = true };

        var id = entries[^1].Id;
        if (id == (left.Order == Order.Ascending ? left.Last : left.First)) return slice with { IsLast = true };
        return slice with { Left = left.Order == Order.Ascending ? left with { First = id.Next } : left with { Last = id.Previous } };
    }

    /// <summary>An interval with its ends, which way to read it, and how many entries at most.</summary>
    private readonly record struct RangeReading(StreamId First, StreamId Last, Order Order, long Take);

    /// <summary>
    /// How far a reading has come. Outside a turn the log is only a name, which says whether the key still holds this one.
    /// </summary>
    private readonly record struct RangeSlice(StreamLog? Log, long Removals, RangeReading Left, bool IsLast);
}
