using KvEmbedded.Engine;
using KvEmbedded.Keys;
using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    private ElementScan<SortedSetEntry> Elements => new(door, key, Scan, static entry => entry.Member);

    public IAsyncEnumerable<SortedSetEntry> ScanAsync(MemberScan? options, CancellationToken cancellationToken) =>
        Elements.AllAsync(options, cancellationToken);

    public ValueTask<SortedSetPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken) =>
        Elements.PageAsync(cursor, options, static (elements, next) => new SortedSetPage(elements, next), cancellationToken);

    /// <summary>The entries on one page, and where to go on; 0 at the end (ZSCAN).</summary>
    private static (SortedSetEntry[] Entries, uint Next) Scan(Turn turn, EncodedKey key, uint position, int pageSize)
    {
        if (turn.Find<SortedSetTree>(key) is not { } set) return ([], 0);

        var page = new ScanPage<ScoredMember>();
        var next = set.Scan(position, pageSize, page);
        var entries = new SortedSetEntry[page.Count];
        var copies = new MemberCopies();
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new SortedSetEntry(copies.Copy(page.Member(i), entries.Length - i), page.Score(i));
        return (entries, next);
    }
}
