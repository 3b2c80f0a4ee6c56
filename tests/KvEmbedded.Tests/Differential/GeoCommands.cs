using System.Globalization;

namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="IGeoIndex"/>.</summary>
/// <remarks>
/// Places lie in one of a few small lattices, so that some are close together and no two are equally far from a third unless
/// they are the same. Areas stay clear of the poles: see <see cref="KnownDifferences"/>.
/// </remarks>
internal static class GeoCommands
{
    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        Add, AddMany, AddMany, AddMany, AddManyMore, Position, Positions, Distance, Hash, Hashes, Search, Search, Search, Search, SearchMany, StoreSearch,
        StoreSearch, Remove,
    ];

    private static readonly (GeoPoint Center, double Spread)[] Lattices =
    [
        (new(13.361389, 38.115556), 0.01), (new(13.361389, 38.115556), 10), (new(0, 0), 1), (new(179.9, -20), 0.3), (new(-70, 60), 3), (new(20, -50), 25),
    ];

    private static readonly double[] Radii = [0, 0.3, 5, 120, 1_000, 9_999.5, 80_000, 400_000, 1_500_000];

    private static readonly string[] Units = ["m", "km", "mi", "ft"];

    private static ScriptCommand Add(Draw draw)
    {
        var (key, entry, when) = (draw.Key(), Entry(draw), When(draw));
        return ScriptCommand.Of(
            keyspace => keyspace.GeoIndex(key).AddAsync(entry.Member, entry.Position, when.Value), Answer.YesNo,
            ["GEOADD", Draw.Word(key), .. when.Words, .. Words(entry)]);
    }

    private static ScriptCommand AddMany(Draw draw) => AddMany(draw, draw.Many(1, 6, () => Entry(draw)));

    private static ScriptCommand AddManyMore(Draw draw) => AddMany(draw, draw.Many(50, 200, () => Entry(draw)));

    private static ScriptCommand AddMany(Draw draw, GeoEntry[] entries)
    {
        var (key, when, count) = (draw.Key(), When(draw), draw.Any<AddCount>());
        KvValue[] counted = count == AddCount.Changed ? ["CH"] : [];
        return ScriptCommand.Of(
            keyspace => keyspace.GeoIndex(key).AddAsync(entries, when.Value, count), Answer.Plain,
            ["GEOADD", Draw.Word(key), .. when.Words, .. counted, .. entries.SelectMany(Words)]);
    }

    private static ScriptCommand Position(Draw draw)
    {
        var (key, member) = (draw.Key(), Member(draw));
        return ScriptCommand.Of(
            async keyspace => Text(await keyspace.GeoIndex(key).GetPositionAsync(member)), reply => Text(reply.Items![0]),
            "GEOPOS", Draw.Word(key), member);
    }

    private static ScriptCommand Positions(Draw draw)
    {
        var (key, members) = (draw.Key(), draw.Many(1, 4, () => Member(draw)));
        return ScriptCommand.Of(
            async keyspace => string.Join(", ", (await keyspace.GeoIndex(key).GetPositionsAsync(members)).Select(Text)),
            reply => string.Join(", ", reply.Items!.Select(Text)),
            ["GEOPOS", Draw.Word(key), .. members]);
    }

    private static ScriptCommand Distance(Draw draw)
    {
        var (key, member, other, unit) = (draw.Key(), Member(draw), Member(draw), draw.Any<GeoUnit>());
        return ScriptCommand.Of(
            async keyspace => await keyspace.GeoIndex(key).GetDistanceAsync(member, other, unit) is { } distance ? Rounded(distance) : Answer.Nil,
            reply => reply.IsNil ? Answer.Nil : reply.Text,
            "GEODIST", Draw.Word(key), member, other, Units[(int)unit]);
    }

    private static ScriptCommand Hash(Draw draw)
    {
        var (key, member) = (draw.Key(), Member(draw));
        return ScriptCommand.Of(
            async keyspace => await keyspace.GeoIndex(key).GetHashAsync(member) ?? Answer.Nil,
            reply => reply.Items![0].IsNil ? Answer.Nil : reply.Items[0].Text, "GEOHASH", Draw.Word(key), member);
    }

    private static ScriptCommand Hashes(Draw draw)
    {
        var (key, members) = (draw.Key(), draw.Many(1, 4, () => Member(draw)));
        return ScriptCommand.Of(
            async keyspace => string.Join(' ', (await keyspace.GeoIndex(key).GetHashesAsync(members)).Select(hash => hash ?? Answer.Nil)),
            reply => string.Join(' ', reply.Items!.Select(item => item.IsNil ? Answer.Nil : item.Text)),
            ["GEOHASH", Draw.Word(key), .. members]);
    }

    private static ScriptCommand Search(Draw draw) => Search(draw, new GeoSearchOptions { Order = draw.Any<GeoOrder>() });

    private static ScriptCommand SearchMany(Draw draw) => Search(
        draw, new GeoSearchOptions { Order = draw.Any<GeoOrder>(), CountMax = draw.Number(1, 8), AnyWillDo = draw.Chance(30) });

    private static ScriptCommand Search(Draw draw, GeoSearchOptions options)
    {
        var (key, area, point, member) = (draw.Key(), Area(draw), Point(draw), Member(draw));
        var isMember = draw.Chance(50);
        KvValue[] from = isMember ? ["FROMMEMBER", member] : ["FROMLONLAT", point.Longitude, point.Latitude];
        return ScriptCommand.Of(
            async keyspace =>
            {
                var index = keyspace.GeoIndex(key);
                var found = isMember ? await index.SearchAsync(member, area.Value, options) : await index.SearchAsync(point, area.Value, options);

                // A member finds itself: where nothing is found there is no such member, or no key.
                if (isMember && found.Length == 0 && await index.CountAsync() > 0) return Answer.NoMember;
                return Text(found.Select(match => (Rounded(match.Distance), $"{Answer.Of(match.Member)} {match.Hash} {Text(match.Position)}")), options);
            },
            reply => Text(reply.Items!.Select(item => (item.Items![1].Text, $"{Answer.Plain(item.Items[0])} {item.Items[2].Line} {Text(item.Items[3])}")), options),
            ["GEOSEARCH", Draw.Word(key), .. from, .. area.Words, .. Words(options), "WITHCOORD", "WITHDIST", "WITHHASH"]);
    }

    private static ScriptCommand StoreSearch(Draw draw)
    {
        var (key, destination, area, point, member) = (draw.Key(), draw.Key(), Area(draw), Point(draw), Member(draw));
        var options = new GeoSearchOptions { StoresDistances = draw.Chance(50) };
        var isMember = draw.Chance(50);
        KvValue[] from = isMember ? ["FROMMEMBER", member] : ["FROMLONLAT", point.Longitude, point.Latitude];
        KvValue[] distances = options.StoresDistances ? ["STOREDIST"] : [];
        return ScriptCommand.Of(
            async keyspace =>
            {
                var index = keyspace.GeoIndex(key);
                var stored = isMember
                    ? await index.StoreSearchAsync(destination, member, area.Value, options)
                    : await index.StoreSearchAsync(destination, point, area.Value, options);
                return stored is { } count ? Answer.Of(count) : Answer.NoMember;
            },
            Answer.Plain, ["GEOSEARCHSTORE", Draw.Word(destination), Draw.Word(key), .. from, .. area.Words, .. distances]);
    }

    private static ScriptCommand Remove(Draw draw)
    {
        var (key, members) = (draw.Key(), draw.Many(1, 3, () => Member(draw)));
        return ScriptCommand.Of(
            keyspace => keyspace.GeoIndex(key).RemoveAsync(members), Answer.Plain, ["ZREM", Draw.Word(key), .. members]);
    }

    private static GeoEntry Entry(Draw draw) => new(Member(draw), Point(draw));

    private static KvValue Member(Draw draw) => draw.Chance(60) ? $"m{draw.Number(0, 9)}" : $"m{draw.Number(0, 300)}";

    private static GeoPoint Point(Draw draw)
    {
        var (center, spread) = draw.Of(Lattices.AsSpan());
        var longitude = center.Longitude + (spread * (draw.Number(-500, 500) / 500.0 + 0.00017));
        return new GeoPoint(longitude > 180 ? longitude - 360 : longitude, center.Latitude + (spread / 2 * (draw.Number(-500, 500) / 500.0 + 0.00031)));
    }

    private static (GeoArea Value, KvValue[] Words) Area(Draw draw)
    {
        var (radius, unit) = (draw.Of(Radii.AsSpan()), draw.Any<GeoUnit>());
        var size = radius / unit switch { GeoUnit.Kilometers => 1000, GeoUnit.Miles => 1609.34, GeoUnit.Feet => 0.3048, _ => 1 };
        if (draw.Chance(50)) return (GeoArea.Circle(size, unit), ["BYRADIUS", size, Units[(int)unit]]);
        var height = size * draw.Of(0.25, 1, 1.5);
        return (GeoArea.Box(size, height, unit), ["BYBOX", size, height, Units[(int)unit]]);
    }

    private static (SetWhen Value, KvValue[] Words) When(Draw draw) => draw.SetWhen();

    private static KvValue[] Words(GeoEntry entry) => [entry.Position.Longitude, entry.Position.Latitude, entry.Member];

    private static IEnumerable<KvValue> Words(GeoSearchOptions options)
    {
        if (options.Order != GeoOrder.None) yield return options.Order == GeoOrder.Nearest ? "ASC" : "DESC";
        if (options.CountMax is not { } count) yield break;
        yield return "COUNT";
        yield return count;
        if (options.AnyWillDo) yield return "ANY";
    }

    /// <summary>
    /// What was found: of any few, how many; where the order is the server's own, sorted; else in order, and those that are
    /// equally far sorted among themselves. Of the last ones of a few only the distance counts: which of them has no rule.
    /// </summary>
    private static string Text(IEnumerable<(string Distance, string Told)> found, GeoSearchOptions options)
    {
        var all = found.ToArray();
        if (options.AnyWillDo) return $"any {all.Length}";
        if (options.Order == GeoOrder.None && options.CountMax is null) return string.Join("; ", all.Select(one => $"{one.Distance} {one.Told}").Order(StringComparer.Ordinal));
        var last = options.CountMax is not null && all.Length > 0 ? all[^1].Distance : "";
        var groups = new List<string>();
        for (var i = 0; i < all.Length;)
        {
            var same = all.Skip(i).TakeWhile(one => one.Distance == all[i].Distance).Select(one => one.Distance == last ? "" : one.Told).ToArray();
            groups.Add($"{all[i].Distance} {string.Join(", ", same.Order(StringComparer.Ordinal))}");
            i += same.Length;
        }

        return string.Join("; ", groups);
    }

    private static string Text(GeoPoint? point) =>
        point is { } place ? $"({Trimmed(place.Longitude)} {Trimmed(place.Latitude)})" : Answer.Nil;

    private static string Text(Reply reply) => reply.IsNil ? Answer.Nil : $"({reply.Items![0].Text} {reply.Items[1].Text})";

    /// <summary>Seventeen decimals, and no zeros at their end: so the server prints places.</summary>
    private static string Trimmed(double degrees)
    {
        var text = degrees.ToString("F17", CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.');
        return text == "-0" ? "0" : text;
    }

    private static string Rounded(double distance) => distance.ToString("F4", CultureInfo.InvariantCulture);
}
