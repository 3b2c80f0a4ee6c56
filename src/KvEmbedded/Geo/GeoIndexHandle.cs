using KvEmbedded.Engine;
using KvEmbedded.Keys;
using KvEmbedded.SortedSets;

namespace KvEmbedded.Geo;

/// <summary>The index of places at one key: a sorted set, read in another way.</summary>
internal sealed partial class GeoIndexHandle(Door door, EncodedKey key) : KeyHandle(door, key), IGeoIndex
{
    private readonly SortedSetHandle scores = new(door, key);

    public ValueTask<bool> AddAsync(KvValue member, GeoPoint position, SetWhen when, CancellationToken cancellationToken) =>
        scores.AddAsync(member, Geohash.Encode(position), Condition(when), cancellationToken);

    public ValueTask<long> AddAsync(
        IReadOnlyCollection<GeoEntry> entries, SetWhen when, AddCount count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return scores.AddAsync(
            [.. entries.Select(static entry => new SortedSetEntry(entry.Member, Geohash.Encode(entry.Position)))], Condition(when), count,
            cancellationToken);
    }

    public ValueTask<bool> RemoveAsync(KvValue member, CancellationToken cancellationToken) =>
        scores.RemoveAsync(member, cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        scores.RemoveAsync(members, cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => scores.CountAsync(cancellationToken);

    public async ValueTask<GeoPoint?> GetPositionAsync(KvValue member, CancellationToken cancellationToken) =>
        PositionOf(await scores.GetScoreAsync(member, cancellationToken).ConfigureAwait(false));

    public async ValueTask<GeoPoint?[]> GetPositionsAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        [.. (await scores.GetScoresAsync(members, cancellationToken).ConfigureAwait(false)).Select(PositionOf)];

    public ValueTask<double?> GetDistanceAsync(KvValue member, KvValue other, GeoUnit unit, CancellationToken cancellationToken)
    {
        Require.Named(unit);
        return door.RunAsync(
            key, (Member: member.ToMemory(), Other: other.ToMemory(), unit),
            static (turn, key, a) => Distance(turn, key, a.Member.Span, a.Other.Span, a.unit), cancellationToken);
    }

    public async ValueTask<string?> GetHashAsync(KvValue member, CancellationToken cancellationToken) =>
        TextOf(await scores.GetScoreAsync(member, cancellationToken).ConfigureAwait(false));

    public async ValueTask<string?[]> GetHashesAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        [.. (await scores.GetScoresAsync(members, cancellationToken).ConfigureAwait(false)).Select(TextOf)];

    private static AddWhen Condition(SetWhen when) => Require.Named(when) switch
    {
        SetWhen.Missing => AddWhen.Missing,
        SetWhen.Present => AddWhen.Present,
        _ => AddWhen.Always,
    };

    private static GeoPoint? PositionOf(double? score) => score is { } present ? Geohash.Decode(Geohash.OfScore(present)) : null;

    private static string? TextOf(double? score) => score is { } present ? Geohash.Text(Geohash.OfScore(present)) : null;

    /// <summary>How far two members are from each other (GEODIST).</summary>
    private static double? Distance(Turn turn, EncodedKey key, ReadOnlySpan<byte> member, ReadOnlySpan<byte> other, GeoUnit unit)
    {
        if (turn.Find<SortedSetTree>(key) is not { } set) return null;
        if (!set.TryGetScore(member, out var from) || !set.TryGetScore(other, out var to)) return null;
        return Sphere.Distance(Geohash.Decode(Geohash.OfScore(from)), Geohash.Decode(Geohash.OfScore(to))) / Sphere.MetersIn(unit);
    }
}
