namespace KvEmbedded;

/// <summary>How a Bloom filter is made where there is none.</summary>
public sealed record BloomFilterOptions
{
    internal static BloomFilterOptions Default { get; } = new();

    /// <summary>
    /// Share of foreign items that may be taken for known ones, over all layers the filter will ever have. Range: above 0,
    /// below 1; default 0.01. Less than 2^-64 is taken as that.
    /// </summary>
    public double ErrorRate { get; init; } = 0.01;

    /// <summary>Items the first layer is made for. Range 1 to 4,294,967,296; default 100.</summary>
    public long Capacity { get; init; } = 100;

    /// <summary>
    /// How many times the capacity of the last layer each further one has. Range 0 to 32,768; default 2. With 0 the filter
    /// has a fixed size, and refuses items once it is full.
    /// </summary>
    public int Expansion { get; init; } = 2;
}
