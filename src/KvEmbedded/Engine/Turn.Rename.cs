namespace KvEmbedded.Engine;

/// <summary>One key's value at another key: moved, or copied.</summary>
internal sealed partial class Turn
{
    /// <summary>
    /// Moves what a key holds, its timer and its share of the memory to another key, over whatever is there. It needs no
    /// memory, so a full keyspace does not refuse it. O(1).
    /// </summary>
    /// <param name="source">A key that exists.</param>
    /// <param name="destination">Another key.</param>
    public void Rename(EncodedKey source, EncodedKey destination)
    {
        CloseToReaders();
        Remember(source);
        Remember(destination);
        if (table.TryFind(destination.Bytes, destination.Hash, out var target)) Forget(target);
        table.TryFind(source.Bytes, source.Hash, out var location);
        var owner = Move(location, target, destination);
        if (location.Timer != Expiry.NoTimer) timers.SetKeyOwner(location.Timer, owner);
        if (location.Entry is { Value: IExpiringValue { Timer: not Expiry.NoTimer and var timer } }) timers.SetKeyOwner(timer, owner);

        // The table may have split meanwhile.
        table.TryFind(source.Bytes, source.Hash, out location);
        table.Remove(location);
    }

    /// <summary>Puts a deep copy of what a key holds at another key, over whatever is there; it expires when the first does.</summary>
    /// <param name="source">A key that exists.</param>
    /// <param name="destination">Another key.</param>
    /// <exception cref="MemoryLimitException">The keyspace may not grow.</exception>
    public void Copy(EncodedKey source, EncodedKey destination)
    {
        RequireMemory(destination);
        table.TryFind(source.Bytes, source.Hash, out var location);
        if (location.Entry is { } entry)
        {
            Put(destination, entry.Value.Copy(), entry.Deadline);
            return;
        }

        var deadline = location.Deadline;
        table.TryFind(destination.Bytes, destination.Hash, out var target);
        if (location.TryGetInteger(out var number))
            PutRecord(destination.Bytes, destination.Hash, target, number, deadline);
        else
            PutRecord(destination.Bytes, destination.Hash, target, location.CopyString(), deadline);
    }

    private object Move(KeyLocation location, KeyLocation target, EncodedKey destination)
    {
        var expiry = location.Expiry;
        if (location.Entry is { } entry)
        {
            var moved = table.PutEntry(target, destination.Bytes, entry.Value, expiry);
            (moved.AccountedBytes, entry.AccountedBytes) = (entry.AccountedBytes, 0);
            return moved;
        }

        return location.TryGetInteger(out var number)
            ? table.PutInteger(target, destination.Bytes, number, expiry, IsRecording)
            : table.PutString(target, destination.Bytes, location.CopyString(), expiry, IsRecording);
    }
}
