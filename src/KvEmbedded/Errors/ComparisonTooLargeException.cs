namespace KvEmbedded;

/// <summary>Two strings are too long to be compared byte with byte: the work grows with the product of their lengths.</summary>
public sealed class ComparisonTooLargeException : KeyspaceException
{
    internal ComparisonTooLargeException(KvKey key, long length, KvKey otherKey, long otherLength, long stepsMax)
        : base($"Comparing key '{KeyText.Of(key)}' of {length} bytes with key '{KeyText.Of(otherKey)}' of {otherLength} bytes would take " +
               $"more than the {stepsMax} steps that are allowed. Compare shorter strings, or parts of them.")
    {
        Key = key;
        Length = length;
        OtherKey = otherKey;
        OtherLength = otherLength;
    }

    /// <summary>Length of the string at <see cref="KeyspaceException.Key"/>, in bytes.</summary>
    public long Length { get; }

    /// <summary>The key of the other string.</summary>
    public KvKey OtherKey { get; }

    /// <summary>Length of the other string, in bytes.</summary>
    public long OtherLength { get; }
}
