namespace KvEmbedded;

/// <summary>What a top-k list is made of.</summary>
/// <param name="Count">Items it lists at most.</param>
/// <param name="Width">Counters in a row.</param>
/// <param name="Depth">Rows.</param>
/// <param name="Decay">The chance, to the power of a counter, that another item takes away one from it.</param>
public sealed record TopKInfo(int Count, int Width, int Depth, double Decay);
