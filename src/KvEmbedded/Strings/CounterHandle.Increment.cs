using System.Globalization;
using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

/// <remarks>Adding is what counters do all day: it takes the idle loop itself, and integers are overwritten in place.</remarks>
internal sealed partial class CounterHandle
{
    public ValueTask<long> IncrementAsync(long by, Expiration expirationIfCreated, CancellationToken cancellationToken)
    {
        if (!door.TryEnter(cancellationToken, out var turn)) return IncrementInTurnAsync(by, expirationIfCreated, cancellationToken);

        // The common case can neither fail nor has it anybody to tell. The others are apart, so that their locals cost it nothing.
        if (!turn.TryAddInPlace(key, by, out var sum)) return IncrementHolding(turn, by, expirationIfCreated);
        door.Leave(turn);
        return new ValueTask<long>(sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<long> IncrementInTurnAsync(long by, Expiration expirationIfCreated, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, (by, expirationIfCreated), static (turn, key, a) => Add(turn, key, a.by, a.expirationIfCreated), cancellationToken);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<long> IncrementHolding(Turn turn, long by, Expiration expirationIfCreated) =>
        door.RunAndLeave(turn, key, (by, expirationIfCreated), static (turn, key, a) => Add(turn, key, a.by, a.expirationIfCreated));

    public ValueTask<long> DecrementAsync(long by, Expiration expirationIfCreated, CancellationToken cancellationToken) =>
        by != long.MinValue
            ? IncrementAsync(-by, expirationIfCreated, cancellationToken)
            : throw new ArgumentOutOfRangeException(nameof(by), by, "The least 64-bit integer has no positive counterpart. Take it in two steps.");

    public ValueTask<IncrementResult> IncrementAsync(long by, IncrementOptions options, CancellationToken cancellationToken)
    {
        IncrementOptions.Checked(options);
        return door.RunAsync(key, (by, options), static (turn, key, a) => AddWithin(turn, key, a.by, a.options), cancellationToken);
    }

    /// <summary>Adds to a number (INCRBY).</summary>
    private static long Add(Turn turn, EncodedKey key, long by, Expiration expirationIfCreated)
    {
        if (!turn.TryFind(key, out var location))
        {
            Put(turn, key, location, by, expirationIfCreated);
            return by;
        }

        var old = IntegerAt(key, location);
        var sum = unchecked(old + by);
        if (((old ^ sum) & (by ^ sum)) < 0) throw Overflow(key, (Int128)old + by);
        turn.PutRecord(key.Bytes, key.Hash, location, sum, Turn.KeepDeadline);
        turn.Changed(key, KeyEventKind.CounterIncremented);
        return sum;
    }

    /// <summary>Adds to a number within bounds (INCREX).</summary>
    private static IncrementResult AddWithin(Turn turn, EncodedKey key, long by, IncrementOptions options)
    {
        var exists = turn.TryFind(key, out var location);
        var old = exists ? IntegerAt(key, location) : 0;
        var sum = (Int128)old + by;
        if (sum < options.Min || sum > options.Max)
        {
            if (options.AtBound == AtBound.Refuse) return new IncrementResult(old, 0, IsRefused: true);
            sum = Int128.Clamp(sum, options.Min, options.Max);
        }

        var added = sum - old;
        if (added < long.MinValue || added > long.MaxValue) throw Overflow(key, added);

        var isExpirationMeant = !exists || options.ExpireWhen switch
        {
            ExpireCounterWhen.Always => true,
            ExpireCounterWhen.WithoutExpiration => location.Deadline == Expiry.NoDeadline,
            _ => false,
        };
        Put(turn, key, location, (long)sum, isExpirationMeant ? options.Expiration : Expiration.Keep);
        return new IncrementResult((long)sum, (long)added, IsRefused: false);
    }

    /// <summary>Puts a sum, with what its report needs.</summary>
    private static void Put(Turn turn, EncodedKey key, KeyLocation location, long sum, Expiration expiration) =>
        StringWrites.Put(turn, key.Bytes, key.Hash, location, sum, expiration, KeyEventKind.CounterIncremented);

    private static NumberOverflowException Overflow(EncodedKey key, Int128 sum) =>
        new(key.Bytes, sum.ToString(CultureInfo.InvariantCulture), "the 64-bit integers");
}
