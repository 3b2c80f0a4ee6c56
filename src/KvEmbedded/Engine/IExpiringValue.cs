namespace KvEmbedded.Engine;

/// <summary>A value whose elements may each have an end of their own, before their key has.</summary>
/// <remarks>
/// The value keeps the moments and knows no clock: what time it is, it is told. The turn keeps one timer per key, for the
/// earliest of them; see Turn.Elements.cs. Elements that are due but not yet removed are for the value's commands to
/// overlook.
/// </remarks>
internal interface IExpiringValue : IDataValue
{
    /// <summary>When the earliest element ends; <see cref="Expiry.NoDeadline"/> if none does. O(1).</summary>
    long NextDeadline { get; }

    /// <summary>The turn's note of the timer it has armed; it means nothing to the value, and a copy has none.</summary>
    int Timer { get; set; }

    /// <summary>What is reported when elements have ended.</summary>
    KeyEventKind ElementExpired { get; }

    /// <summary>Removes elements whose deadline is at or before <paramref name="now"/>, the earliest first.</summary>
    /// <param name="now">The moment it is.</param>
    /// <param name="limit">Most elements to remove.</param>
    /// <returns>How many were removed.</returns>
    int RemoveDue(long now, int limit);
}
