using KvEmbedded.Engine;

namespace KvEmbedded.CountMinSketches;

internal sealed partial class CountMinSketchHandle
{
    public ValueTask MergeAsync(
        IReadOnlyCollection<KvKey> sources, IReadOnlyList<long>? weights, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(sources);
        CountMinSizes.CheckWeights(weights, encoded.Length);
        var factors = weights?.ToArray() ?? [.. Enumerable.Repeat(1L, encoded.Length)];
        return MergeCheckedAsync(encoded, factors, cancellationToken);
    }

    private async ValueTask MergeCheckedAsync(EncodedKey[] sources, long[] weights, CancellationToken cancellationToken) =>
        await door.RunMeasuredAsync(
            key, (sources, weights), static (turn, key, a) => Merge(turn, key, a.sources, a.weights), cancellationToken,
            nameof(MergeAsync)).ConfigureAwait(false);

    /// <summary>Puts a sum of sketches in place of this one's counters (CMS.MERGE).</summary>
    private static bool Merge(Turn turn, EncodedKey key, EncodedKey[] sourceKeys, long[] weights)
    {
        var sketch = FindToWrite(turn, key);
        var sources = Array.ConvertAll(
            sourceKeys,
            source => turn.Find<CountMinGrid>(source) ?? throw new SketchMissingException(source.Bytes, KeyType.CountMinSketch));
        for (var i = 0; i < sources.Length; i++)
        {
            if ((sources[i].Width, sources[i].Depth) == (sketch.Width, sketch.Depth)) continue;
            throw new SketchMismatchException(
                key.Bytes, sketch.Width, sketch.Depth, sourceKeys[i].Bytes, sources[i].Width, sources[i].Depth);
        }

        if (!sketch.TrySum(sources, weights, out var sum)) throw Overflow(key);
        sketch.Replace(sum);
        turn.Changed(key, KeyEventKind.CountMinSketchMerged);
        return true;
    }
}
