using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

internal sealed partial class ListHandle
{
    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => (long)(turn.Find<ListDeque>(key)?.Count ?? 0), cancellationToken);

    public ValueTask<KvValue?> GetAsync(Index index, CancellationToken cancellationToken) =>
        door.RunAsync(key, index, static (turn, key, index) => Get(turn, key, index), cancellationToken);

    public async ValueTask<KvValue[]> GetRangeAsync(Range range, CancellationToken cancellationToken)
    {
        var reading = new RangeReading(range);
        await ReadAsync(reading, nameof(GetRangeAsync), cancellationToken).ConfigureAwait(false);
        return reading.Elements;
    }

    public ValueTask<long?> IndexOfAsync(KvValue element, ListSearch? search, CancellationToken cancellationToken) =>
        FirstAsync(new SearchReading(element.ToMemory(), 1, Checked(search)), cancellationToken);

    public ValueTask<long[]> IndexesOfAsync(
        KvValue element, long countMax, ListSearch? search, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        return AllAsync(new SearchReading(element.ToMemory(), countMax, Checked(search)), cancellationToken);
    }

    private async ValueTask<long?> FirstAsync(SearchReading reading, CancellationToken cancellationToken)
    {
        await ReadAsync(reading, nameof(IndexOfAsync), cancellationToken).ConfigureAwait(false);
        return reading.Indexes.Count == 0 ? null : reading.Indexes[0];
    }

    private async ValueTask<long[]> AllAsync(SearchReading reading, CancellationToken cancellationToken)
    {
        await ReadAsync(reading, nameof(IndexesOfAsync), cancellationToken).ConfigureAwait(false);
        return [.. reading.Indexes];
    }

    /// <summary>Reads in as many turns as it takes; a transaction is one turn anyway.</summary>
    private async ValueTask ReadAsync(ListReading reading, string name, CancellationToken cancellationToken)
    {
        while (!await door.RunMeasuredAsync(
            key, (reading, MayStop: !door.IsTransaction),
            static (turn, key, a) => a.reading.Read(turn.Find<ListDeque>(key), a.MayStop), cancellationToken, name).ConfigureAwait(false))
        {
            // It has started.
            reading.Prepare();
            cancellationToken = CancellationToken.None;
        }
    }

    /// <summary>The element at an index (LINDEX).</summary>
    private static KvValue? Get(Turn turn, EncodedKey key, Index index)
    {
        if (turn.Find<ListDeque>(key) is not { } list) return null;
        var offset = ListReads.Offset(index, list.Count);
        return (uint)offset < (uint)list.Count ? (KvValue)list.ElementAt(offset).ToArray() : (KvValue?)null;
    }

    private static ListSearch Checked(ListSearch? search)
    {
        if (search is null) return Whole;
        Require.Named(search.From);
        return search;
    }

    private static readonly ListSearch Whole = new();
}
