namespace KvEmbedded;

/// <summary>What a t-digest is made of.</summary>
/// <param name="Compression">Accuracy for memory: about as many centroids it has at most.</param>
/// <param name="MemoryBytes">Bytes it holds now.</param>
/// <param name="CentroidCount">Centroids it has.</param>
/// <param name="BufferedCount">Observations that are not in centroids yet.</param>
/// <param name="ObservationCount">Observations that were added.</param>
/// <param name="CompressionCount">How often observations were put into centroids.</param>
public sealed record TDigestInfo(
    int Compression, long MemoryBytes, int CentroidCount, int BufferedCount, long ObservationCount, long CompressionCount);
