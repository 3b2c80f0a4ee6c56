using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

/// <summary>
/// Scans what one key holds, page by page, each page in a turn of its own. The pattern is left to the caller's own time, as a
/// hostile one takes long.
/// </summary>
/// <param name="page">The elements on one page from a position on, and where to go on; 0 is both the start and the end.</param>
/// <param name="name">What of an element the pattern must match.</param>
internal sealed class ElementScan<TElement>(
    Door door, EncodedKey key, Func<Turn, EncodedKey, uint, int, (TElement[] Elements, uint Next)> page, Func<TElement, KvValue> name)
{
    /// <summary>All elements that are asked for, in any order.</summary>
    public IAsyncEnumerable<TElement> AllAsync(MemberScan? options, CancellationToken cancellationToken)
    {
        options ??= MemberScan.Default;
        return AllAsync(options.PageSize, GlobPattern.OfScan(options), cancellationToken);
    }

    /// <summary>Those of one page, with the cursor of the next.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No scan gave out this cursor.</exception>
    public ValueTask<TPage> PageAsync<TPage>(
        ulong cursor, MemberScan? options, Func<TElement[], ulong, TPage> make, CancellationToken cancellationToken)
    {
        options ??= MemberScan.Default;
        return PageAsync(ScanCursor.Open(cursor), options.PageSize, GlobPattern.OfScan(options), make, cancellationToken);
    }

    private async ValueTask<TPage> PageAsync<TPage>(
        uint position, int pageSize, GlobPattern? pattern, Func<TElement[], ulong, TPage> make, CancellationToken cancellationToken)
    {
        var (elements, next) = await NextAsync(position, pageSize, cancellationToken).ConfigureAwait(false);
        if (pattern is not null) elements = Array.FindAll(elements, element => Matches(pattern, element));
        return make(elements, ScanCursor.Seal(next));
    }

    private async IAsyncEnumerable<TElement> AllAsync(
        int pageSize, GlobPattern? pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = 0u;
        do
        {
            (var elements, position) = await NextAsync(position, pageSize, cancellationToken).ConfigureAwait(false);
            foreach (var element in elements)
            {
                if (pattern is null || Matches(pattern, element)) yield return element;
            }
        }
        while (position != 0);
    }

    private bool Matches(GlobPattern pattern, TElement element) => pattern.Matches(name(element).ToMemory().Span);

    private ValueTask<(TElement[] Elements, uint Next)> NextAsync(uint position, int pageSize, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (page, position, pageSize), static (turn, key, a) => a.page(turn, key, a.position, a.pageSize), cancellationToken,
            nameof(IKeys.ScanAsync));
}
