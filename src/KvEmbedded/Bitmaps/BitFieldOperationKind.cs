namespace KvEmbedded;

/// <summary>What an operation on a bit field does.</summary>
public enum BitFieldOperationKind
{
    /// <summary>Reads it (GET).</summary>
    Get,

    /// <summary>Writes it (SET).</summary>
    Set,

    /// <summary>Adds to it (INCRBY).</summary>
    Increment,
}
