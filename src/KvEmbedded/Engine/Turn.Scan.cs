namespace KvEmbedded.Engine;

/// <summary>Looking at keys that the command does not name: how many, any one, page by page.</summary>
internal sealed partial class Turn
{
    /// <summary>
    /// Keys in the table. Those whose time has come may still be among them, until <see cref="RemoveDueKeys"/> has removed them.
    /// </summary>
    public int KeyCount => table.Count;

    /// <summary>Removes keys whose time has come, a bounded number at once.</summary>
    /// <returns>True if there may be more: go on in another turn.</returns>
    public bool RemoveDueKeys()
    {
        (elementsToRemove, isElementLeft) = (options.ExpiredKeysPerTurnMax, false);
        var more = timers.DeliverKeys(Now, options.ExpiredKeysPerTurnMax, this);
        return more || isElementLeft;
    }

    /// <summary>Adds one page of keys that have not expired to <paramref name="owners"/>; see <see cref="KeyTable.Scan"/>.</summary>
    /// <returns>Where to go on; 0 at the end.</returns>
    public uint Scan(uint from, int keys, List<object> owners)
    {
        var next = table.Scan(from, keys, owners);
        owners.RemoveAll(IsExpired);
        return next;

        bool IsExpired(object owner) => KeyTable.ExpiryOf(owner).Deadline is not Expiry.NoDeadline and var deadline && deadline <= Now;
    }

    /// <summary>A key by lot, each with the same chance. One that has expired is refused, so that this may fail.</summary>
    public bool TryRandom(out KeyLocation location) =>
        table.TryRandom(Random, out location) && (location.Deadline == Expiry.NoDeadline || !RemoveIfExpired(ref location));

    /// <summary>Bytes that a key holds: its name, its value and the objects they are in.</summary>
    public static long MemoryOf(KeyLocation location) =>
        KeyTable.MemoryOf(location.Owner!) + (location.Entry?.Value.MemoryBytes ?? 0);
}
