using KvEmbedded.Engine;

namespace KvEmbedded.Hashes;

internal sealed partial class HashHandle
{
    public ValueTask<KeyLifetime> GetFieldLifetimeAsync(KvValue field, CancellationToken cancellationToken) =>
        RunOnMemberAsync(field, 0, static (turn, key, field, _) => Lifetime(turn, turn.Find<HashFields>(key), field), cancellationToken);

    public ValueTask<KeyLifetime[]> GetFieldLifetimesAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, EncodeFields(fields),
            static (turn, key, names) =>
            {
                var fields = turn.Find<HashFields>(key);
                return Array.ConvertAll(names, name => Lifetime(turn, fields, name.Span));
            },
            cancellationToken);

    /// <summary>Whether a field is there, and when it ends (HTTL, HPTTL, HEXPIRETIME, HPEXPIRETIME).</summary>
    private static KeyLifetime Lifetime(Turn turn, HashFields? fields, ReadOnlySpan<byte> field)
    {
        if (!HashReads.TryGet(turn, fields, field, out _, out var deadline)) return KeyLifetime.Missing;
        return deadline == Expiry.NoDeadline
            ? KeyLifetime.Endless
            : KeyLifetime.Until(turn.Clock.ToWall(deadline), new TimeSpan(deadline - turn.Now));
    }
}
