namespace KvEmbedded;

/// <summary>Which key events a subscriber wants. Everything that is given must hold.</summary>
public sealed record KeyEventFilter
{
    /// <summary>Only keys that begin with these bytes; null for any key. Default null.</summary>
    public KvKey? Prefix { get; init; }

    /// <summary>
    /// Only keys that match this glob: <c>*</c> any bytes, <c>?</c> any one, <c>[abc]</c> one of a class, <c>\</c> takes the
    /// next byte as it is; null for any key. Default null.
    /// </summary>
    public KvKey? Pattern { get; init; }

    /// <summary>Only these kinds; null for any kind. Default null. Read once, when the subscription is made.</summary>
    public IReadOnlyCollection<KeyEventKind>? Kinds { get; init; }
}
