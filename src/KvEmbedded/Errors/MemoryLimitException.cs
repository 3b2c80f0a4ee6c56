namespace KvEmbedded;

/// <summary>The keyspace has used up its memory limit and refuses to grow. Nothing was changed; reads and deletes go on.</summary>
public sealed class MemoryLimitException : KeyspaceException
{
    internal MemoryLimitException(KvKey key, long usedBytes, long limitBytes, long bytesToCome = 0)
        : base($"The keyspace holds {usedBytes} bytes{(bytesToCome == 0 ? "" : $", {bytesToCome} more are asked for,")} " +
               $"and its limit is {limitBytes}, so key '{KeyText.Of(key)}' was not written. " +
               $"Delete keys, give them a time to live, or raise {nameof(KeyspaceOptions)}.{nameof(KeyspaceOptions.MemoryLimitBytes)}.")
    {
        Key = key;
        UsedBytes = usedBytes;
        LimitBytes = limitBytes;
    }

    /// <summary>Bytes in use when the write was refused.</summary>
    public long UsedBytes { get; }

    /// <summary>Bytes allowed.</summary>
    public long LimitBytes { get; }
}
