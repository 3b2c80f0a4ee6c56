using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.CountMinSketches;

/// <summary>The count-min sketch at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class CountMinSketchHandle : ItemHandle, ICountMinSketch
{
    public CountMinSketchHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    public ValueTask CreateAsync(long width, int depth, CancellationToken cancellationToken)
    {
        CountMinSizes.Check(width, depth);
        return CreateCheckedAsync(width, depth, cancellationToken);
    }

    public ValueTask CreateForErrorAsync(double errorRate, double errorProbability, CancellationToken cancellationToken)
    {
        CountMinSizes.CheckShare(errorRate);
        CountMinSizes.CheckShare(errorProbability);
        return CreateAsync(CountMinSizes.Width(errorRate), CountMinSizes.Depth(errorProbability), cancellationToken);
    }

    public ValueTask<long> CountAsync(KvValue item, CancellationToken cancellationToken) =>
        RunOnItemAsync(
            item, 0, static (turn, key, item, _) => (long)(turn.Find<CountMinGrid>(key)?.CountOf(item) ?? 0), cancellationToken);

    public ValueTask<long[]> CountAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, Hash(items), static (turn, key, items) => CountMany(turn, key, items), cancellationToken);

    public ValueTask<CountMinSketchInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            key, 0,
            static (turn, key, _) => turn.Find<CountMinGrid>(key) is { } sketch
                ? new CountMinSketchInfo(sketch.Width, sketch.Depth, sketch.Count)
                : null,
            cancellationToken);

    private async ValueTask CreateCheckedAsync(long width, int depth, CancellationToken cancellationToken) =>
        await door.RunAsync(
            key, (width, depth), static (turn, key, a) => Create(turn, key, a.width, a.depth), cancellationToken).ConfigureAwait(false);

    /// <summary>Makes an empty sketch (CMS.INITBYDIM, CMS.INITBYPROB).</summary>
    private static bool Create(Turn turn, EncodedKey key, long width, int depth)
    {
        if (turn.Find<CountMinGrid>(key) is not null) throw new SketchExistsException(key.Bytes, KeyType.CountMinSketch);
        turn.Put(key, new CountMinGrid(width, depth));
        turn.Changed(key, KeyEventKind.CountMinSketchCreated);
        return true;
    }

    /// <summary>How often items were seen, at most (CMS.QUERY).</summary>
    private static long[] CountMany(Turn turn, EncodedKey key, ItemHash[] items) =>
        turn.Find<CountMinGrid>(key) is { } sketch ? Array.ConvertAll(items, item => (long)sketch.CountOf(item)) : new long[items.Length];

    /// <exception cref="SketchMissingException">The key is missing.</exception>
    private static CountMinGrid FindToWrite(Turn turn, EncodedKey key)
    {
        var sketch = turn.FindToChange<CountMinGrid>(key) ?? throw new SketchMissingException(key.Bytes, KeyType.CountMinSketch);
        turn.RequireMemory(key);
        return sketch;
    }
}
