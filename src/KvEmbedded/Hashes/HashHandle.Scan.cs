using KvEmbedded.Engine;
using KvEmbedded.Keys;
using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

internal sealed partial class HashHandle
{
    private ElementScan<HashEntry> Elements => new(door, key, Scan, static entry => entry.Field);

    public IAsyncEnumerable<HashEntry> ScanAsync(MemberScan? options, CancellationToken cancellationToken) =>
        Elements.AllAsync(options, cancellationToken);

    public ValueTask<HashPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken) =>
        Elements.PageAsync(cursor, options, static (elements, next) => new HashPage(elements, next), cancellationToken);

    /// <summary>The fields on one page, and where to go on; 0 at the end (HSCAN).</summary>
    private static (HashEntry[] Entries, uint Next) Scan(Turn turn, EncodedKey key, uint position, int pageSize)
    {
        if (turn.Find<HashFields>(key) is not { } fields) return ([], 0);

        var page = new ScanPage<FieldRecord>();
        var next = fields.Scan(position, pageSize, page);
        return (HashReads.Entries(turn, fields, page), next);
    }
}
