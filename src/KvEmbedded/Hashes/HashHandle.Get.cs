using KvEmbedded.Engine;

namespace KvEmbedded.Hashes;

internal sealed partial class HashHandle
{
    public ValueTask<KvValue?> GetAsync(KvValue field, CancellationToken cancellationToken) =>
        RunOnMemberAsync(
            field, 0, static (turn, key, field, _) => HashReads.Get(turn, turn.Find<HashFields>(key), field), cancellationToken);

    public ValueTask<KvValue?[]> GetAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, EncodeFields(fields), static (turn, key, names) => GetMany(turn, turn.Find<HashFields>(key), names), cancellationToken);

    public ValueTask<bool> ContainsAsync(KvValue field, CancellationToken cancellationToken) =>
        RunOnMemberAsync(
            field, 0, static (turn, key, field, _) => HashReads.Contains(turn, turn.Find<HashFields>(key), field), cancellationToken);

    public ValueTask<int> GetLengthAsync(KvValue field, CancellationToken cancellationToken) =>
        RunOnMemberAsync(
            field, 0,
            static (turn, key, field, _) => HashReads.TryGet(turn, turn.Find<HashFields>(key), field, out var value) ? value.Length : 0,
            cancellationToken);

    public ValueTask<KvValue?[]> GetAndRemoveAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, EncodeFields(fields), static (turn, key, names) => GetAndRemove(turn, key, names), cancellationToken);

    public ValueTask<KvValue?[]> GetAndExpireAsync(
        IReadOnlyCollection<KvValue> fields, Expiration expiration, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (Names: EncodeFields(fields), expiration), static (turn, key, a) => GetAndExpire(turn, key, a.Names, a.expiration),
            cancellationToken);

    /// <summary>The values of fields (HMGET).</summary>
    private static KvValue?[] GetMany(Turn turn, HashFields? fields, ReadOnlyMemory<byte>[] names) =>
        Array.ConvertAll(names, name => HashReads.Get(turn, fields, name.Span));

    /// <summary>The values of fields, which are removed (HGETDEL).</summary>
    private static KvValue?[] GetAndRemove(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] names)
    {
        var fields = turn.FindToChange<HashFields>(key);
        var values = new KvValue?[names.Length];
        var removed = 0;
        for (var i = 0; i < names.Length && fields is not null; i++)
        {
            values[i] = HashReads.Get(turn, fields, names[i].Span);
            if (HashWrites.Remove(turn, key, fields, names[i].Span)) removed++;
        }

        if (removed > 0) turn.Changed(key, KeyEventKind.HashFieldRemoved);
        return values;
    }

    /// <summary>The values of fields, which get a time to live or lose it (HGETEX).</summary>
    private static KvValue?[] GetAndExpire(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] names, Expiration expiration)
    {
        var values = GetMany(turn, turn.Find<HashFields>(key), names);
        if (expiration.IsKeep) return values;

        var deadline = HashWrites.DeadlineOf(turn, expiration);
        if (deadline == Expiry.NoDeadline) PersistMany(turn, key, names);
        else ExpireMany(turn, key, names, deadline, ExpireWhen.Always);
        return values;
    }
}
