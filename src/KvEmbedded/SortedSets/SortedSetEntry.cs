namespace KvEmbedded;

/// <summary>A member of a sorted set, with its score.</summary>
/// <param name="Member">The member: any byte string, the empty one too.</param>
/// <param name="Score">Any number, infinities included; never NaN.</param>
public readonly record struct SortedSetEntry(KvValue Member, double Score);

/// <summary>Where a member stands in a sorted set.</summary>
/// <param name="Rank">How many entries come before it, in the order that was asked for: 0 is the first.</param>
/// <param name="Score">Its score.</param>
public readonly record struct SortedSetRank(long Rank, double Score);

/// <summary>What was popped off the first of several sorted sets that had an entry.</summary>
/// <param name="Key">The key it was popped off.</param>
/// <param name="Entries">At least one entry, in the order in which they were popped.</param>
public sealed record SortedSetPop(KvKey Key, SortedSetEntry[] Entries);
