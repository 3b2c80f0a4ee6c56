namespace KvEmbedded;

/// <summary>Which event is lost when one comes and the subscriber's buffer is full. The publisher never waits.</summary>
public enum KeyEventFullMode
{
    /// <summary>The oldest that has not been read: the subscriber ends with the newest state of things.</summary>
    DropOldest,

    /// <summary>The one that comes: the subscriber reads without a gap up to where it lost touch.</summary>
    DropNewest,
}
