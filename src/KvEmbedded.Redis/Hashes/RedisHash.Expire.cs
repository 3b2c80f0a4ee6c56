using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Hashes;

/// <remarks>Redis has fields that expire since 7.4; a server that has not says so by <see cref="CommandNotSupportedException"/>.</remarks>
internal sealed partial class RedisHash
{
    public async ValueTask<bool> ExpireFieldAsync(KvValue field, TimeSpan timeToLive, ExpireWhen when, CancellationToken cancellationToken) =>
        IsDone(await ExpireFieldsAsync([field], timeToLive, when, cancellationToken).ConfigureAwait(false));

    public async ValueTask<bool> ExpireFieldAtAsync(KvValue field, DateTimeOffset moment, ExpireWhen when, CancellationToken cancellationToken) =>
        IsDone(await ExpireFieldsAtAsync([field], moment, when, cancellationToken).ConfigureAwait(false));

    public ValueTask<FieldExpireResult[]> ExpireFieldsAsync(
        IReadOnlyCollection<KvValue> fields, TimeSpan timeToLive, ExpireWhen when, CancellationToken cancellationToken) =>
        ExpireAsync("HPEXPIRE", ServerTime.FieldMilliseconds(timeToLive), when, fields, cancellationToken);

    public ValueTask<FieldExpireResult[]> ExpireFieldsAtAsync(
        IReadOnlyCollection<KvValue> fields, DateTimeOffset moment, ExpireWhen when, CancellationToken cancellationToken) =>
        ExpireAsync("HPEXPIREAT", ServerTime.Milliseconds(moment), when, fields, cancellationToken);

    public async ValueTask<bool> PersistFieldAsync(KvValue field, CancellationToken cancellationToken) =>
        await PersistFieldsAsync([field], cancellationToken).ConfigureAwait(false) is [true];

    public ValueTask<bool?[]> PersistFieldsAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunAsync(
            OfFields("HPERSIST", fields),
            answer => OrAll(answer, fields.Count, static each => (long)each switch { 1 => true, -1 => false, _ => (bool?)null }, null), cancellationToken);

    public async ValueTask<KeyLifetime> GetFieldLifetimeAsync(KvValue field, CancellationToken cancellationToken) =>
        (await GetFieldLifetimesAsync([field], cancellationToken).ConfigureAwait(false))[0];

    public ValueTask<KeyLifetime[]> GetFieldLifetimesAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command(HashScripts.Lifetimes, KeyType.Hash, key) { Some(fields) },
            static answer => Reply.Each(answer, static each => (long)each[0] switch
            {
                -2 => KeyLifetime.Missing,
                -1 => KeyLifetime.Endless,
                var left => KeyLifetime.Until(ServerTime.Moment((long)each[1]), ServerTime.Left(left)!.Value),
            }),
            cancellationToken);

    // HGETEX and HGETDEL are of Redis 8.0.
    public ValueTask<KvValue?[]> GetAndExpireAsync(
        IReadOnlyCollection<KvValue> fields, Expiration expiration, CancellationToken cancellationToken) =>
        expiration switch
        {
            { IsKeep: true } => GetAsync(fields, cancellationToken),
            { TimeToLive: { } time } => GetAndAsync("HPEXPIRE", ServerTime.FieldMilliseconds(time), fields, cancellationToken),
            { Moment: { } moment } => GetAndAsync("HPEXPIREAT", ServerTime.Milliseconds(moment), fields, cancellationToken),
            _ => GetAndAsync("HPERSIST", 0, fields, cancellationToken),
        };

    public ValueTask<KvValue?[]> GetAndRemoveAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunAsync(new Command(HashScripts.GetAndRemove, KeyType.Hash, key) { Some(fields) }, Reply.ValuesOrNull, cancellationToken);

    private ValueTask<KvValue?[]> GetAndAsync(string command, long time, IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command(HashScripts.GetAndExpire, KeyType.Hash, key) { command, time, Some(fields) }, Reply.ValuesOrNull, cancellationToken);

    private ValueTask<FieldExpireResult[]> ExpireAsync(
        string command, long time, ExpireWhen when, IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command(command, KeyType.Hash) { key, time, Words.Of(when), "FIELDS", Some(fields).Count, fields },
            answer => OrAll(
                answer, fields.Count,
                static each => (long)each switch
                {
                    0 => FieldExpireResult.Refused,
                    1 => FieldExpireResult.Set,
                    2 => FieldExpireResult.Removed,
                    _ => FieldExpireResult.Missing,
                },
                FieldExpireResult.Missing),
            cancellationToken);

    private Command OfFields(string name, IReadOnlyCollection<KvValue> fields) =>
        new(name, KeyType.Hash) { key, "FIELDS", Some(fields).Count, fields };

    /// <summary>An answer for each field; some servers answer a missing key with nothing.</summary>
    private static T[] OrAll<T>(RedisResult answer, int count, Func<RedisResult, T> read, T missing)
    {
        if (!answer.IsNull && Reply.IsList(answer) && answer.Length == count) return Reply.Each(answer, read);
        var all = new T[count];
        Array.Fill(all, missing);
        return all;
    }

    private static bool IsDone(FieldExpireResult[] results) => results is [FieldExpireResult.Set or FieldExpireResult.Removed];
}
