using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Keys;
using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

internal sealed partial class HashHandle
{
    public IAsyncEnumerable<HashEntry> ScanAsync(MemberScan? options, CancellationToken cancellationToken)
    {
        options ??= MemberScan.Default;
        return ScanAsync(options.PageSize, GlobPattern.OfScan(options), cancellationToken);
    }

    public ValueTask<HashPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken)
    {
        options ??= MemberScan.Default;
        return ScanPageAsync(ScanCursor.Open(cursor), options.PageSize, GlobPattern.OfScan(options), cancellationToken);
    }

    private async ValueTask<HashPage> ScanPageAsync(
        uint position, int pageSize, GlobPattern? pattern, CancellationToken cancellationToken)
    {
        var (entries, next) = await NextPageAsync(position, pageSize, cancellationToken).ConfigureAwait(false);
        if (pattern is not null) entries = Array.FindAll(entries, entry => Matches(pattern, entry));
        return new HashPage(entries, ScanCursor.Seal(next));
    }

    private async IAsyncEnumerable<HashEntry> ScanAsync(
        int pageSize, GlobPattern? pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = 0u;
        do
        {
            (var entries, position) = await NextPageAsync(position, pageSize, cancellationToken).ConfigureAwait(false);
            foreach (var entry in entries)
            {
                if (pattern is null || Matches(pattern, entry)) yield return entry;
            }
        }
        while (position != 0);
    }

    private static bool Matches(GlobPattern pattern, HashEntry entry) => pattern.Matches(entry.Field.ToMemory().Span);

    /// <summary>One page, in one turn; its pattern is left to the caller's own time, as a hostile one takes long.</summary>
    private ValueTask<(HashEntry[] Entries, uint Next)> NextPageAsync(
        uint position, int pageSize, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (position, pageSize), static (turn, key, a) => Scan(turn, key, a.position, a.pageSize), cancellationToken, nameof(ScanAsync));

    /// <summary>The fields on one page, and where to go on; 0 at the end (HSCAN).</summary>
    private static (HashEntry[] Entries, uint Next) Scan(Turn turn, EncodedKey key, uint position, int pageSize)
    {
        if (turn.Find<HashFields>(key) is not { } fields) return ([], 0);

        var page = new ScanPage<FieldRecord>();
        var next = fields.Scan(position, pageSize, page);
        return (HashReads.Entries(turn, fields, page), next);
    }
}
