using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

internal sealed partial class KeysHandle
{
    public IAsyncEnumerable<KvKey> ScanAsync(KeyScan? options, CancellationToken cancellationToken) =>
        ScanAsync(new KeyFilter(door.Prefix, options ?? new KeyScan()), cancellationToken);

    public ValueTask<KeyPage> ScanPageAsync(ulong cursor, KeyScan? options, CancellationToken cancellationToken) =>
        ScanPageAsync(ScanCursor.Open(cursor), new KeyFilter(door.Prefix, options ?? new KeyScan()), cancellationToken);

    private async ValueTask<KeyPage> ScanPageAsync(uint position, KeyFilter filter, CancellationToken cancellationToken)
    {
        var (names, next) = await NextPageAsync(position, filter, cancellationToken).ConfigureAwait(false);
        return new KeyPage([.. names.Where(filter.Matches).Select(static name => (KvKey)name)], ScanCursor.Seal(next));
    }

    private async IAsyncEnumerable<KvKey> ScanAsync(KeyFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = 0u;
        do
        {
            (var names, position) = await NextPageAsync(position, filter, cancellationToken).ConfigureAwait(false);
            foreach (var name in names)
            {
                if (filter.Matches(name)) yield return name;
            }
        }
        while (position != 0);
    }

    /// <summary>
    /// One page of a view's names, in one turn. The pattern is left to the caller's own time: a hostile one costs a million
    /// steps a key, and must not hold the loop meanwhile.
    /// </summary>
    private ValueTask<(List<byte[]> Names, uint Next)> NextPageAsync(uint position, KeyFilter filter, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            View, (position, filter), static (turn, _, a) => Scan(turn, a.position, a.filter), cancellationToken, nameof(ScanAsync));

    /// <summary>The names on one page that a filter lets through, but for its pattern, and where to go on; 0 at the end (SCAN).</summary>
    private static (List<byte[]> Names, uint Next) Scan(Turn turn, uint from, KeyFilter filter)
    {
        var owners = new List<object>();
        var next = turn.Scan(from, filter.PageSize, owners);
        var names = new List<byte[]>(owners.Count);
        foreach (var owner in owners)
        {
            if (filter.Allows(owner)) names.Add(filter.NameOf(owner));
        }

        return (names, next);
    }
}
