using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Hashes;

internal sealed partial class RedisHash
{
    public ValueTask<bool> SetAsync(KvValue field, KvValue value, SetWhen when, CancellationToken cancellationToken) =>
        Require.Named(when) switch
        {
            SetWhen.Missing => door.RunAsync(new Command("HSETNX", KeyType.Hash) { key, field, value }, Reply.Flag, cancellationToken),
            SetWhen.Present => door.RunAsync(
                new Command(HashScripts.SetSeveral, KeyType.Hash, key) { "XX", field, value }, Reply.Flag, cancellationToken),
            _ => door.RunAsync(new Command("HSET", KeyType.Hash) { key, field, value }, static _ => true, cancellationToken),
        };

    public ValueTask<long> SetAsync(IReadOnlyCollection<HashEntry> entries, CancellationToken cancellationToken) =>
        door.RunAsync(new Command("HSET", KeyType.Hash) { key, Some(entries) }, Reply.Integer, cancellationToken);

    // HSETEX is of Redis 8.0; the scripts for times to live need 7.4.
    public ValueTask<bool> SetAsync(
        IReadOnlyCollection<HashEntry> entries, Expiration expiration, SetWhen when, CancellationToken cancellationToken)
    {
        var words = Some(entries);
        var condition = Words.OrNone(when);
        if (expiration.IsNever && when == SetWhen.Always)
            return door.RunAsync(new Command("HSET", KeyType.Hash) { key, words }, static _ => true, cancellationToken);
        return door.RunAsync(
            expiration switch
            {
                { IsKeep: true } => new Command(HashScripts.SetKeeping, KeyType.Hash, key) { condition, words },
                { TimeToLive: { } time } => new Command(HashScripts.SetExpiring, KeyType.Hash, key)
                {
                    condition, "HPEXPIRE", ServerTime.FieldMilliseconds(time), words,
                },
                { Moment: { } moment } => new Command(HashScripts.SetExpiring, KeyType.Hash, key)
                {
                    condition, "HPEXPIREAT", ServerTime.Milliseconds(moment), words,
                },
                _ => new Command(HashScripts.SetSeveral, KeyType.Hash, key) { condition, words },
            },
            Reply.Flag, cancellationToken);
    }

    /// <summary>Fields and values, one after the other.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    private static IEnumerable<KvValue> Some(IReadOnlyCollection<HashEntry> entries)
    {
        Require.Some(entries, "entry");
        return entries.SelectMany(static entry => new[] { entry.Field, entry.Value });
    }
}
