namespace KvEmbedded;

/// <summary>Sketches of different sizes were to be merged. Nothing was changed.</summary>
public sealed class SketchMismatchException : KeyspaceException
{
    internal SketchMismatchException(KvKey key, long width, int depth, KvKey otherKey, long otherWidth, int otherDepth)
        : base($"Key '{KeyText.Of(key)}' holds {depth} rows of {width} counters and key '{KeyText.Of(otherKey)}' {otherDepth} rows of {otherWidth}. " +
               "Only sketches of the same width and depth can be merged; make them with the same sizes.")
    {
        Key = key;
        OtherKey = otherKey;
    }

    /// <summary>The key of the sketch that was to be merged.</summary>
    public KvKey OtherKey { get; }
}
