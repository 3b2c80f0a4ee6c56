using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

internal sealed partial class StringHandle
{
    public ValueTask<bool> CompareAndSetAsync(
        KvValue expected, KvValue value, Expiration expiration, CompareWhen when, CancellationToken cancellationToken)
    {
        Require.ValueLength(door, key, value);
        return door.RunAsync(
            key, (Expected: expected.ToMemory(), Value: value.ToMemory(), expiration, when),
            static (turn, key, a) => CompareAndSet(turn, key, a.Expected.Span, a.Value.Span, a.expiration, a.when), cancellationToken);
    }

    public ValueTask<bool> CompareAndDeleteAsync(KvValue expected, CompareWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, (Expected: expected.ToMemory(), when),
            static (turn, key, a) => CompareAndDelete(turn, key, a.Expected.Span, a.when), cancellationToken);

    /// <summary>Sets a string if the present one is or is not as expected (SET IFEQ, SET IFNE).</summary>
    private static bool CompareAndSet(
        Turn turn, EncodedKey key, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> value, Expiration expiration, CompareWhen when)
    {
        var isEqual = turn.TryFind(key, out var location) && StringReads.IsAt(key, location, expected);
        if (isEqual != (when == CompareWhen.Equal)) return false;

        StringWrites.Put(turn, key.Bytes, key.Hash, location, value, expiration);
        return true;
    }

    /// <summary>Deletes a key if its string is or is not as expected (DELEX).</summary>
    private static bool CompareAndDelete(Turn turn, EncodedKey key, ReadOnlySpan<byte> expected, CompareWhen when)
    {
        if (!turn.TryFind(key, out var location)) return false;
        if (StringReads.IsAt(key, location, expected) != (when == CompareWhen.Equal)) return false;

        turn.Remove(key, location);
        turn.Changed(key, KeyEventKind.Deleted);
        return true;
    }
}
