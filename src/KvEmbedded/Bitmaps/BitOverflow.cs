namespace KvEmbedded;

/// <summary>What becomes of a number that does not fit its bit field.</summary>
public enum BitOverflow
{
    /// <summary>It wraps around, as integers of that width do: 255 and 1 is 0, 127 and 1 is -128 (WRAP).</summary>
    Wrap,

    /// <summary>It stays at the least or greatest number that fits (SAT).</summary>
    Saturate,

    /// <summary>It is refused: the field stays as it is (FAIL).</summary>
    Fail,
}
