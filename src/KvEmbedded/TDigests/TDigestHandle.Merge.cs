using KvEmbedded.Engine;

namespace KvEmbedded.TDigests;

internal sealed partial class TDigestHandle
{
    public ValueTask MergeAsync(
        IReadOnlyCollection<KvKey> sources, TDigestMergeOptions? options, CancellationToken cancellationToken)
    {
        options ??= TDigestMergeOptions.Default;
        TDigestArguments.Check(options);
        return Awaited(door.RunMeasuredAsync(
            key, (sources: door.Encode(sources), options), static (turn, key, a) => Merge(turn, key, a.sources, a.options), cancellationToken));
    }

    /// <summary>Adds the observations of other digests (TDIGEST.MERGE).</summary>
    private static bool Merge(Turn turn, EncodedKey key, EncodedKey[] sourceKeys, TDigestMergeOptions options)
    {
        var sources = Array.ConvertAll(
            sourceKeys, source => turn.Find<Digest>(source) ?? throw new SketchMissingException(source.Bytes, KeyType.TDigest));
        var kept = turn.FindToChange<Digest>(key);
        if (options.Existing == ExistingDigest.Replace) kept = null;

        turn.RequireMemory(key);
        if (kept is not null && (options.Compression ?? kept.Compression) == kept.Compression)
        {
            kept.Merge(sources);
        }
        else
        {
            // A digest of another compression takes the place of the one that is there, with its time to live.
            var merged = new Digest(options.Compression ?? sources.Max(static source => source.Compression));
            merged.Merge(kept is null ? sources : [kept, .. sources]);
            var deadline = kept is not null && turn.TryFind(key, out var location) ? location.Deadline : Expiry.NoDeadline;
            turn.Put(key, merged, deadline);
        }

        turn.Changed(key, KeyEventKind.TDigestMerged);
        return true;
    }
}
