using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

/// <summary>Writing strings in a turn: the one place that chooses their form.</summary>
internal static class StringWrites
{
    /// <summary>Sets a string if <paramref name="when"/> allows it (SET).</summary>
    public static bool Set(
        Turn turn, ReadOnlySpan<byte> key, uint hash, ReadOnlySpan<byte> value, Expiration expiration, SetWhen when)
    {
        var exists = turn.TryFind(key, hash, out var location);
        if (!Allows(when, exists)) return false;

        Put(turn, key, hash, location, value, expiration);
        return true;
    }

    /// <exception cref="ArgumentOutOfRangeException">There is no such condition.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireNamed(SetWhen when)
    {
        if ((uint)when > (uint)SetWhen.Present) Require.Named(when);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Allows(SetWhen when, bool exists) => when == SetWhen.Always || exists == (when == SetWhen.Present);

    /// <summary>Puts a string where <paramref name="location"/> says, and reports it.</summary>
    public static void Put(
        Turn turn, ReadOnlySpan<byte> key, uint hash, KeyLocation location, ReadOnlySpan<byte> value, Expiration expiration,
        KeyEventKind kind = KeyEventKind.StringSet)
    {
        if (!TryGetDeadline(turn, key, hash, location, expiration, out var deadline)) return;

        if (value.Length <= Turn.RecordLengthMax)
            turn.PutRecord(key, hash, location, value, deadline);
        else
            turn.Put(new EncodedKey(key.ToArray(), hash), StringBlob.Of(value), deadline == Turn.KeepDeadline ? DeadlineAt(location) : deadline);
        Report(turn, key, hash, kind, deadline);
    }

    /// <summary>As the other, for an integer.</summary>
    public static void Put(
        Turn turn, ReadOnlySpan<byte> key, uint hash, KeyLocation location, long value, Expiration expiration,
        KeyEventKind kind = KeyEventKind.StringSet)
    {
        if (!TryGetDeadline(turn, key, hash, location, expiration, out var deadline)) return;
        turn.PutRecord(key, hash, location, value, deadline);
        Report(turn, key, hash, kind, deadline);
    }

    /// <summary>
    /// Writes into a string, or makes one: bytes from <paramref name="offset"/> on, zeros in a gap before them. The key
    /// keeps its time to live. The length was checked, and the report is the caller's.
    /// </summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The keyspace may not grow.</exception>
    public static void Overwrite(Turn turn, EncodedKey key, KeyLocation location, int offset, ReadOnlySpan<byte> value)
    {
        if (location.Entry is not null)
        {
            var present = StringReads.Blob(key, location);
            turn.RequireMemory(key);

            // One that does not grow, loses no companion and is not to be taken back has no accounts to close.
            if (turn.IsRecording || present.Companion is not null || (long)offset + value.Length > present.Length)
                present = turn.FindToChange<StringBlob>(key)!;
            present.Write(offset, value);
            return;
        }

        turn.RequireMemory(key);
        if (turn.TryWriteInPlace(location, offset, value)) return;
        OverwriteCopy(turn, key, location, offset, value);
    }

    // Apart: room on the stack costs who does not need it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OverwriteCopy(Turn turn, EncodedKey key, KeyLocation location, int offset, ReadOnlySpan<byte> value)
    {
        var oldLength = location.Exists ? location.StringLength : 0;
        Span<byte> text = stackalloc byte[Turn.RecordLengthMax];
        if (location.Exists) location.CopyString(0, text[..oldLength]);

        var end = offset + value.Length;
        if (end <= Turn.RecordLengthMax)
        {
            if (offset > oldLength) text[oldLength..offset].Clear();
            value.CopyTo(text[offset..]);
            turn.PutRecord(key.Bytes, key.Hash, location, text[..Math.Max(oldLength, end)], Turn.KeepDeadline);
        }
        else
        {
            var blob = StringBlob.Of(text[..oldLength]);
            blob.Write(offset, value);
            turn.Put(key, blob, DeadlineAt(location));
        }
    }

    /// <summary>The moment that <paramref name="expiration"/> means in this turn.</summary>
    public static long DeadlineOf(Turn turn, Expiration expiration) =>
        expiration.IsNever ? Expiry.NoDeadline
        : expiration.IsKeep ? Turn.KeepDeadline
        : expiration.Deadline(turn.Clock, turn.Now);

    /// <summary>False if the moment has come already: then the key has been removed, and there is nothing left to put.</summary>
    private static bool TryGetDeadline(
        Turn turn, ReadOnlySpan<byte> key, uint hash, KeyLocation location, Expiration expiration, out long deadline)
    {
        deadline = DeadlineOf(turn, expiration);
        if (deadline is Expiry.NoDeadline or Turn.KeepDeadline || deadline > turn.Now) return true;
        if (location.Exists) RemoveExpired(turn, key, hash, location);
        return false;
    }

    private static void RemoveExpired(Turn turn, ReadOnlySpan<byte> key, uint hash, KeyLocation location)
    {
        var encoded = new EncodedKey(key.ToArray(), hash);
        turn.Remove(encoded, location);
        turn.Changed(encoded, KeyEventKind.Deleted);
    }

    private static void Report(Turn turn, ReadOnlySpan<byte> key, uint hash, KeyEventKind kind, long deadline)
    {
        if (!turn.IsListenedTo) return;
        var encoded = new EncodedKey(key.ToArray(), hash);
        turn.Changed(encoded, kind);
        if (deadline is not (Expiry.NoDeadline or Turn.KeepDeadline)) turn.Changed(encoded, KeyEventKind.ExpirationSet);
    }

    private static long DeadlineAt(KeyLocation location) => location.Exists ? location.Deadline : Expiry.NoDeadline;
}
