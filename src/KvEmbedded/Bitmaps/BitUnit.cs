namespace KvEmbedded;

/// <summary>What a range in a bitmap counts.</summary>
public enum BitUnit
{
    /// <summary>Bytes of the string.</summary>
    Byte,

    /// <summary>Bits of the string.</summary>
    Bit,
}
