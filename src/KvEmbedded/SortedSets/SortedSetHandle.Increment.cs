using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    public ValueTask<double> IncrementAsync(KvValue member, double by, CancellationToken cancellationToken)
    {
        Require.Number(by, nameof(by));
        Require.ValueLength(door, key, member);
        return RunOnMemberAsync(member, by, static (turn, key, member, by) => Increment(turn, key, member, by), cancellationToken);
    }

    public ValueTask<double?> TryIncrementAsync(KvValue member, double by, AddWhen when, CancellationToken cancellationToken)
    {
        AddConditions.RequireNamed(when);
        Require.Number(by, nameof(by));
        Require.ValueLength(door, key, member);
        return RunOnMemberAsync(
            member, (by, when), static (turn, key, member, a) => TryIncrement(turn, key, member, a.by, a.when), cancellationToken);
    }

    /// <summary>Adds to the score of a member (ZINCRBY).</summary>
    private static double Increment(Turn turn, EncodedKey key, ReadOnlySpan<byte> member, double by)
    {
        var set = turn.FindOrCreate<SortedSetTree>(key);
        var score = set.TryGetScore(member, out var old) ? Sum(key, old, by) : by;
        PutSum(turn, key, set, member, score);
        return score;
    }

    /// <summary>Adds to the score of a member if the condition allows it (ZADD INCR).</summary>
    private static double? TryIncrement(Turn turn, EncodedKey key, ReadOnlySpan<byte> member, double by, AddWhen when)
    {
        if (FindToWrite(turn, key, when) is not { } set) return null;

        var score = by;
        if (set.TryGetScore(member, out var old))
        {
            if (!when.AllowsPresent()) return null;
            score = Sum(key, old, by);
            if (!when.AllowsScore(old, score)) return null;
        }
        else if (!when.AllowsMissing())
        {
            return null;
        }

        PutSum(turn, key, set, member, score);
        return score;
    }

    private static void PutSum(Turn turn, EncodedKey key, SortedSetTree set, ReadOnlySpan<byte> member, double score)
    {
        RequireRoom(key, set, member);
        if (set.Put(member, score) != PutResult.Unchanged) turn.Changed(key, KeyEventKind.SortedSetIncremented);
    }

    /// <exception cref="NumberOverflowException">They are the two infinities.</exception>
    private static double Sum(EncodedKey key, double old, double by)
    {
        var sum = old + by;
        return double.IsNaN(sum) ? throw new NumberOverflowException(key.Bytes, "NaN", "the numbers and infinities that a score can be") : sum;
    }
}
