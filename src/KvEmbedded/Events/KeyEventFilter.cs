namespace KvEmbedded;

/// <summary>Which key events a subscriber wants. Everything that is given must hold.</summary>
public sealed record KeyEventFilter
{
    /// <summary>Only keys that begin with this; null for any key. Default null.</summary>
    public KvKey? Prefix { get; init; }

    /// <summary>Only these kinds; null for any kind. Default null. Read once, when the subscription is made.</summary>
    public IReadOnlyCollection<KeyEventKind>? Kinds { get; init; }
}
