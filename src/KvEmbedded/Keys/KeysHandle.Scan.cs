using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

internal sealed partial class KeysHandle
{
    public IAsyncEnumerable<KvKey> ScanAsync(KeyScan? options, CancellationToken cancellationToken) =>
        ScanAsync(new KeyFilter(door.Prefix, options ?? new KeyScan()), cancellationToken);

    public ValueTask<KeyPage> ScanPageAsync(ulong cursor, KeyScan? options, CancellationToken cancellationToken)
    {
        if (!ScanCursor.TryOpen(cursor, out var position))
        {
            throw new ArgumentOutOfRangeException(
                nameof(cursor), cursor, "No scan of this process gave out this cursor. Begin at 0, and pass on what each page returns.");
        }

        return door.RunMeasuredAsync(
            View, (position, filter: new KeyFilter(door.Prefix, options ?? new KeyScan())),
            static (turn, _, a) =>
            {
                var keys = new List<KvKey>();
                var next = Scan(turn, a.position, a.filter, keys);
                return new KeyPage(keys, ScanCursor.Seal(next));
            },
            cancellationToken);
    }

    private async IAsyncEnumerable<KvKey> ScanAsync(KeyFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = 0u;
        do
        {
            (var keys, position) = await door.RunMeasuredAsync(
                View, (position, filter),
                static (turn, _, a) =>
                {
                    var keys = new List<KvKey>();
                    var next = Scan(turn, a.position, a.filter, keys);
                    return (keys, next);
                },
                cancellationToken, nameof(ScanAsync)).ConfigureAwait(false);
            foreach (var key in keys) yield return key;
        }
        while (position != 0);
    }

    /// <summary>Adds one page of the keys that a filter lets through; answers where to go on, 0 at the end (SCAN).</summary>
    private static uint Scan(Turn turn, uint from, KeyFilter filter, List<KvKey> keys)
    {
        var owners = new List<object>();
        var next = turn.Scan(from, filter.PageSize, owners);
        foreach (var owner in owners)
        {
            if (filter.Allows(owner)) keys.Add(filter.NameOf(owner));
        }

        return next;
    }
}
