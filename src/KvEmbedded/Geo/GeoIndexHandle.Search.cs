using KvEmbedded.Engine;
using KvEmbedded.SortedSets;

namespace KvEmbedded.Geo;

/// <remarks>
/// A search that meets many members goes on in the next turn, so that it does not hold the loop. If the set has changed
/// meanwhile it begins again, and the last attempt is one long turn: what is found was there at one moment.
/// </remarks>
internal sealed partial class GeoIndexHandle
{
    /// <summary>Most members looked at in one turn: some hundred microseconds.</summary>
    internal const int SliceLength = 4096;

    private const int SlicedAttempts = 3;

    public ValueTask<GeoMatch[]> SearchAsync(
        GeoPoint center, GeoArea area, GeoSearchOptions? options, CancellationToken cancellationToken) =>
        SearchAsync(new Question(center, default, area, GeoSearchOptions.Checked(options)), cancellationToken);

    public ValueTask<GeoMatch[]> SearchAsync(
        KvValue member, GeoArea area, GeoSearchOptions? options, CancellationToken cancellationToken) =>
        SearchAsync(new Question(null, member.ToMemory(), area, GeoSearchOptions.Checked(options)), cancellationToken);

    public ValueTask<long> StoreSearchAsync(
        KvKey destination, GeoPoint center, GeoArea area, GeoSearchOptions? options, CancellationToken cancellationToken) =>
        CountStoredAsync(StoreAsync(destination, new Question(center, default, area, GeoSearchOptions.Checked(options)), cancellationToken));

    public ValueTask<long?> StoreSearchAsync(
        KvKey destination, KvValue member, GeoArea area, GeoSearchOptions? options, CancellationToken cancellationToken) =>
        StoreAsync(destination, new Question(null, member.ToMemory(), area, GeoSearchOptions.Checked(options)), cancellationToken);

    private static async ValueTask<long> CountStoredAsync(ValueTask<long?> storing) => await storing.ConfigureAwait(false) ?? 0;

    private ValueTask<long?> StoreAsync(KvKey destination, Question question, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (Destination: door.Encode(destination), question), static (turn, key, a) => Store(turn, key, a.Destination, a.question),
            cancellationToken, nameof(StoreSearchAsync));

    private async ValueTask<GeoMatch[]> SearchAsync(Question question, CancellationToken cancellationToken)
    {
        var (search, hasEnded) = (default(GeoSearch), false);
        for (var attempt = 1; !hasEnded; cancellationToken = CancellationToken.None)
        {
            var budget = door.IsTransaction || attempt > SlicedAttempts ? int.MaxValue : SliceLength;
            var before = search;
            (search, hasEnded) = await door.RunMeasuredAsync(
                key, (question, search, budget), static (turn, key, a) => Advance(turn, key, a.question, a.search, a.budget),
                cancellationToken, nameof(SearchAsync)).ConfigureAwait(false);
            if (before is not null && !ReferenceEquals(search, before)) attempt++;
        }

        return search?.Matches() ?? [];
    }

    /// <summary>Begins a search, or goes on with it if the set is still the same (GEOSEARCH).</summary>
    private static (GeoSearch? Search, bool HasEnded) Advance(Turn turn, EncodedKey key, Question question, GeoSearch? search, int budget)
    {
        var set = turn.Find<SortedSetTree>(key);
        if (search?.IsIn(set) != true) search = set is null ? null : Begin(set, question);
        return (search, search?.Advance(budget) != false);
    }

    /// <summary>A search that has not looked at anything yet; null if there is no such member to look from.</summary>
    private static GeoSearch? Begin(SortedSetTree set, Question question)
    {
        if (question.Center is { } center) return new GeoSearch(set, center, question.Area, question.Options);
        return set.TryGetScore(question.Member.Span, out var score)
            ? new GeoSearch(set, Geohash.Decode(Geohash.OfScore(score)), question.Area, question.Options)
            : null;
    }

    /// <summary>Stores what a search finds at another key (GEOSEARCHSTORE); null if there is no such member to look from.</summary>
    private static long? Store(Turn turn, EncodedKey key, EncodedKey destination, Question question)
    {
        var result = new SortedSetTree();
        if (turn.Find<SortedSetTree>(key) is { } set)
        {
            if (Begin(set, question) is not { } search) return null;
            search.Advance(int.MaxValue);
            foreach (var match in search.Matches())
            {
                // The score itself, which may be none that GEOADD would write.
                var member = match.Member.ToMemory().Span;
                set.TryGetScore(member, out var score);
                result.Put(member, question.Options.StoresDistances ? match.Distance : score);
            }
        }

        return SortedSetWrites.Store(turn, destination, result);
    }

    /// <summary>What is asked; the centre is null where it is a member.</summary>
    private sealed record Question(GeoPoint? Center, ReadOnlyMemory<byte> Member, GeoArea Area, GeoSearchOptions Options);
}
