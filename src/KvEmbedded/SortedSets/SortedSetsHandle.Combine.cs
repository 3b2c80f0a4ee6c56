using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetsHandle
{
    public ValueTask<SortedSetEntry[]> GetUnionAsync(
        IReadOnlyCollection<KvKey> keys, CombineOptions? options, CancellationToken cancellationToken) =>
        ReadAsync(keys, Combination.Of(SetOperation.Union, keys, options), cancellationToken);

    public ValueTask<SortedSetEntry[]> GetIntersectionAsync(
        IReadOnlyCollection<KvKey> keys, CombineOptions? options, CancellationToken cancellationToken) =>
        ReadAsync(keys, Combination.Of(SetOperation.Intersection, keys, options), cancellationToken);

    public ValueTask<SortedSetEntry[]> GetDifferenceAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        ReadAsync(keys, Combination.Of(SetOperation.Difference, keys, null), cancellationToken);

    public ValueTask<long> StoreUnionAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CombineOptions? options, CancellationToken cancellationToken) =>
        StoreAsync(destination, keys, Combination.Of(SetOperation.Union, keys, options), cancellationToken);

    public ValueTask<long> StoreIntersectionAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CombineOptions? options, CancellationToken cancellationToken) =>
        StoreAsync(destination, keys, Combination.Of(SetOperation.Intersection, keys, options), cancellationToken);

    public ValueTask<long> StoreDifferenceAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        StoreAsync(destination, keys, Combination.Of(SetOperation.Difference, keys, null), cancellationToken);

    public ValueTask<long> CountIntersectionAsync(IReadOnlyCollection<KvKey> keys, long limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var encoded = door.Encode(keys);
        return door.RunMeasuredAsync(
            encoded[0], (encoded, limit), static (turn, _, a) => CountIntersection(turn, a.encoded, a.limit), cancellationToken);
    }

    private ValueTask<SortedSetEntry[]> ReadAsync(
        IReadOnlyCollection<KvKey> keys, Combination combination, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(keys);
        return door.RunMeasuredAsync(
            encoded[0], (encoded, combination),
            static (turn, _, a) => SortedSetReads.All(a.combination.Compute(SetsAt(turn, a.encoded))), cancellationToken);
    }

    private ValueTask<long> StoreAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, Combination combination, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(keys);
        return door.RunMeasuredAsync(
            door.Encode(destination), (encoded, combination),
            static (turn, key, a) => SortedSetWrites.Store(turn, key, a.combination.Compute(SetsAt(turn, a.encoded))), cancellationToken);
    }

    /// <summary>Counts the members that all sets have, up to a limit (ZINTERCARD).</summary>
    private static long CountIntersection(Turn turn, EncodedKey[] keys, long limit)
    {
        var sets = SetsAt(turn, keys);
        Array.Sort(sets, static (left, right) => left.Count.CompareTo(right.Count));
        long count = 0;
        for (var cursor = sets[0].From(0, Order.Ascending); count < limit && cursor.MoveNext();)
        {
            if (Combination.AreAllIn(sets, cursor.Member)) count++;
        }

        return count;
    }

    /// <summary>The sets at the keys; an empty one stands for a missing key.</summary>
    /// <exception cref="WrongTypeException">A key holds another data type.</exception>
    private static SortedSetTree[] SetsAt(Turn turn, EncodedKey[] keys) =>
        Array.ConvertAll(keys, key => turn.Find<SortedSetTree>(key) ?? new SortedSetTree());
}
