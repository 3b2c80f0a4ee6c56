using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

/// <summary>
/// The handle of a data type that keeps hashes of items in place of the items. They are made before the loop is taken, so
/// the length of an item costs the loop nothing.
/// </summary>
internal abstract class ItemHandle(Door door, EncodedKey key) : KeyHandle(door, key)
{
    /// <summary>Runs a command on one item; where the loop is idle, without an object for it.</summary>
    protected ValueTask<TResult> RunOnItemAsync<TArgs, TResult>(
        KvValue item, TArgs args, Func<Turn, EncodedKey, ItemHash, TArgs, TResult> command, CancellationToken cancellationToken)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var hash = ItemHash.Of(item.Payload.Bytes(scratch));
        return door.RunShortAsync(key, (hash, args, command), static (turn, key, a) => a.command(turn, key, a.hash, a.args), cancellationToken);
    }

    /// <summary>The hashes of items.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    protected static ItemHash[] Hash(IReadOnlyCollection<KvValue> items)
    {
        Require.Some(items, "item");
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var hashes = new ItemHash[items.Count];
        var i = 0;
        foreach (var item in items) hashes[i++] = ItemHash.Of(item.Payload.Bytes(scratch));
        return hashes;
    }
}
