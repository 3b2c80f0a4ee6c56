using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.HyperLogLogs;

/// <summary>HyperLogLogs at several keys.</summary>
internal sealed class HyperLogLogsHandle(Door door) : IHyperLogLogs
{
    public ValueTask<long> CountUnionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(keys);
        return door.RunMeasuredAsync(encoded[0], encoded, static (turn, _, keys) => CountUnion(turn, keys), cancellationToken);
    }

    public async ValueTask MergeAsync(KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        await door.RunMeasuredAsync(
            door.Encode(destination), door.Encode(keys), static (turn, key, keys) => Merge(turn, key, keys), cancellationToken).ConfigureAwait(false);

    /// <summary>Estimates what several have seen (PFCOUNT).</summary>
    private static long CountUnion(Turn turn, EncodedKey[] keys)
    {
        if (keys.Length == 1) return HyperLogLogHandle.Count(turn, keys[0]);
        Span<byte> ranks = stackalloc byte[RegisterValue.Registers];
        ranks.Clear();
        foreach (var key in keys) MergeInto(turn, key, ranks);
        return HyperLogLogValue.CountOf(ranks);
    }

    /// <summary>Makes one of several (PFMERGE).</summary>
    private static bool Merge(Turn turn, EncodedKey destination, EncodedKey[] keys)
    {
        Span<byte> ranks = stackalloc byte[RegisterValue.Registers];
        ranks.Clear();
        var isDense = MergeInto(turn, destination, ranks);
        foreach (var key in keys) isDense |= MergeInto(turn, key, ranks);

        turn.CloseToReaders();
        turn.TryFind(destination, out var location);
        var blob = HyperLogLogReads.ToChange(turn, destination, location);
        if (isDense && !HyperLogLogFormat.IsDense(blob.Span)) SparseRegisters.Densify(blob);
        HyperLogLogValue.RaiseAll(blob, ranks);
        HyperLogLogValue.MakeStale(blob);
        turn.Changed(destination, KeyEventKind.HyperLogLogMerged);
        return true;
    }

    /// <summary>Raises ranks to those of a key. True if it has the dense form.</summary>
    private static bool MergeInto(Turn turn, EncodedKey key, Span<byte> ranks)
    {
        if (!turn.TryFind(key, out var location)) return false;
        var value = HyperLogLogReads.At(key, location);
        HyperLogLogValue.MergeInto(value, ranks);
        return HyperLogLogFormat.IsDense(value);
    }
}
