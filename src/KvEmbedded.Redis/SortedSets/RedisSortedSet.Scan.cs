using KvEmbedded.Redis.Keys;

namespace KvEmbedded.Redis.SortedSets;

internal sealed partial class RedisSortedSet
{
    public IAsyncEnumerable<SortedSetEntry> ScanAsync(MemberScan? options, CancellationToken cancellationToken) =>
        Scan.AllAsync(options, cancellationToken);

    public ValueTask<SortedSetPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken) =>
        Scan.PageAsync(cursor, options, static (entries, next) => new SortedSetPage(entries, next), cancellationToken);

    private CursorScan<SortedSetEntry> Scan => new(door, key, "ZSCAN", KeyType.SortedSet, EntryReply.All);
}
