namespace KvEmbedded;

/// <summary>A key holds a string that begins as a HyperLogLog does, but its registers are damaged. Nothing was changed.</summary>
public sealed class CorruptHyperLogLogException : KeyspaceException
{
    internal CorruptHyperLogLogException(KvKey key)
        : base($"Key '{KeyText.Of(key)}' holds a HyperLogLog whose registers are damaged: somebody has written into its string. " +
               "Delete it, or set it to a copy that is whole.") => Key = key;
}
