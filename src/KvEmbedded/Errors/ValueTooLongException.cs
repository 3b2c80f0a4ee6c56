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

    private ValueTooLongException(KvKey key, string text) : base(text) => Key = key;

    /// <summary>The length that was asked for, in bytes; 0 if a server does not tell.</summary>
    public long Length { get; }

    /// <summary>The length that is allowed, in bytes; 0 if a server does not tell.</summary>
    public long LengthMax { get; }

    /// <summary>The same on a server, which has a limit of its own.</summary>
    internal static ValueTooLongException OnServer(KvKey key) => new(
        key, $"The value of key '{KeyText.Of(key)}' would be longer than the server allows. Store less, or let the server allow more.");
}
