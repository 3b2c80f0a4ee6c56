using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

internal sealed partial class KeysHandle
{
    public ValueTask<bool> DeleteAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(door.Encode(key), 0, static (turn, key, _) => Delete(turn, key), cancellationToken);

    public ValueTask<long> DeleteAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(View, door.Encode(keys), static (turn, _, keys) => Delete(turn, keys), cancellationToken);

    public ValueTask<bool> UnlinkAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(door.Encode(key), 0, static (turn, key, _) => Delete(turn, key), cancellationToken);

    public ValueTask<long> UnlinkAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(View, door.Encode(keys), static (turn, _, keys) => Delete(turn, keys), cancellationToken);

    /// <summary>Removes a key (DEL, UNLINK). Its value is only let go of, which takes no time, however large it is.</summary>
    internal static bool Delete(Turn turn, EncodedKey key)
    {
        if (!turn.Remove(key)) return false;
        turn.Changed(key, KeyEventKind.Deleted);
        return true;
    }

    /// <summary>Removes keys, and counts those that were there (DEL, UNLINK).</summary>
    internal static long Delete(Turn turn, EncodedKey[] keys)
    {
        turn.CloseToReaders();
        var deleted = 0L;
        foreach (var key in keys)
        {
            if (Delete(turn, key)) deleted++;
        }

        return deleted;
    }
}
