namespace KvEmbedded;

/// <summary>Some bits of a bitmap that are one number. Made by <see cref="BitFieldType.At"/> and <see cref="BitFieldType.Nth"/>.</summary>
public readonly record struct BitField
{
    /// <summary>The last bit that there can be.</summary>
    internal const long OffsetMax = uint.MaxValue;

    internal BitField(BitFieldType type, long offset)
    {
        Type = type;
        Offset = RequireOffset(offset);
    }

    /// <summary>How the bits are read.</summary>
    public BitFieldType Type { get; }

    /// <summary>The first bit.</summary>
    public long Offset { get; }

    /// <summary>The last bit.</summary>
    internal long LastBit => Offset + Type.Width - 1;

    /// <exception cref="ArgumentOutOfRangeException">There can be no such bit.</exception>
    internal static long RequireOffset(long offset) => offset is >= 0 and <= OffsetMax
        ? offset
        : throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The offset of a bit is 0 to {OffsetMax}.");
}
