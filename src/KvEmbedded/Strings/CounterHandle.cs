using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Strings;

/// <summary>The number at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class CounterHandle : KeyHandle, ICounter
{
    private const string Integer = "a 64-bit integer";

    public CounterHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    public ValueTask<long?> GetAsync(CancellationToken cancellationToken)
    {
        if (door.ReadsFreely(cancellationToken) && StringReads.TryGet(door.Store, key.Bytes, key.Hash, out var value))
        {
            if (value is null) return new ValueTask<long?>((long?)null);
            if (value.Value.TryGetInt64(out var number)) return new ValueTask<long?>(number);
        }

        return door.RunAsync(key, 0, static (turn, key, _) => Get(turn, key), cancellationToken);
    }

    public ValueTask<double?> GetFloatAsync(CancellationToken cancellationToken)
    {
        if (door.ReadsFreely(cancellationToken) && StringReads.TryGet(door.Store, key.Bytes, key.Hash, out var value))
        {
            if (value is null) return new ValueTask<double?>((double?)null);
            if (value.Value.TryGetDouble(out var number)) return new ValueTask<double?>(number);
        }

        return door.RunAsync(key, 0, static (turn, key, _) => GetFloat(turn, key), cancellationToken);
    }

    public ValueTask<bool> SetAsync(long value, Expiration expiration, SetWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, (value, expiration, when), static (turn, key, a) => Set(turn, key, a.value, a.expiration, a.when), cancellationToken);

    public ValueTask<long?> GetAndResetAsync(Expiration expiration, CancellationToken cancellationToken) =>
        door.RunAsync(key, expiration, static (turn, key, expiration) => GetAndReset(turn, key, expiration), cancellationToken);

    private static long? Get(Turn turn, EncodedKey key) =>
        turn.TryFind(key, out var location) ? IntegerAt(key, location) : null;

    private static double? GetFloat(Turn turn, EncodedKey key)
    {
        if (!turn.TryFind(key, out var location)) return null;
        Span<byte> scratch = stackalloc byte[DecimalText.LengthMax];
        return FloatOf(key, FloatTextAt(key, location, scratch));
    }

    /// <summary>Sets a number if <paramref name="when"/> allows it (SET).</summary>
    private static bool Set(Turn turn, EncodedKey key, long value, Expiration expiration, SetWhen when)
    {
        var exists = turn.TryFind(key, out var location);
        if (!StringWrites.Allows(when, exists)) return false;

        StringWrites.Put(turn, key.Bytes, key.Hash, location, value, expiration);
        return true;
    }

    /// <summary>Sets a number to 0 and answers the one before (SET 0 GET).</summary>
    private static long? GetAndReset(Turn turn, EncodedKey key, Expiration expiration)
    {
        long? old = turn.TryFind(key, out var location) ? IntegerAt(key, location) : null;
        StringWrites.Put(turn, key.Bytes, key.Hash, location, 0L, expiration);
        return old;
    }

    /// <exception cref="NotANumberException">The string is no integer.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    private static long IntegerAt(EncodedKey key, KeyLocation location)
    {
        if (location.IsString && location.TryGetInteger(out var number)) return number;

        // A long string is no number, but it is a string.
        StringReads.LengthAt(key, location);
        throw new NotANumberException(key.Bytes, Integer);
    }
}
