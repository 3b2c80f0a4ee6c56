using KvEmbedded.Redis.Keys;

namespace KvEmbedded.Redis.Hashes;

internal sealed partial class RedisHash
{
    public IAsyncEnumerable<HashEntry> ScanAsync(MemberScan? options, CancellationToken cancellationToken) =>
        Scan.AllAsync(options, cancellationToken);

    public ValueTask<HashPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken) =>
        Scan.PageAsync(cursor, options, static (entries, next) => new HashPage(entries, next), cancellationToken);

    private CursorScan<HashEntry> Scan => new(door, key, "HSCAN", KeyType.Hash, Entries);
}
