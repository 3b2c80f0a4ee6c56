namespace KvEmbedded;

/// <summary>One of the items that were seen most often.</summary>
/// <param name="Item">The item.</param>
/// <param name="Count">How often it was seen, about; as a rule not above the truth.</param>
public readonly record struct TopKEntry(KvValue Item, long Count);
