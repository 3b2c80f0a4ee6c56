namespace KvEmbedded;

/// <summary>An item, and how often it was seen.</summary>
/// <param name="Item">Any byte string.</param>
/// <param name="By">How often; at least 1.</param>
public readonly record struct ItemIncrement(KvValue Item, long By = 1);
