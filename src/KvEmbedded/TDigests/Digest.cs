using KvEmbedded.Engine;

namespace KvEmbedded.TDigests;

/// <summary>
/// A merging t-digest (T. Dunning, O. Ertl, "Computing extremely accurate quantiles using t-digests", 2019): observations are
/// collected in a buffer, and when that is full they are sorted and merged with the centroids, each of which may become the
/// heavier the farther it is from both ends (<see cref="Compressor"/>).
/// </summary>
/// <remarks>
/// Invariant: the centroids are in order of their means; the first and the last are single observations, the lowest and the
/// highest of those merged.
/// </remarks>
internal sealed partial class Digest : IDataValue
{
    public const int CompressionMax = 10_000;

    private const int ObjectBytes = 112;
    private const int BufferLeast = 16;

    private readonly int bufferMax;
    private DigestContent content = DigestContent.Empty;

    public Digest()
        : this(100)
    {
    }

    public Digest(int compression)
    {
        Compression = compression;
        bufferMax = Math.Min(5 * compression, 4096);
    }

    public KeyType Type => KeyType.TDigest;

    /// <summary>Never: a digest that was made exists, also without observations.</summary>
    public bool IsEmpty => false;

    public int Compression { get; }

    /// <summary>Observations.</summary>
    public long Count => content.Merged + content.Buffered;

    public int CentroidCount => content.Means.Length;

    public int BufferedCount => content.Buffered;

    public long CompressionCount => content.Compressions;

    public double? Min => Count == 0 ? null : content.Min;

    public double? Max => Count == 0 ? null : content.Max;

    public long MemoryBytes => ObjectBytes + content.MemoryBytes;

    public IEffectSink? Effects { get; set; }

    public IDataValue Copy() => new Digest(Compression) { content = content.Copy() };

    /// <summary>Adds observations, which are finite.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        while (values.Length > 0)
        {
            if (content.Buffered == bufferMax) Compress();
            MakeRoom(values.Length);
            var part = values[..Math.Min(values.Length, content.Buffer.Length - content.Buffered)];
            values = values[part.Length..];
            var (min, max) = (content.Min, content.Max);
            part.CopyTo(content.Buffer.AsSpan(content.Buffered));
            content.Buffered += part.Length;
            foreach (var value in part)
            {
                content.Min = Math.Min(content.Min, value);
                content.Max = Math.Max(content.Max, value);
            }

            Effects?.Report(new DigestObserved(part.ToArray(), min, max));
        }
    }

    /// <summary>Adds the observations of other digests, and its own among them if it is one.</summary>
    public void Merge(ReadOnlySpan<Digest> others)
    {
        var compressor = new Compressor();
        compressor.Collect(content);
        foreach (var other in others) compressor.Collect(other.content);
        Replace(compressor.Compressed(Compression, content.Compressions + 1));
    }

    /// <summary>Forgets all observations.</summary>
    public void Reset() => Replace(DigestContent.Empty);

    /// <summary>Takes back the addition of observations.</summary>
    internal void Remove(int count, double min, double max)
    {
        content.Buffered -= count;
        (content.Min, content.Max) = (min, max);
    }

    /// <summary>Puts other content in place of all.</summary>
    internal void Replace(DigestContent other)
    {
        var before = content;
        content = other;
        Effects?.Report(new DigestReplaced(before, other));
    }

    /// <summary>Means and weights of the centroids, then what is in the buffer.</summary>
    internal IEnumerable<(double Mean, double Weight)> Parts() =>
        content.Means.Zip(content.Weights).Concat(content.Buffer.Take(content.Buffered).Select(static value => (value, 1.0)));

    public void CheckInvariants()
    {
        var (means, weights) = (content.Means, content.Weights);
        Invariant.Holds(means.Length == weights.Length, "each centroid has a mean and a weight");
        Invariant.Holds(means.Zip(means.Skip(1)).All(static pair => pair.First <= pair.Second), "centroids are in order");
        Invariant.Holds(weights.All(static weight => weight >= 1) && weights.Sum() == content.Merged, "each observation has a weight of 1");
        Invariant.Holds(means.Length == 0 || (weights[0] == 1 && weights[^1] == 1), "the ends are single observations");
        Invariant.Holds(means.Length <= (2 * Compression) + 30, "centroids are few");
        Invariant.Holds(Parts().All(part => part.Mean >= content.Min && part.Mean <= content.Max), "all is between the ends");
        Invariant.Holds(content.Buffered <= content.Buffer.Length && content.Buffer.Length <= bufferMax, "the buffer is bounded");
    }

    /// <summary>Puts what is buffered into centroids; it says the same of the observations as before.</summary>
    private void Compress()
    {
        if (content.Buffered == 0) return;
        var compressor = new Compressor();
        compressor.Collect(content);
        var compressed = compressor.Compressed(Compression, content.Compressions + 1);

        // Whoever may take this back needs the buffer as it is.
        if (Effects is null) compressed.Buffer = content.Buffer;
        Replace(compressed);
    }

    private void MakeRoom(int more)
    {
        var needed = Math.Min(content.Buffered + Math.Min(more, bufferMax), bufferMax);
        if (needed <= content.Buffer.Length) return;
        var buffer = new double[Math.Min(bufferMax, Math.Max(Math.Max(BufferLeast, 2 * content.Buffer.Length), needed))];
        content.Buffer.AsSpan(0, content.Buffered).CopyTo(buffer);
        content.Buffer = buffer;
    }
}
