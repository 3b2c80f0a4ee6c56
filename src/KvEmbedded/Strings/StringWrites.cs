using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

/// <summary>Writing a whole string in a turn: the one place that chooses its form.</summary>
internal static class StringWrites
{
    /// <summary>Sets a string if <paramref name="when"/> allows it (SET).</summary>
    public static bool Set(
        Turn turn, ReadOnlySpan<byte> key, uint hash, ReadOnlySpan<byte> value, Expiration expiration, SetWhen when)
    {
        var exists = turn.TryFind(key, hash, out var location);
        if (when != SetWhen.Always && exists != (when == SetWhen.Present)) return false;

        Put(turn, key, hash, location, value, expiration);
        return true;
    }

    /// <summary>Puts a string where <paramref name="location"/> says, and reports it.</summary>
    public static void Put(
        Turn turn, ReadOnlySpan<byte> key, uint hash, KeyLocation location, ReadOnlySpan<byte> value, Expiration expiration)
    {
        var deadline = DeadlineOf(turn, expiration);
        if (deadline != Turn.KeepDeadline && deadline != Expiry.NoDeadline && deadline <= turn.Now)
        {
            if (location.Exists) RemoveExpired(turn, key, hash, location);
            return;
        }

        if (value.Length <= Turn.RecordLengthMax)
            turn.PutRecord(key, hash, location, value, deadline);
        else
            turn.Put(new EncodedKey(key.ToArray(), hash), StringBlob.Of(value), deadline == Turn.KeepDeadline ? location.Exists ? location.Deadline : Expiry.NoDeadline : deadline);
        if (turn.IsListenedTo) turn.Changed(new EncodedKey(key.ToArray(), hash), KeyEventKind.StringSet);
    }

    /// <summary>The moment that <paramref name="expiration"/> means in this turn.</summary>
    public static long DeadlineOf(Turn turn, Expiration expiration) =>
        expiration.IsNever ? Expiry.NoDeadline
        : expiration.IsKeep ? Turn.KeepDeadline
        : expiration.Deadline(turn.Clock, turn.Now);

    private static void RemoveExpired(Turn turn, ReadOnlySpan<byte> key, uint hash, KeyLocation location)
    {
        var encoded = new EncodedKey(key.ToArray(), hash);
        turn.Remove(encoded, location);
        turn.Changed(encoded, KeyEventKind.Deleted);
    }
}
