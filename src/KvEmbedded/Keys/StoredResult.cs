using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

/// <summary>What an operation on several keys stores at another one, in place of whatever is there.</summary>
internal static class StoredResult
{
    /// <summary>Makes a value that belongs to no key yet the value of a key, without a time to live; an empty one deletes the key.</summary>
    /// <exception cref="MemoryLimitException">There is no room for it.</exception>
    public static void Put(Turn turn, EncodedKey destination, IDataValue result, KeyEventKind stored)
    {
        if (result.IsEmpty)
        {
            if (turn.Remove(destination)) turn.Changed(destination, KeyEventKind.Deleted);
            return;
        }

        turn.RequireMemory(destination, BytesToCome(turn, destination, result));
        turn.Put(destination, result);
        turn.Changed(destination, stored);
    }

    /// <summary>By how much the keyspace will grow, about; what is replaced is counted against it.</summary>
    private static long BytesToCome(Turn turn, EncodedKey destination, IDataValue result)
    {
        if (turn.Options.MemoryLimitBytes is null) return 0;
        var replaced = turn.TryFind(destination, out var location) ? location.Entry?.AccountedBytes ?? location.StringLength : 0;
        return Math.Max(0, result.MemoryBytes - replaced);
    }
}
