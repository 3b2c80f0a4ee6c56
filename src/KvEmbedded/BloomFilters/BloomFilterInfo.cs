namespace KvEmbedded;

/// <summary>What a Bloom filter is made of.</summary>
/// <param name="Capacity">Items all its layers together are made for.</param>
/// <param name="MemoryBytes">Bytes it holds now; pages of it come into being as they are needed.</param>
/// <param name="LayerCount">Layers it has.</param>
/// <param name="ItemCount">Items that were added and were not taken for known ones.</param>
/// <param name="Expansion">How many times the capacity of the last layer the next will have; 0 if its size is fixed.</param>
public sealed record BloomFilterInfo(long Capacity, long MemoryBytes, int LayerCount, long ItemCount, int Expansion);
