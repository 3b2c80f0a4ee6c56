using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

internal sealed partial class KeysHandle
{
    public ValueTask<bool> ExistsAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(door.Encode(key), 0, static (turn, key, _) => turn.Exists(key), cancellationToken);

    public ValueTask<long> ExistsAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(View, door.Encode(keys), static (turn, _, keys) => CountExisting(turn, keys), cancellationToken);

    public ValueTask<bool> TouchAsync(KvKey key, CancellationToken cancellationToken) => ExistsAsync(key, cancellationToken);

    public ValueTask<long> TouchAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(View, door.Encode(keys), static (turn, _, keys) => CountExisting(turn, keys), cancellationToken);

    public ValueTask<KeyType> GetTypeAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(door.Encode(key), 0, static (turn, key, _) => TypeOf(turn, key), cancellationToken);

    /// <summary>How many of the keys exist; a key named twice counts twice (EXISTS, TOUCH).</summary>
    internal static long CountExisting(Turn turn, EncodedKey[] keys)
    {
        var existing = 0L;
        foreach (var key in keys)
        {
            if (turn.Exists(key)) existing++;
        }

        return existing;
    }

    /// <summary>The data type a key holds (TYPE).</summary>
    internal static KeyType TypeOf(Turn turn, EncodedKey key) =>
        turn.TryFind(key, out var location) ? Turn.TypeOf(location) : KeyType.None;
}
