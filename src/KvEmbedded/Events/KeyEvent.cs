namespace KvEmbedded;

/// <summary>One change of one key, in the order of commits.</summary>
/// <param name="Key">The key.</param>
/// <param name="Kind">What happened.</param>
/// <param name="OldValue">
/// What was there before: given for a string that has expired (<see cref="KeyEventKind.Expired"/>), else null.
/// </param>
public readonly record struct KeyEvent(KvKey Key, KeyEventKind Kind, KvValue? OldValue);
