namespace KvEmbedded;

/// <summary>The result of an addition would leave the range of its number type, or be no number. Nothing was changed.</summary>
public sealed class NumberOverflowException : KeyspaceException
{
    internal NumberOverflowException(KvKey key, string sum, string range)
        : base($"Adding at key '{KeyText.Of(key)}' would give {sum}, which is outside {range}. " +
               "Nothing was changed; add less, or reset the number first.") => Key = key;

    internal NumberOverflowException(KvKey key, KvValue field, string sum, string range)
        : base($"Adding in field '{KeyText.OfField(field)}' of key '{KeyText.Of(key)}' would give {sum}, which is outside {range}. " +
               "Nothing was changed; add less, or reset the number first.") => (Key, Field) = (key, field);

    /// <summary>The field of a hash it happened at, if it was one.</summary>
    public KvValue? Field { get; }
}
