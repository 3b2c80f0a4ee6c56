using KvEmbedded.Engine;

namespace KvEmbedded.Hashes;

internal sealed partial class HashHandle
{
    public ValueTask<bool> SetAsync(KvValue field, KvValue value, SetWhen when, CancellationToken cancellationToken)
    {
        if (when != SetWhen.Always) Require.Named(when);
        Require.ValueLength(door, key, field);
        Require.ValueLength(door, key, value);
        if (!door.TryEnter(cancellationToken, out var turn))
        {
            return door.RunAsync(
                key, (Field: field.ToMemory(), Value: value.ToMemory(), when),
                static (turn, key, a) => Set(turn, key, a.Field.Span, a.Value.Span, a.when), cancellationToken);
        }

        try
        {
            Span<byte> fieldScratch = stackalloc byte[ScratchLength], valueScratch = stackalloc byte[ScratchLength];
            return new ValueTask<bool>(Set(turn, key, field.Payload.Bytes(fieldScratch), value.Payload.Bytes(valueScratch), when));
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<bool>(exception);
        }
        finally
        {
            door.Leave(turn);
        }
    }

    public ValueTask<long> SetAsync(IReadOnlyCollection<HashEntry> entries, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, Encode(entries), static (turn, key, entries) => SetMany(turn, key, entries), cancellationToken);

    public ValueTask<bool> SetAsync(
        IReadOnlyCollection<HashEntry> entries, Expiration expiration, SetWhen when, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (Entries: Encode(entries), expiration, When: Require.Named(when)),
            static (turn, key, a) => SetExpiring(turn, key, a.Entries, a.expiration, a.When), cancellationToken);

    private (ReadOnlyMemory<byte> Field, ReadOnlyMemory<byte> Value)[] Encode(IReadOnlyCollection<HashEntry> entries)
    {
        Require.Some(entries, "entry");
        var encoded = new (ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)[entries.Count];
        var i = 0;
        foreach (var (field, value) in entries)
        {
            Require.ValueLength(door, key, field);
            Require.ValueLength(door, key, value);
            encoded[i++] = (field.ToMemory(), value.ToMemory());
        }

        return encoded;
    }

    /// <summary>Sets a field if the condition allows it (HSET, HSETNX).</summary>
    private static bool Set(Turn turn, EncodedKey key, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, SetWhen when)
    {
        if (when != SetWhen.Always && HashReads.Contains(turn, turn.Find<HashFields>(key), field) != (when == SetWhen.Present))
            return false;

        HashWrites.PutOne(turn, key, turn.FindOrCreate<HashFields>(key), field, value, Expiry.NoDeadline);
        turn.Changed(key, KeyEventKind.HashFieldSet);
        return true;
    }

    /// <summary>Sets fields (HSET).</summary>
    private static long SetMany(Turn turn, EncodedKey key, (ReadOnlyMemory<byte> Field, ReadOnlyMemory<byte> Value)[] entries)
    {
        HashWrites.RequireRoom(turn, key, entries);
        var fields = turn.FindOrCreate<HashFields>(key);
        var added = 0L;
        foreach (var (field, value) in entries)
        {
            if (HashWrites.Put(turn, key, fields, field.Span, value.Span, Expiry.NoDeadline)) added++;
        }

        turn.Changed(key, KeyEventKind.HashFieldSet);
        return added;
    }

    /// <summary>Sets fields with their time to live if the condition allows it for all of them (HSETEX).</summary>
    private static bool SetExpiring(
        Turn turn, EncodedKey key, (ReadOnlyMemory<byte> Field, ReadOnlyMemory<byte> Value)[] entries, Expiration expiration, SetWhen when)
    {
        if (!HashWrites.Allows(turn, turn.Find<HashFields>(key), when, entries)) return false;

        var deadline = HashWrites.DeadlineOf(turn, expiration);
        if (HashWrites.IsPast(turn, deadline))
        {
            RemoveMany(turn, key, Array.ConvertAll(entries, static entry => entry.Field));
            return true;
        }

        HashWrites.RequireRoom(turn, key, entries);
        var fields = turn.FindOrCreate<HashFields>(key);
        foreach (var (field, value) in entries) HashWrites.Put(turn, key, fields, field.Span, value.Span, deadline);
        turn.Changed(key, KeyEventKind.HashFieldSet);
        if (deadline is not (Expiry.NoDeadline or HashFields.KeepDeadline)) turn.Changed(key, KeyEventKind.HashFieldExpirationSet);
        return true;
    }
}
