namespace KvEmbedded;

/// <summary>What was popped off the first of several lists that had an element.</summary>
/// <param name="Key">The key it was popped off.</param>
/// <param name="Elements">At least one element, in the order in which they were popped.</param>
public sealed record ListPop(KvKey Key, KvValue[] Elements);
