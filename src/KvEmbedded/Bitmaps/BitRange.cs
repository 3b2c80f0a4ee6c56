namespace KvEmbedded;

/// <summary>A part of a bitmap: all of it (the default), a range of its bytes, or a range of its bits.</summary>
/// <remarks>
/// Half open, as all ranges of .NET. Ends outside of the string are moved to its nearest end. A <see cref="Range"/> is one of
/// bytes: <c>bitmap.CountAsync(2..^1)</c>.
/// </remarks>
public readonly record struct BitRange
{
    private readonly bool isEndFromStart;

    private BitRange(BitUnit unit, long start, bool isStartFromEnd, long end, bool isEndFromEnd)
    {
        Unit = unit;
        Start = start;
        IsStartFromEnd = isStartFromEnd;
        End = end;
        isEndFromStart = !isEndFromEnd;
    }

    /// <summary>All of the bitmap.</summary>
    public static BitRange All => default;

    /// <summary>What <see cref="Start"/> and <see cref="End"/> count.</summary>
    public BitUnit Unit { get; }

    /// <summary>Where the range starts, from the start of the string or from its end.</summary>
    public long Start { get; }

    /// <summary>True if <see cref="Start"/> counts from the end of the string.</summary>
    public bool IsStartFromEnd { get; }

    /// <summary>Where the range ends, from the start of the string or from its end; what is there is outside.</summary>
    public long End { get; }

    /// <summary>True if <see cref="End"/> counts from the end of the string.</summary>
    public bool IsEndFromEnd => !isEndFromStart;

    /// <summary>True for bytes up to the end of the string, whatever that is.</summary>
    internal bool IsOpen => Unit == BitUnit.Byte && IsEndFromEnd && End == 0;

    /// <summary>These bytes.</summary>
    public static implicit operator BitRange(Range bytes) => OfBytes(bytes);

    /// <summary>These bytes.</summary>
    public static BitRange OfBytes(Range bytes) => Of(BitUnit.Byte, bytes);

    /// <summary>These bits. Ends are at most 2,147,483,647 bits away from where they count; see the other form for more.</summary>
    public static BitRange OfBits(Range bits) => Of(BitUnit.Bit, bits);

    /// <summary>The bits from <paramref name="start"/> up to, and without, <paramref name="end"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is negative.</exception>
    public static BitRange OfBits(long start, long end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(end);
        return new BitRange(BitUnit.Bit, start, isStartFromEnd: false, end, isEndFromEnd: false);
    }

    /// <summary>What the range means in so many bytes, in bits.</summary>
    internal (long Start, long End) In(int length)
    {
        var (perUnit, units) = Unit == BitUnit.Byte ? (8L, (long)length) : (1L, 8L * length);
        var start = Math.Clamp(IsStartFromEnd ? units - Start : Start, 0, units);
        var end = Math.Clamp(IsEndFromEnd ? units - End : End, 0, units);
        return (start * perUnit, Math.Max(start, end) * perUnit);
    }

    private static BitRange Of(BitUnit unit, Range range) =>
        new(unit, range.Start.Value, range.Start.IsFromEnd, range.End.Value, range.End.IsFromEnd);
}
