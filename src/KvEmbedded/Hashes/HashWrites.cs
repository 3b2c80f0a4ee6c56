using KvEmbedded.Engine;

namespace KvEmbedded.Hashes;

/// <summary>What several commands do to a hash in a turn, with what they report.</summary>
internal static class HashWrites
{
    /// <summary>What a field takes besides its bytes and those of its value, about.</summary>
    private const int FieldBytes = 24;

    /// <summary>What a missing key holds.</summary>
    private static readonly HashFields Nobody = new();

    /// <summary>As <see cref="Put"/>, for a command that sets one field and has not asked for room.</summary>
    /// <exception cref="KeyFullException">The hash is as large as it can be.</exception>
    public static bool PutOne(Turn turn, EncodedKey key, HashFields fields, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, long deadline)
    {
        if (!fields.HasRoomFor(field, value)) throw new KeyFullException(key.Bytes, KeyType.Hash);
        return Put(turn, key, fields, field, value, deadline);
    }

    /// <summary>Sets a field, which is new if the one that was there has ended. True if it is new.</summary>
    public static bool Put(Turn turn, EncodedKey key, HashFields fields, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, long deadline)
    {
        RemoveIfDue(turn, key, fields, field);
        return fields.Put(field, value, deadline);
    }

    /// <summary>Removes a field. False if it is not there, or has ended.</summary>
    public static bool Remove(Turn turn, EncodedKey key, HashFields fields, ReadOnlySpan<byte> field) =>
        !RemoveIfDue(turn, key, fields, field) && fields.Remove(field);

    /// <summary>Whether a condition holds for every one of some fields.</summary>
    public static bool Allows(Turn turn, HashFields? fields, SetWhen when, (ReadOnlyMemory<byte> Field, ReadOnlyMemory<byte> Value)[] entries)
    {
        if (when == SetWhen.Always) return true;
        foreach (var (field, _) in entries)
        {
            if (HashReads.Contains(turn, fields, field.Span) != (when == SetWhen.Present)) return false;
        }

        return true;
    }

    /// <summary>The moment that <paramref name="expiration"/> means in this turn.</summary>
    public static long DeadlineOf(Turn turn, Expiration expiration) =>
        expiration.IsNever ? Expiry.NoDeadline
        : expiration.IsKeep ? HashFields.KeepDeadline
        : expiration.Deadline(turn.Clock, turn.Now);

    /// <summary>True if it is a moment, and has come already.</summary>
    public static bool IsPast(Turn turn, long deadline) => deadline is not (Expiry.NoDeadline or HashFields.KeepDeadline) && deadline <= turn.Now;

    /// <summary>Asks whether some fields, all of them, fit into the hash, and for the memory that they will take, about.</summary>
    /// <exception cref="KeyFullException">The hash has no room for all of them.</exception>
    /// <exception cref="MemoryLimitException">The keyspace has no room for all of them.</exception>
    public static void RequireRoom(Turn turn, EncodedKey key, (ReadOnlyMemory<byte> Field, ReadOnlyMemory<byte> Value)[] entries)
    {
        var fields = turn.Find<HashFields>(key);
        if (!(fields ?? Nobody).HasRoomFor(entries)) throw new KeyFullException(key.Bytes, KeyType.Hash);
        if (turn.Options.MemoryLimitBytes is null) return;
        var bytes = 0L;
        foreach (var (field, value) in entries)
        {
            bytes += fields is not null && fields.TryGet(field.Span, out var old, out _)
                ? Math.Max(0, value.Length - old.Length)
                : FieldBytes + field.Length + value.Length;
        }

        turn.RequireMemory(key, bytes);
    }

    private static bool RemoveIfDue(Turn turn, EncodedKey key, HashFields fields, ReadOnlySpan<byte> field)
    {
        // The clock is read only if some field ends at all.
        if (fields.NextDeadline == Expiry.NoDeadline || fields.NextDeadline > turn.Now || !fields.RemoveIfDue(field, turn.Now)) return false;
        turn.Changed(key, KeyEventKind.HashFieldExpired);
        return true;
    }
}
