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

    private MemoryLimitException(KvKey key, long usedBytes, long limitBytes, string text) : base(text)
    {
        Key = key;
        UsedBytes = usedBytes;
        LimitBytes = limitBytes;
    }

    /// <summary>Bytes in use when the write was refused; 0 if a server does not tell.</summary>
    public long UsedBytes { get; }

    /// <summary>Bytes allowed; 0 if a server does not tell.</summary>
    public long LimitBytes { get; }

    /// <summary>The same on a server, which has a limit of its own.</summary>
    internal static MemoryLimitException OnServer(KvKey key, long usedBytes, long limitBytes) => new(
        key, usedBytes, limitBytes,
        $"The server has used up the memory it may have{(limitBytes == 0 ? "" : $" ({usedBytes} of {limitBytes} bytes)")}, so key " +
        $"'{KeyText.Of(key)}' was not written. Delete keys, give them a time to live, or give the server more memory.");
}
