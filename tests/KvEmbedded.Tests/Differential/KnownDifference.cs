namespace KvEmbedded.Tests.Differential;

/// <summary>Where the embedded keyspace answers on purpose other than Redis 7.0 does.</summary>
/// <param name="Member">The member, or members, of our interface.</param>
/// <param name="Here">What they do.</param>
/// <param name="Redis">What Redis does.</param>
/// <param name="Why">The reason.</param>
internal sealed record KnownDifference(string Member, string Here, string Redis, string Why);
