using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

// Commands on all keys of the view. Without a prefix the table answers at once; with one it is walked, a slice in each turn.
internal sealed partial class KeysHandle
{
    /// <summary>Draws for a random key before the keys are walked instead.</summary>
    private const int DrawsMax = 64;

    // One slice looks at this many keys.
    private static readonly KeyScan Slice = new();

    public async ValueTask<long> CountAsync(CancellationToken cancellationToken)
    {
        if (door.Prefix.Length > 0)
        {
            var filter = new KeyFilter(door.Prefix, Slice);
            return await WalkAsync(0L, filter, static (_, _, found, count) => count + found.Count, cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            var count = await door.RunMeasuredAsync(View, 0, static (turn, _, _) => Count(turn), cancellationToken).ConfigureAwait(false);
            if (count is { } exact) return exact;
        }
    }

    public async ValueTask<KvKey?> GetRandomAsync(CancellationToken cancellationToken)
    {
        var filter = new KeyFilter(door.Prefix, Slice);
        var drawn = await door.RunAsync(View, filter, static (turn, _, filter) => Draw(turn, filter), cancellationToken).ConfigureAwait(false);
        if (drawn is not null) return drawn;

        var (kept, _) = await WalkAsync(
            (kept: (KvKey?)null, seen: 0), filter,
            static (turn, filter, found, soFar) =>
            {
                // Each key seen takes the place of the one kept with a chance of one in as many as were seen (reservoir).
                foreach (var owner in found)
                {
                    if (turn.Random.Next(++soFar.seen) == 0) soFar.kept = filter.NameOf(owner);
                }

                return soFar;
            },
            cancellationToken).ConfigureAwait(false);
        return kept;
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (door.Prefix.Length == 0)
        {
            await door.RunAsync(View, 0, static (turn, view, _) => Flush(turn, view), cancellationToken).ConfigureAwait(false);
            return;
        }

        await WalkAsync(0, new KeyFilter(door.Prefix, Slice), static (turn, _, found, _) => Flush(turn, found), cancellationToken)
            .ConfigureAwait(false);
        await door.RunAsync(View, 0, static (turn, prefix, _) => TellOfFlush(turn, prefix), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows every key that a filter lets through to <paramref name="visit"/>, a slice in each turn.</summary>
    private async ValueTask<TState> WalkAsync<TState>(
        TState state, KeyFilter filter, Func<Turn, KeyFilter, List<object>, TState, TState> visit, CancellationToken cancellationToken)
    {
        var position = 0u;
        do
        {
            (state, position) = await door.RunMeasuredAsync(
                View, (position, state, filter, visit),
                static (turn, _, a) =>
                {
                    var owners = new List<object>();
                    var next = turn.Scan(a.position, a.filter.PageSize, owners);
                    owners.RemoveAll(owner => !a.filter.Allows(owner));
                    return (a.visit(turn, a.filter, owners, a.state), next);
                },
                cancellationToken).ConfigureAwait(false);
        }
        while (position != 0);

        return state;
    }

    /// <summary>The exact number of keys, or null if a portion of expired ones had to go first and there are more (DBSIZE).</summary>
    private static long? Count(Turn turn) => turn.RemoveDueKeys() ? null : turn.KeyCount;

    /// <summary>A key of the view by lot; null if a number of draws found none (RANDOMKEY).</summary>
    private static KvKey? Draw(Turn turn, KeyFilter filter)
    {
        for (var draws = 0; draws < DrawsMax && turn.KeyCount > 0; draws++)
        {
            if (turn.TryRandom(out var location) && filter.Allows(location.Owner!)) return filter.NameOf(location.Owner!);
        }

        return null;
    }

    /// <summary>Lets go of everything at once (FLUSHDB).</summary>
    private static bool Flush(Turn turn, EncodedKey prefix)
    {
        turn.RemoveAll();
        return TellOfFlush(turn, prefix);
    }

    private static bool TellOfFlush(Turn turn, EncodedKey prefix)
    {
        turn.Changed(prefix, KeyEventKind.KeyspaceFlushed);
        return true;
    }

    private static int Flush(Turn turn, List<object> owners)
    {
        foreach (var owner in owners) Delete(turn, new EncodedKey(KeyTable.KeyOf(owner).ToArray(), KeyTable.HashOf(owner)));
        return 0;
    }
}
