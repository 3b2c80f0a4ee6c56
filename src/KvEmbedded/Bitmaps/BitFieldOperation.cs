namespace KvEmbedded;

/// <summary>Something to do with one bit field.</summary>
public readonly record struct BitFieldOperation
{
    private BitFieldOperation(BitFieldOperationKind kind, BitField field, long number, BitOverflow overflow)
    {
        Kind = kind;
        Field = field;
        Number = number;
        Overflow = Require.Named(overflow);
    }

    /// <summary>What is done.</summary>
    public BitFieldOperationKind Kind { get; }

    /// <summary>With which field.</summary>
    public BitField Field { get; }

    /// <summary>What it is set to, or what is added.</summary>
    public long Number { get; }

    /// <summary>What happens if the number does not fit.</summary>
    public BitOverflow Overflow { get; }

    /// <summary>Reads a field; the answer is its number.</summary>
    public static BitFieldOperation Get(BitField field) => new(BitFieldOperationKind.Get, field, 0, BitOverflow.Wrap);

    /// <summary>Writes a field; the answer is the number before, or null if the new one is refused.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such overflow.</exception>
    public static BitFieldOperation Set(BitField field, long number, BitOverflow overflow = BitOverflow.Wrap) =>
        new(BitFieldOperationKind.Set, field, number, overflow);

    /// <summary>Adds to a field; the answer is the number after, or null if it is refused.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such overflow.</exception>
    public static BitFieldOperation Increment(BitField field, long by = 1, BitOverflow overflow = BitOverflow.Wrap) =>
        new(BitFieldOperationKind.Increment, field, by, overflow);
}
