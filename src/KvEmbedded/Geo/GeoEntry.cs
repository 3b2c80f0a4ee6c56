namespace KvEmbedded;

/// <summary>A member of an index of places, with its place.</summary>
/// <param name="Member">The member: any byte string.</param>
/// <param name="Position">Where it is.</param>
public readonly record struct GeoEntry(KvValue Member, GeoPoint Position);

/// <summary>A member that a search has found.</summary>
/// <param name="Member">The member.</param>
/// <param name="Distance">How far it is from the centre of the search, in the unit of the searched area.</param>
/// <param name="Position">Where it is: the middle of its geohash's cell, 0.6 m or less from where it was added.</param>
/// <param name="Hash">Its geohash of 52 bits, which is its score in the sorted set.</param>
public readonly record struct GeoMatch(KvValue Member, double Distance, GeoPoint Position, long Hash);
