using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Keys;
using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    public IAsyncEnumerable<SortedSetEntry> ScanAsync(MemberScan? options, CancellationToken cancellationToken)
    {
        options ??= MemberScan.Default;
        return ScanAsync(options.PageSize, GlobPattern.OfScan(options), cancellationToken);
    }

    public ValueTask<SortedSetPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken)
    {
        options ??= MemberScan.Default;
        return ScanPageAsync(ScanCursor.Open(cursor), options.PageSize, GlobPattern.OfScan(options), cancellationToken);
    }

    private async ValueTask<SortedSetPage> ScanPageAsync(
        uint position, int pageSize, GlobPattern? pattern, CancellationToken cancellationToken)
    {
        var (entries, next) = await NextPageAsync(position, pageSize, cancellationToken).ConfigureAwait(false);
        if (pattern is not null) entries = Array.FindAll(entries, entry => Matches(pattern, entry));
        return new SortedSetPage(entries, ScanCursor.Seal(next));
    }

    private async IAsyncEnumerable<SortedSetEntry> ScanAsync(
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

    private static bool Matches(GlobPattern pattern, SortedSetEntry entry) => pattern.Matches(entry.Member.ToMemory().Span);

    /// <summary>One page, in one turn; its pattern is left to the caller's own time, as a hostile one takes long.</summary>
    private ValueTask<(SortedSetEntry[] Entries, uint Next)> NextPageAsync(
        uint position, int pageSize, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (position, pageSize), static (turn, key, a) => Scan(turn, key, a.position, a.pageSize), cancellationToken, nameof(ScanAsync));

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
