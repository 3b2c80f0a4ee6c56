namespace KvEmbedded;

/// <summary>What is known of one key, all of the same moment.</summary>
/// <param name="Type">The data type it holds.</param>
/// <param name="Lifetime">When it expires; <see cref="KeyLifetime.Exists"/> is true.</param>
/// <param name="MemoryBytes">What <see cref="IKeys.GetMemoryUsageAsync"/> says, in bytes.</param>
public readonly record struct KeyInfo(KeyType Type, KeyLifetime Lifetime, long MemoryBytes);
