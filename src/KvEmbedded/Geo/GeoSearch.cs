using KvEmbedded.Records;
using KvEmbedded.SortedSets;

namespace KvEmbedded.Geo;

/// <summary>
/// One search on its way through a sorted set, which must stay the same until it has ended: it looks at a bounded number of
/// members at a time, keeps those that are in the area, and of these only as many as can still be among the first.
/// </summary>
internal sealed class GeoSearch
{
    private const int FewMembers = 128;

    private readonly GeoArea area;
    private readonly GeoSearchOptions options;
    private readonly GeoPoint center;
    private readonly SortedSetTree set;
    private readonly long version;
    private readonly List<(ulong Start, ulong End)> cover;
    private readonly List<GeoMatch> matches = [];
    private MemberCopies copies;

    // The interval of the cover that is read, and the next rank in it; none if it has not been begun.
    private int interval;
    private int? next;

    // Members at least this far, or at most, cannot be among the first any more.
    private double? cutOff;

    public GeoSearch(SortedSetTree set, GeoPoint center, GeoArea area, GeoSearchOptions options)
    {
        this.set = set;
        this.center = center;
        this.area = area;
        this.options = options;
        version = set.Version;

        // Of a few members each is looked at: that is less work than finding out which ones to.
        cover = set.Count <= FewMembers ? [(0, ulong.MaxValue)] : GeoCover.Of(center, area);
    }

    private GeoOrder Wanted => options is { CountMax: not null, AnyWillDo: false, Order: GeoOrder.None } ? GeoOrder.Nearest : options.Order;

    /// <summary>True if this is the set that the search was begun in, and it has not changed.</summary>
    public bool IsIn(SortedSetTree? other) => ReferenceEquals(set, other) && set.Version == version;

    /// <summary>Looks at so many more members. True if there are no more.</summary>
    public bool Advance(int budget)
    {
        for (; interval < cover.Count; interval++, next = null)
        {
            var (start, end) = cover[interval];
            var rank = next ?? set.RankAtScore(start);
            var cursor = set.From(rank, Order.Ascending);
            for (; cursor.MoveNext() && cursor.Score < end; rank++)
            {
                if (budget-- == 0)
                {
                    next = rank;
                    return false;
                }

                Look(cursor.Member, cursor.Score);
                if (options is { AnyWillDo: true, CountMax: { } enough } && matches.Count >= enough) return true;
            }
        }

        return true;
    }

    /// <summary>What was found, in order. To be asked for once the search has ended; needs the set no more.</summary>
    public GeoMatch[] Matches()
    {
        Sort();
        if (options.CountMax is { } count && matches.Count > count) matches.RemoveRange(count, matches.Count - count);
        return [.. matches];
    }

    private void Look(ReadOnlySpan<byte> member, double score)
    {
        var hash = Geohash.OfScore(score);
        var position = Geohash.Decode(hash);
        if (!IsInArea(position, out var meters) || IsCutOff(meters)) return;
        matches.Add(new GeoMatch(copies.Copy(member, toCome: 16), meters / Sphere.MetersIn(area.Unit), position, (long)hash));
        if (options is { CountMax: { } count, AnyWillDo: false } && matches.Count >= (2L * count) + 64) CutOff(count);
    }

    private bool IsInArea(GeoPoint position, out double meters)
    {
        meters = 0;
        if (area.IsBox)
        {
            var unit = Sphere.MetersIn(area.Unit);
            if (Sphere.AlongMeridian(position.Latitude, center.Latitude) > area.Height * unit / 2) return false;
            if (Sphere.Distance(position.Longitude, position.Latitude, center.Longitude, position.Latitude) > area.Width * unit / 2) return false;
            meters = Sphere.Distance(center, position);
            return true;
        }

        meters = Sphere.Distance(center, position);
        return meters <= area.RadiusMeters;
    }

    private bool IsCutOff(double meters) => cutOff is { } limit && (Wanted == GeoOrder.Farthest ? meters <= limit : meters >= limit);

    /// <summary>Lets go of all but the first ones.</summary>
    private void CutOff(int count)
    {
        Sort();
        matches.RemoveRange(count, matches.Count - count);
        cutOff = matches[^1].Distance * Sphere.MetersIn(area.Unit);
    }

    /// <summary>Of members at one distance those come first that were found first.</summary>
    private void Sort()
    {
        if (Wanted == GeoOrder.None) return;
        var sorted = Wanted == GeoOrder.Nearest
            ? matches.OrderBy(static match => match.Distance)
            : matches.OrderByDescending(static match => match.Distance);
        var all = sorted.ToArray();
        matches.Clear();
        matches.AddRange(all);
    }
}
