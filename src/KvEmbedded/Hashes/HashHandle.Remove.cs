using KvEmbedded.Engine;

namespace KvEmbedded.Hashes;

internal sealed partial class HashHandle
{
    public ValueTask<bool> RemoveAsync(KvValue field, CancellationToken cancellationToken) =>
        RunOnMemberAsync(field, 0, static (turn, key, field, _) => Remove(turn, key, field), cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, EncodeFields(fields), static (turn, key, names) => RemoveMany(turn, key, names), cancellationToken);

    /// <summary>Removes a field (HDEL).</summary>
    private static bool Remove(Turn turn, EncodedKey key, ReadOnlySpan<byte> field)
    {
        if (turn.FindToChange<HashFields>(key) is not { } fields || !HashWrites.Remove(turn, key, fields, field)) return false;
        turn.Changed(key, KeyEventKind.HashFieldRemoved);
        return true;
    }

    /// <summary>Removes fields (HDEL).</summary>
    private static long RemoveMany(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] names)
    {
        if (turn.FindToChange<HashFields>(key) is not { } fields) return 0;
        var removed = 0L;
        foreach (var name in names)
        {
            if (HashWrites.Remove(turn, key, fields, name.Span)) removed++;
        }

        if (removed > 0) turn.Changed(key, KeyEventKind.HashFieldRemoved);
        return removed;
    }
}
