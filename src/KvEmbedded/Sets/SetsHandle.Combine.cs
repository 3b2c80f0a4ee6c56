using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

internal sealed partial class SetsHandle
{
    public ValueTask<KvValue[]> GetUnionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        SetReading.ReadAsync(door, door.Encode(keys), SetAlgebra.ReadUnion, nameof(GetUnionAsync), cancellationToken);

    public ValueTask<KvValue[]> GetIntersectionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        SetReading.ReadAsync(door, door.Encode(keys), SetAlgebra.ReadIntersection, nameof(GetIntersectionAsync), cancellationToken);

    public ValueTask<KvValue[]> GetDifferenceAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        SetReading.ReadAsync(door, door.Encode(keys), SetAlgebra.ReadDifference, nameof(GetDifferenceAsync), cancellationToken);

    public ValueTask<long> StoreUnionAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        StoreAsync(destination, keys, SetAlgebra.Union, cancellationToken);

    public ValueTask<long> StoreIntersectionAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        StoreAsync(destination, keys, SetAlgebra.Intersection, cancellationToken);

    public ValueTask<long> StoreDifferenceAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        StoreAsync(destination, keys, SetAlgebra.Difference, cancellationToken);

    public ValueTask<long> CountIntersectionAsync(IReadOnlyCollection<KvKey> keys, long limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var encoded = door.Encode(keys);
        return door.RunMeasuredAsync(
            encoded[0], (encoded, limit),
            static (turn, _, a) => SetAlgebra.CountIntersection(SetReading.SetsAt(turn, a.encoded), a.limit), cancellationToken);
    }

    private ValueTask<long> StoreAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, Func<MemberSet?[], MemberSet> compute, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(keys);
        return door.RunMeasuredAsync(
            door.Encode(destination), (encoded, compute),
            static (turn, key, a) => SetWrites.Store(turn, key, a.compute(SetReading.SetsAt(turn, a.encoded))), cancellationToken);
    }
}
