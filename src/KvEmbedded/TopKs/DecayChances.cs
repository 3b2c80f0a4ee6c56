using KvEmbedded.Engine;

namespace KvEmbedded.TopKs;

/// <summary>The chance that an item takes one away from another's counter: the decay to the power of the counter.</summary>
internal sealed class DecayChances
{
    private const int ObjectBytes = 32;
    private const int TableLength = 128;

    /// <summary>Chances below do not occur among the numbers that are drawn.</summary>
    private static readonly double Least = Math.ScaleB(1, -53);

    private readonly double decay;
    private readonly double[] table = new double[TableLength];

    public DecayChances(double decay)
    {
        this.decay = decay;
        for (var count = 0; count < TableLength; count++) table[count] = Math.Pow(decay, count);
    }

    public long MemoryBytes => ObjectBytes + ArrayBytes.Of(table);

    /// <summary>0 where it is too small to ever come.</summary>
    public double Of(uint count)
    {
        var chance = count < TableLength ? table[count] : Math.Pow(decay, count);
        return chance < Least ? 0 : chance;
    }
}
