namespace KvEmbedded;

/// <summary>What happens to a subscriber that reads more slowly than there is news. The publisher never waits.</summary>
public enum FullMode
{
    /// <summary>The oldest unread item is dropped for the new one, and counted.</summary>
    DropOldest,

    /// <summary>The new item is dropped, and counted; what is buffered stays.</summary>
    DropNewest,

    /// <summary>
    /// The subscription ends: after the buffered items are read, the enumeration throws an exception that tells how many
    /// they were.
    /// </summary>
    End,
}
