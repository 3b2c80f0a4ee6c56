namespace KvEmbedded;

/// <summary>A value would be longer than the keyspace allows. Nothing was changed.</summary>
public sealed class ValueTooLongException : KeyspaceException
{
    internal ValueTooLongException(KvKey key, long length, long lengthMax)
        : base($"The value of key '{KeyText.Of(key)}' would be {length} bytes long, but the keyspace allows {lengthMax}. " +
               $"Store less, or raise {nameof(KeyspaceOptions)}.{nameof(KeyspaceOptions.ValueLengthMax)}.")
    {
        Key = key;
        Length = length;
        LengthMax = lengthMax;
    }

    /// <summary>The length that was asked for, in bytes.</summary>
    public long Length { get; }

    /// <summary>The length that is allowed, in bytes.</summary>
    public long LengthMax { get; }
}
