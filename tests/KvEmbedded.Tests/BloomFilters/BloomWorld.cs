using System.Buffers.Binary;
using KvEmbedded.BloomFilters;
using KvEmbedded.Engine;

namespace KvEmbedded.Tests.BloomFilters;

/// <summary>Items that are numbers, and what a filter says of many that it has never seen.</summary>
internal static class BloomWorld
{
    public static ItemHash Item(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return ItemHash.Of(bytes);
    }

    /// <summary>A filter to which so many items were added that it counts <paramref name="count"/>.</summary>
    public static BloomLayers Filled(double errorRate, long capacity, int expansion, int count)
    {
        var filter = new BloomLayers(errorRate, capacity, expansion);
        for (var number = 0; filter.Count < count; number++) filter.Add(Item(number));
        return filter;
    }

    /// <summary>Share of foreign items that are taken for known ones.</summary>
    public static double MeasuredErrorRate(BloomLayers filter, int probes) =>
        Enumerable.Range(1, probes).Count(number => filter.Contains(Item(-number))) / (double)probes;
}
