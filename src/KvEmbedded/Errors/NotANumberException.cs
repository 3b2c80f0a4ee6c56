namespace KvEmbedded;

/// <summary>A key, or a field of one, holds a string that is not the number the operation needs. Nothing was changed.</summary>
public sealed class NotANumberException : KeyspaceException
{
    internal NotANumberException(KvKey key, string expected)
        : base($"Key '{KeyText.Of(key)}' holds a string that is not {expected}. " +
               "Set the key to a number first, or use another key.") => Key = key;

    internal NotANumberException(KvKey key, KvValue field, string expected)
        : base($"Field '{KeyText.OfField(field)}' of key '{KeyText.Of(key)}' holds a string that is not {expected}. " +
               "Set the field to a number first, or use another field.") => (Key, Field) = (key, field);

    /// <summary>The field of a hash it happened at, if it was one.</summary>
    public KvValue? Field { get; }
}
