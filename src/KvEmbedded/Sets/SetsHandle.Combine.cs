using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

internal sealed partial class SetsHandle
{
    public ValueTask<KvValue[]> GetUnionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        RunAsync(keys, 0, static (turn, keys, _) => SetAlgebra.ReadUnion(SetsAt(turn, keys)), cancellationToken);

    public ValueTask<KvValue[]> GetIntersectionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        RunAsync(keys, 0, static (turn, keys, _) => SetAlgebra.ReadIntersection(SetsAt(turn, keys)), cancellationToken);

    public ValueTask<KvValue[]> GetDifferenceAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        RunAsync(keys, 0, static (turn, keys, _) => SetAlgebra.ReadDifference(SetsAt(turn, keys)), cancellationToken);

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
        return RunAsync(keys, limit, static (turn, keys, limit) => SetAlgebra.CountIntersection(SetsAt(turn, keys), limit), cancellationToken);
    }

    private ValueTask<TResult> RunAsync<TArgs, TResult>(
        IReadOnlyCollection<KvKey> keys, TArgs args, Func<Turn, EncodedKey[], TArgs, TResult> read, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(keys);
        return door.RunMeasuredAsync(
            encoded[0], (encoded, args, read), static (turn, _, a) => a.read(turn, a.encoded, a.args), cancellationToken);
    }

    private ValueTask<long> StoreAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, Func<MemberSet?[], MemberSet> compute, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(keys);
        return door.RunMeasuredAsync(
            door.Encode(destination), (encoded, compute),
            static (turn, key, a) => SetWrites.Store(turn, key, a.compute(SetsAt(turn, a.encoded))), cancellationToken);
    }

    /// <summary>The sets at the keys; null for a missing key.</summary>
    /// <exception cref="WrongTypeException">A key holds another data type.</exception>
    private static MemberSet?[] SetsAt(Turn turn, EncodedKey[] keys) => Array.ConvertAll(keys, turn.Find<MemberSet>);
}
