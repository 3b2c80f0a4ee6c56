namespace KvEmbedded;

/// <summary>Whether several random picks may be of the same element.</summary>
public enum RandomPick
{
    /// <summary>Each element is picked at most once, so there are no more picks than elements.</summary>
    Distinct,

    /// <summary>Each pick is independent of the others, so an element may be picked again and again.</summary>
    Repeated,
}
