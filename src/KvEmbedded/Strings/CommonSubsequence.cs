namespace KvEmbedded;

/// <summary>Where two strings have their longest common subsequence.</summary>
/// <param name="Length">Length of the whole subsequence, in bytes.</param>
/// <param name="Matches">The runs it consists of, first to last; runs shorter than asked for are left out.</param>
public sealed record CommonSubsequenceMatches(int Length, IReadOnlyList<CommonSubsequenceMatch> Matches);

/// <summary>A run of bytes that two strings have in common.</summary>
/// <param name="Start">Where it starts in the handle's own string, in bytes.</param>
/// <param name="OtherStart">Where it starts in the other string, in bytes.</param>
/// <param name="Length">How many bytes it has.</param>
public readonly record struct CommonSubsequenceMatch(int Start, int OtherStart, int Length);
