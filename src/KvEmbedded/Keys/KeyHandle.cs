using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

/// <summary>What the handle of every data type is: a key, the door it is reached through, and the commands on any key.</summary>
internal abstract class KeyHandle(Door door, EncodedKey key) : IKeyHandle
{
    /// <summary>The way to the loop.</summary>
    protected readonly Door door = door;

    /// <summary>The key with the view's prefix.</summary>
    protected readonly EncodedKey key = key;

    public KvKey Key => key.Bytes;

    public ValueTask<bool> ExistsAsync(CancellationToken cancellationToken = default) =>
        door.RunAsync(key, 0, static (turn, key, _) => turn.Exists(key), cancellationToken);

    public ValueTask<bool> DeleteAsync(CancellationToken cancellationToken = default) =>
        door.RunAsync(key, 0, static (turn, key, _) => KeysHandle.Delete(turn, key), cancellationToken);

    public ValueTask<bool> ExpireAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        door.RunAsync(
            key, timeToLive, static (turn, key, timeToLive) => KeysHandle.ExpireIn(turn, key, timeToLive, ExpireWhen.Always),
            cancellationToken);

    public ValueTask<TimeSpan?> TimeToLiveAsync(CancellationToken cancellationToken = default) =>
        door.RunAsync(key, 0, static (turn, key, _) => KeysHandle.TimeToLive(turn, key), cancellationToken);
}
