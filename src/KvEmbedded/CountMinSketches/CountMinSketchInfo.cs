namespace KvEmbedded;

/// <summary>What a count-min sketch is made of.</summary>
/// <param name="Width">Counters in a row.</param>
/// <param name="Depth">Rows.</param>
/// <param name="Count">Sum of all increments.</param>
public sealed record CountMinSketchInfo(long Width, int Depth, long Count);
