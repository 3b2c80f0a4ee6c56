using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Geo;

/// <summary>The index of places at one key of a server, which tells distances to four decimals.</summary>
internal sealed class RedisGeoIndex(ServerDoor door, RedisKey key) : RedisHandle(door, key), IGeoIndex
{
    private const string NoSuchMember = "could not decode requested zset member";

    public ValueTask<bool> AddAsync(KvValue member, GeoPoint position, SetWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("GEOADD", KeyType.SortedSet) { key, Connection.Words.Of(when), position.Longitude, position.Latitude, member }, Reply.Flag,
            cancellationToken);

    public ValueTask<long> AddAsync(
        IReadOnlyCollection<GeoEntry> entries, SetWhen when, AddCount count, CancellationToken cancellationToken)
    {
        Require.Some(entries, "entry");
        string[] changed = Require.Named(count) == AddCount.Changed ? ["CH"] : [];
        var command = new Command("GEOADD", KeyType.SortedSet) { key, Connection.Words.Of(when), changed };
        foreach (var (member, position) in entries)
        {
            command.Add(position.Longitude);
            command.Add(position.Latitude);
            command.Add(member);
        }

        return door.RunAsync(command, Reply.Integer, cancellationToken);
    }

    public ValueTask<bool> RemoveAsync(KvValue member, CancellationToken cancellationToken) =>
        door.RunAsync(new Command("ZREM", KeyType.SortedSet) { key, member }, Reply.Flag, cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunAsync(Of("ZREM", members), Reply.Integer, cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunAsync(new Command("ZCARD", KeyType.SortedSet) { key }, Reply.Integer, cancellationToken);

    public ValueTask<GeoPoint?> GetPositionAsync(KvValue member, CancellationToken cancellationToken) =>
        door.RunAsync(
            Of("GEOPOS", [member]), static answer => answer.IsNull || answer.Length == 0 ? null : PointOrNull(answer[0]), cancellationToken);

    public ValueTask<GeoPoint?[]> GetPositionsAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunAsync(Of("GEOPOS", members), static answer => Reply.Each(answer, PointOrNull), cancellationToken);

    public ValueTask<double?> GetDistanceAsync(KvValue member, KvValue other, GeoUnit unit, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("GEODIST", KeyType.SortedSet) { key, member, other, WordOf(unit) }, Reply.NumberOrNull, cancellationToken);

    public ValueTask<string?> GetHashAsync(KvValue member, CancellationToken cancellationToken) =>
        door.RunAsync(
            Of("GEOHASH", [member]), static answer => answer.IsNull || answer.Length == 0 ? null : (string?)answer[0], cancellationToken);

    public ValueTask<string?[]> GetHashesAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunAsync(Of("GEOHASH", members), static answer => Reply.Each(answer, static hash => (string?)hash), cancellationToken);

    public ValueTask<GeoMatch[]> SearchAsync(
        GeoPoint center, GeoArea area, GeoSearchOptions? options, CancellationToken cancellationToken) =>
        SearchAsync(From(center), area, options, cancellationToken);

    public ValueTask<GeoMatch[]> SearchAsync(
        KvValue member, GeoArea area, GeoSearchOptions? options, CancellationToken cancellationToken) =>
        SearchAsync(From(member), area, options, cancellationToken);

    public ValueTask<long> StoreSearchAsync(
        KvKey destination, GeoPoint center, GeoArea area, GeoSearchOptions? options, CancellationToken cancellationToken) =>
        door.RunAsync(Store(destination, From(center), area, options), Reply.Integer, cancellationToken);

    public ValueTask<long?> StoreSearchAsync(
        KvKey destination, KvValue member, GeoArea area, GeoSearchOptions? options, CancellationToken cancellationToken) =>
        door.RunAsync(Store(destination, From(member), area, options).MissingIf(NoSuchMember), Reply.IntegerOrNull, cancellationToken);

    private ValueTask<GeoMatch[]> SearchAsync(Command from, GeoArea area, GeoSearchOptions? options, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("GEOSEARCH", KeyType.SortedSet) { key, from, Words(area, GeoSearchOptions.Checked(options)), "WITHCOORD", "WITHDIST", "WITHHASH" }
                .MissingIf(NoSuchMember),
            static answer => Reply.Each(answer, MatchOf), cancellationToken);

    private Command Store(KvKey destination, Command from, GeoArea area, GeoSearchOptions? options)
    {
        var command = new Command("GEOSEARCHSTORE", KeyType.SortedSet);
        command.AddDestination(door.Encode(destination));
        command.Add(key);
        command.Add(from);
        command.Add(Words(area, GeoSearchOptions.Checked(options)));
        if (options?.StoresDistances == true) command.Add("STOREDIST");
        return command;
    }

    private Command Of(string name, IReadOnlyCollection<KvValue> members) =>
        new(name, KeyType.SortedSet) { key, Require.Some(members, "member") };

    private static Command From(GeoPoint center) => new("") { "FROMLONLAT", center.Longitude, center.Latitude };

    private static Command From(KvValue member) => new("") { "FROMMEMBER", member };

    private static Command Words(GeoArea area, GeoSearchOptions options)
    {
        var words = area.IsBox
            ? new Command("") { "BYBOX", area.Width, area.Height, WordOf(area.Unit) }
            : new Command("") { "BYRADIUS", area.Width / 2, WordOf(area.Unit) };
        if (options.Order != GeoOrder.None) words.Add(options.Order == GeoOrder.Nearest ? "ASC" : "DESC");
        if (options.CountMax is not { } count) return words;
        words.Add("COUNT");
        words.Add(count);
        if (options.AnyWillDo) words.Add("ANY");
        return words;
    }

    private static string WordOf(GeoUnit unit) => Require.Named(unit) switch
    {
        GeoUnit.Kilometers => "km",
        GeoUnit.Miles => "mi",
        GeoUnit.Feet => "ft",
        _ => "m",
    };

    private static GeoPoint? PointOrNull(RedisResult answer) => answer.IsNull || answer.Length < 2 ? null : PointOf(answer);

    private static GeoPoint PointOf(RedisResult answer) => new(Reply.Number(answer[0]), Reply.Number(answer[1]));

    /// <summary>Member, distance, hash, place: the server has its own order of them.</summary>
    private static GeoMatch MatchOf(RedisResult answer) =>
        new(Reply.Value(answer[0]), Reply.Number(answer[1]), PointOf(answer[3]), Reply.Integer(answer[2]));
}
