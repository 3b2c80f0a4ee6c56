using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

internal sealed partial class KeysHandle
{
    public ValueTask<bool> ExpireAsync(KvKey key, TimeSpan timeToLive, ExpireWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            door.Encode(key), (timeToLive, when: Require.Named(when)),
            static (turn, key, a) => ExpireIn(turn, key, a.timeToLive, a.when), cancellationToken);

    public ValueTask<bool> ExpireAtAsync(KvKey key, DateTimeOffset moment, ExpireWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            door.Encode(key), (moment, when: Require.Named(when)),
            static (turn, key, a) => Expire(turn, key, turn.Clock.ToMoment(a.moment), a.when), cancellationToken);

    public ValueTask<bool> PersistAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(door.Encode(key), 0, static (turn, key, _) => Persist(turn, key), cancellationToken);

    /// <summary>Gives a key a time to live (EXPIRE, PEXPIRE).</summary>
    internal static bool ExpireIn(Turn turn, EncodedKey key, TimeSpan timeToLive, ExpireWhen when) =>
        Expire(turn, key, Clock.Add(turn.Now, timeToLive), when);

    /// <summary>
    /// Gives a key a deadline, or removes it if that has come already: the condition is asked first, as in Redis (EXPIREAT,
    /// PEXPIREAT).
    /// </summary>
    internal static bool Expire(Turn turn, EncodedKey key, long deadline, ExpireWhen when)
    {
        if (!turn.TryFind(key, out var location) || !Allows(when, location.Deadline, deadline)) return false;

        if (deadline > turn.Now)
        {
            turn.SetDeadline(key, location, deadline);
            turn.Changed(key, KeyEventKind.ExpirationSet);
        }
        else
        {
            turn.Remove(key, location);
            turn.Changed(key, KeyEventKind.Deleted);
        }

        return true;
    }

    /// <summary>Takes a key's deadline away (PERSIST).</summary>
    internal static bool Persist(Turn turn, EncodedKey key)
    {
        if (!turn.TryFind(key, out var location) || location.Deadline == Expiry.NoDeadline) return false;

        turn.SetDeadline(key, location, Expiry.NoDeadline);
        turn.Changed(key, KeyEventKind.Persisted);
        return true;
    }

    // No deadline is the latest of all, so the two comparisons need no case for it.
    /// <summary>Whether a deadline may take the place of another one, which may be none.</summary>
    internal static bool Allows(ExpireWhen when, long present, long wanted) => when switch
    {
        ExpireWhen.WithoutExpiration => present == Expiry.NoDeadline,
        ExpireWhen.WithExpiration => present != Expiry.NoDeadline,
        ExpireWhen.Later => wanted > present,
        ExpireWhen.Sooner => wanted < present,
        _ => true,
    };
}
