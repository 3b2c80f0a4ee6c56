namespace KvEmbedded;

/// <summary>Members with places on the earth, to be searched by distance.</summary>
/// <remarks>
/// <para>It is a sorted set whose scores are geohashes of 52 bits, as in Redis: the key's type is
/// <see cref="KeyType.SortedSet"/>, and <see cref="ISortedSet"/> works on it too. A place is kept to the cell of 0.6 m x 0.3 m
/// that it lies in. The earth is a sphere with a radius of 6,372,797.560856 m, which is right to 0.5 %. A score that was
/// written as such and is no geohash has some place or other.</para>
/// <para>A handle is an address, not a value: it may outlive its key. Safe for concurrent use. A key that is missing is an
/// empty index. Every member throws <see cref="WrongTypeException"/> if the key holds another data type, and
/// <see cref="ObjectDisposedException"/> once the keyspace is disposed. One key holds at most some 16 GB of members, or some
/// 258,000 longer than 16 KB: what would add more throws <see cref="KeyFullException"/> and changes nothing. A token is observed until the command starts; a
/// command that has started runs to its end.</para>
/// </remarks>
public interface IGeoIndex : IKeyHandle
{
    /// <summary>Adds a member, or moves it. Creates the key if it is missing.</summary>
    /// <param name="when">Which members may be touched: missing ones, present ones, or both.</param>
    /// <returns>True if the member is new; false if it was moved or left alone.</returns>
    /// <exception cref="ValueTooLongException">The member is longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(log n), n members. Redis: <c>GEOADD key [NX | XX] longitude latitude member</c>.</remarks>
    ValueTask<bool> AddAsync(
        KvValue member, GeoPoint position, SetWhen when = SetWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Adds members, or moves them, in one step. Creates the key if it is missing.</summary>
    /// <param name="entries">At least one; of a member that is named twice the last place stays.</param>
    /// <param name="when">Which members may be touched.</param>
    /// <param name="count">What is counted: members added, or members added and moved.</param>
    /// <returns>The number of members that were added, or added or moved.</returns>
    /// <exception cref="ArgumentException">There is no entry.</exception>
    /// <exception cref="ValueTooLongException">A member is longer than the keyspace allows; nothing was changed.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m log n), m entries, n members. Redis: <c>GEOADD key [NX | XX] [CH] longitude latitude member
    /// [longitude latitude member …]</c>.
    /// </remarks>
    ValueTask<long> AddAsync(
        IReadOnlyCollection<GeoEntry> entries, SetWhen when = SetWhen.Always, AddCount count = AddCount.Added,
        CancellationToken cancellationToken = default);

    /// <summary>Removes a member.</summary>
    /// <returns>True if it was there.</returns>
    /// <remarks>O(log n), n members. Redis: <c>ZREM key member</c>.</remarks>
    ValueTask<bool> RemoveAsync(KvValue member, CancellationToken cancellationToken = default);

    /// <summary>Removes members in one step.</summary>
    /// <returns>How many of them were there.</returns>
    /// <exception cref="ArgumentException">There is no member in the collection.</exception>
    /// <remarks>O(m log n), m to be removed, n members. Redis: <c>ZREM key member [member …]</c>.</remarks>
    ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken = default);

    /// <summary>Counts the members.</summary>
    /// <returns>Their number; 0 if the key is missing.</returns>
    /// <remarks>O(1). Redis: <c>ZCARD key</c>.</remarks>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Where a member is: the middle of its cell.</summary>
    /// <returns>Null if it is missing.</returns>
    /// <remarks>O(1). Redis: <c>GEOPOS key member</c>.</remarks>
    ValueTask<GeoPoint?> GetPositionAsync(KvValue member, CancellationToken cancellationToken = default);

    /// <summary>Where members are: the middles of their cells.</summary>
    /// <returns>As many places as members asked for, in their order; null for each that is missing.</returns>
    /// <exception cref="ArgumentException">There is no member in the collection.</exception>
    /// <remarks>O(m), m members asked for. Redis: <c>GEOPOS key member [member …]</c>.</remarks>
    ValueTask<GeoPoint?[]> GetPositionsAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken = default);

    /// <summary>How far two members are from each other, along the surface of the earth.</summary>
    /// <returns>Null if one of them is missing.</returns>
    /// <remarks>O(1). Redis: <c>GEODIST key member1 member2 [M | KM | FT | MI]</c>, which rounds to four decimals.</remarks>
    ValueTask<double?> GetDistanceAsync(
        KvValue member, KvValue other, GeoUnit unit = GeoUnit.Meters, CancellationToken cancellationToken = default);

    /// <summary>The public geohash of a member's place: eleven characters, of which the last is always 0.</summary>
    /// <returns>Null if it is missing.</returns>
    /// <remarks>O(1). Redis: <c>GEOHASH key member</c>.</remarks>
    ValueTask<string?> GetHashAsync(KvValue member, CancellationToken cancellationToken = default);

    /// <summary>The public geohashes of members' places.</summary>
    /// <returns>As many geohashes as members asked for, in their order; null for each that is missing.</returns>
    /// <exception cref="ArgumentException">There is no member in the collection.</exception>
    /// <remarks>O(m), m members asked for. Redis: <c>GEOHASH key member [member …]</c>.</remarks>
    ValueTask<string?[]> GetHashesAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken = default);

    /// <summary>The members in an area around a place.</summary>
    /// <param name="options">How many, and in which order; null for all, in none.</param>
    /// <returns>What was there at one moment, with distances in the unit of the area.</returns>
    /// <exception cref="ArgumentException">Any members will do (<see cref="GeoSearchOptions.AnyWillDo"/>), and it is not said how many.</exception>
    /// <remarks>
    /// O(log n + m), n members, m in the cells that cover the area; a search that meets many goes on in several turns. At most
    /// 64 cells cover it: for a circle, and a box about as wide as high, m is about twice the members in it; for a thin box, r
    /// times as long as wide, about r / 10 times those. Redis: <c>GEOSEARCH key FROMLONLAT longitude latitude BYRADIUS radius
    /// unit | BYBOX width height unit [ASC | DESC] [COUNT count [ANY]] WITHCOORD WITHDIST WITHHASH</c>.
    /// </remarks>
    ValueTask<GeoMatch[]> SearchAsync(
        GeoPoint center, GeoArea area, GeoSearchOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The members in an area around a member, itself included.</summary>
    /// <param name="options">How many, and in which order; null for all, in none.</param>
    /// <returns>What was there at one moment, with distances in the unit of the area; empty if the member is missing.</returns>
    /// <exception cref="ArgumentException">Any members will do (<see cref="GeoSearchOptions.AnyWillDo"/>), and it is not said how many.</exception>
    /// <remarks>As the other form. Redis: <c>GEOSEARCH key FROMMEMBER member …</c>.</remarks>
    ValueTask<GeoMatch[]> SearchAsync(
        KvValue member, GeoArea area, GeoSearchOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Stores the members in an area around a place at another key, in place of whatever is there.</summary>
    /// <param name="options">How many, and whether distances are stored in place of geohashes; null for all, with geohashes.</param>
    /// <returns>The number of members stored; if it is 0, the destination is gone.</returns>
    /// <exception cref="ArgumentException">Any members will do (<see cref="GeoSearchOptions.AnyWillDo"/>), and it is not said how many.</exception>
    /// <exception cref="MemoryLimitException">There is no room for it.</exception>
    /// <remarks>
    /// O(log n + m log m), n members, m found; in one turn. Redis: <c>GEOSEARCHSTORE destination source FROMLONLAT longitude
    /// latitude … [STOREDIST]</c>.
    /// </remarks>
    ValueTask<long> StoreSearchAsync(
        KvKey destination, GeoPoint center, GeoArea area, GeoSearchOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Stores the members in an area around a member at another key, in place of whatever is there.</summary>
    /// <param name="options">How many, and whether distances are stored in place of geohashes; null for all, with geohashes.</param>
    /// <returns>
    /// The number of members stored, the destination being gone if it is 0, as it is if the key of this index is missing; null if
    /// there is an index and it has no such member, and then nothing has changed.
    /// </returns>
    /// <exception cref="ArgumentException">Any members will do (<see cref="GeoSearchOptions.AnyWillDo"/>), and it is not said how many.</exception>
    /// <exception cref="MemoryLimitException">There is no room for it.</exception>
    /// <remarks>As the other form. Redis: <c>GEOSEARCHSTORE destination source FROMMEMBER member …</c>.</remarks>
    ValueTask<long?> StoreSearchAsync(
        KvKey destination, KvValue member, GeoArea area, GeoSearchOptions? options = null, CancellationToken cancellationToken = default);
}
