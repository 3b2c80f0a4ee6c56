namespace KvEmbedded;

/// <summary>The result of an addition would leave the range of its number type, or be no number. Nothing was changed.</summary>
public sealed class NumberOverflowException : KeyspaceException
{
    internal NumberOverflowException(KvKey key, string sum, string range)
        : base($"Adding at key '{KeyText.Of(key)}' would give {sum}, which is outside {range}. " +
               "Nothing was changed; add less, or reset the number first.") => Key = key;
}
