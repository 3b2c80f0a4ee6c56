namespace KvEmbedded;

/// <summary>What becomes of a key that already stands where another is to be renamed or copied to.</summary>
public enum ExistingDestination
{
    /// <summary>It is replaced, whatever it holds.</summary>
    Overwrite,

    /// <summary>It stays, and nothing is done.</summary>
    Keep,
}
