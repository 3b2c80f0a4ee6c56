namespace KvEmbedded;

/// <summary>A key holds a string that is not the number the operation needs. Nothing was changed.</summary>
public sealed class NotANumberException : KeyspaceException
{
    internal NotANumberException(KvKey key, string expected)
        : base($"Key '{KeyText.Of(key)}' holds a string that is not {expected}. " +
               "Set the key to a number first, or use another key.") => Key = key;
}
