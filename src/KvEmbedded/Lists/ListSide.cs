namespace KvEmbedded;

/// <summary>A side of an element in a list.</summary>
public enum ListSide
{
    /// <summary>Nearer to the head.</summary>
    Before,

    /// <summary>Nearer to the tail.</summary>
    After,
}
