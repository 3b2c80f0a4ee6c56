namespace KvEmbedded;

/// <summary>An end of a sorted set.</summary>
public enum SortedSetEnd
{
    /// <summary>The entries with the lowest scores; of equal scores, the member that comes first byte by byte.</summary>
    Lowest,

    /// <summary>The entries with the highest scores; of equal scores, the member that comes last byte by byte.</summary>
    Highest,
}
