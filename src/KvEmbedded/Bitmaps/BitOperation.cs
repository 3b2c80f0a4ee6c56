namespace KvEmbedded;

/// <summary>Which bits the combination of bitmaps has.</summary>
public enum BitOperation
{
    /// <summary>Those that all have (AND).</summary>
    And,

    /// <summary>Those that any has (OR).</summary>
    Or,

    /// <summary>Those that an odd number of them has (XOR).</summary>
    Xor,

    /// <summary>Those that the only one does not have, up to its length (NOT).</summary>
    Not,

    /// <summary>Those that the first has and no other (DIFF, Redis 8.2).</summary>
    Difference,

    /// <summary>Those that any other has and the first does not (DIFF1, Redis 8.2).</summary>
    OthersWithoutFirst,

    /// <summary>Those that the first has and any other too (ANDOR, Redis 8.2).</summary>
    FirstAndAnyOther,

    /// <summary>Those that just one of them has (ONE, Redis 8.2).</summary>
    ExactlyOne,
}
