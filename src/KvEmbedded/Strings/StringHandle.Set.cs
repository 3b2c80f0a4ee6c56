using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

internal sealed partial class StringHandle
{
    public ValueTask<bool> SetAsync(KvValue value, Expiration expiration, SetWhen when, CancellationToken cancellationToken) =>
        StringsHandle.SetAsync(door, key.Bytes, key.Hash, value, expiration, when, cancellationToken);

    public ValueTask<KvValue?> GetAndSetAsync(
        KvValue value, Expiration expiration, SetWhen when, CancellationToken cancellationToken)
    {
        Require.ValueLength(door, key, value);
        return door.RunAsync(
            key, (value.ToMemory(), expiration, when), static (turn, key, a) => GetAndSet(turn, key, a.Item1, a.expiration, a.when),
            cancellationToken);
    }

    /// <summary>Sets a string and answers the one before (SET GET).</summary>
    private static KvValue? GetAndSet(Turn turn, EncodedKey key, ReadOnlyMemory<byte> value, Expiration expiration, SetWhen when)
    {
        var old = turn.TryFind(key, out var location) ? (KvValue?)StringReads.ValueAt(key, location) : null;
        StringWrites.Set(turn, key.Bytes, key.Hash, value.Span, expiration, when);
        return old;
    }
}
