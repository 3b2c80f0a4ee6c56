using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Hashes;

/// <remarks>What takes a time to live counts it from its turn, as commands on keys do.</remarks>
internal sealed partial class HashHandle
{
    // About: its place in the order of deadlines, and the field's new record.
    private const int DeadlineBytes = 24;

    public ValueTask<bool> ExpireFieldAsync(KvValue field, TimeSpan timeToLive, ExpireWhen when, CancellationToken cancellationToken) =>
        RunOnMemberAsync(
            field, (timeToLive, When: Require.Named(when)),
            static (turn, key, field, a) => ExpireOne(turn, key, field, Clock.Add(turn.Now, a.timeToLive), a.When), cancellationToken);

    public ValueTask<bool> ExpireFieldAtAsync(KvValue field, DateTimeOffset moment, ExpireWhen when, CancellationToken cancellationToken) =>
        RunOnMemberAsync(
            field, (moment, When: Require.Named(when)),
            static (turn, key, field, a) => ExpireOne(turn, key, field, turn.Clock.ToMoment(a.moment), a.When), cancellationToken);

    public ValueTask<FieldExpireResult[]> ExpireFieldsAsync(
        IReadOnlyCollection<KvValue> fields, TimeSpan timeToLive, ExpireWhen when, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (Names: EncodeFields(fields), timeToLive, When: Require.Named(when)),
            static (turn, key, a) => ExpireMany(turn, key, a.Names, Clock.Add(turn.Now, a.timeToLive), a.When), cancellationToken);

    public ValueTask<FieldExpireResult[]> ExpireFieldsAtAsync(
        IReadOnlyCollection<KvValue> fields, DateTimeOffset moment, ExpireWhen when, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (Names: EncodeFields(fields), moment, When: Require.Named(when)),
            static (turn, key, a) => ExpireMany(turn, key, a.Names, turn.Clock.ToMoment(a.moment), a.When), cancellationToken);

    public ValueTask<bool> PersistFieldAsync(KvValue field, CancellationToken cancellationToken) =>
        RunOnMemberAsync(field, 0, static (turn, key, field, _) => PersistOne(turn, key, field), cancellationToken);

    public ValueTask<bool?[]> PersistFieldsAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, EncodeFields(fields), static (turn, key, names) => PersistMany(turn, key, names), cancellationToken);

    /// <summary>Gives a field a deadline (HEXPIRE, HPEXPIRE, HEXPIREAT, HPEXPIREAT).</summary>
    private static bool ExpireOne(Turn turn, EncodedKey key, ReadOnlySpan<byte> field, long deadline, ExpireWhen when)
    {
        if (turn.FindToChange<HashFields>(key) is not { } fields) return false;
        if (deadline > turn.Now) turn.RequireMemory(key, DeadlineBytes);
        var result = Expire(turn, fields, field, deadline, when);
        ReportExpired(turn, key, result == FieldExpireResult.Set, result == FieldExpireResult.Removed);
        return result is FieldExpireResult.Set or FieldExpireResult.Removed;
    }

    /// <summary>Gives fields a deadline (HEXPIRE, HPEXPIRE, HEXPIREAT, HPEXPIREAT).</summary>
    private static FieldExpireResult[] ExpireMany(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] names, long deadline, ExpireWhen when)
    {
        var results = new FieldExpireResult[names.Length];
        if (turn.FindToChange<HashFields>(key) is not { } fields) return results;

        if (deadline > turn.Now) turn.RequireMemory(key, names.Length * (long)DeadlineBytes);
        for (var i = 0; i < names.Length; i++) results[i] = Expire(turn, fields, names[i].Span, deadline, when);
        ReportExpired(turn, key, results.Contains(FieldExpireResult.Set), results.Contains(FieldExpireResult.Removed));
        return results;
    }

    /// <summary>As for keys, the condition is asked before the field is removed because its time has come.</summary>
    private static FieldExpireResult Expire(Turn turn, HashFields fields, ReadOnlySpan<byte> field, long deadline, ExpireWhen when)
    {
        if (!HashReads.TryGet(turn, fields, field, out _, out var present)) return FieldExpireResult.Missing;
        if (!KeysHandle.Allows(when, present, deadline)) return FieldExpireResult.Refused;
        if (deadline > turn.Now)
        {
            fields.SetDeadline(field, deadline);
            return FieldExpireResult.Set;
        }

        fields.Remove(field);
        return FieldExpireResult.Removed;
    }

    private static void ReportExpired(Turn turn, EncodedKey key, bool isSet, bool isRemoved)
    {
        if (isSet) turn.Changed(key, KeyEventKind.HashFieldExpirationSet);
        if (isRemoved) turn.Changed(key, KeyEventKind.HashFieldRemoved);
    }

    /// <summary>Takes the deadline of a field away (HPERSIST).</summary>
    private static bool PersistOne(Turn turn, EncodedKey key, ReadOnlySpan<byte> field)
    {
        if (turn.FindToChange<HashFields>(key) is not { } fields || Persist(turn, fields, field) is not true) return false;
        turn.Changed(key, KeyEventKind.HashFieldPersisted);
        return true;
    }

    /// <summary>Takes the deadlines of fields away (HPERSIST).</summary>
    private static bool?[] PersistMany(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] names)
    {
        var results = new bool?[names.Length];
        if (turn.FindToChange<HashFields>(key) is not { } fields) return results;

        for (var i = 0; i < names.Length; i++) results[i] = Persist(turn, fields, names[i].Span);
        if (results.Contains(true)) turn.Changed(key, KeyEventKind.HashFieldPersisted);
        return results;
    }

    private static bool? Persist(Turn turn, HashFields fields, ReadOnlySpan<byte> field)
    {
        if (!HashReads.TryGet(turn, fields, field, out _, out var deadline)) return null;
        if (deadline == Expiry.NoDeadline) return false;
        fields.SetDeadline(field, Expiry.NoDeadline);
        return true;
    }
}
