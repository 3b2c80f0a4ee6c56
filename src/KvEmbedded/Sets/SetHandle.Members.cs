using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

/// <remarks>
/// Many members are read a slice in each turn, so that reading does not hold the loop. The set's version tells whether it is
/// still the same: if not, the reading begins again, and the last attempt is one long turn. So what is returned was there at
/// one moment, all of it.
/// </remarks>
internal sealed partial class SetHandle
{
    /// <summary>Most members read in one turn: some hundred microseconds.</summary>
    internal const int SliceLength = 4096;

    private const int SlicedAttempts = 3;

    public ValueTask<KvValue[]> GetMembersAsync(CancellationToken cancellationToken)
    {
        var starting = StartAsync(door.IsTransaction ? int.MaxValue : 2 * SliceLength, cancellationToken);
        return starting is { IsCompletedSuccessfully: true, Result: { Whole: { } members } }
            ? new ValueTask<KvValue[]>(members)
            : FinishAsync(starting);
    }

    private async ValueTask<KvValue[]> FinishAsync(ValueTask<Reading> starting)
    {
        var start = await starting.ConfigureAwait(false);
        for (var attempt = 1; start.Whole is null; attempt++)
        {
            var members = new KvValue[start.Count];
            if (await ReadSlicesAsync(start, members).ConfigureAwait(false)) return members;
            start = await StartAsync(attempt < SlicedAttempts ? 2 * SliceLength : int.MaxValue, CancellationToken.None).ConfigureAwait(false);
        }

        return start.Whole;
    }

    /// <summary>Reads the whole set if it is small, else finds out how large it is.</summary>
    private ValueTask<Reading> StartAsync(int countMax, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, countMax, static (turn, key, countMax) => Start(turn, key, countMax), cancellationToken, nameof(GetMembersAsync));

    /// <summary>Reads a set slice by slice; false if it has changed meanwhile.</summary>
    private async ValueTask<bool> ReadSlicesAsync(Reading start, KvValue[] members)
    {
        uint? position = 0;
        for (var done = 0; done < members.Length; done += SliceLength)
        {
            var slice = members.AsMemory(done, Math.Min(SliceLength, members.Length - done));
            position = await door.RunMeasuredAsync(
                key, (start, Position: position.Value, slice),
                static (turn, key, a) => ReadSlice(turn, key, a.start, a.Position, a.slice.Span),
                CancellationToken.None, nameof(GetMembersAsync)).ConfigureAwait(false);
            if (position is null) return false;
        }

        return true;
    }

    /// <summary>All members, or which set they are in if there are too many (SMEMBERS).</summary>
    private static Reading Start(Turn turn, EncodedKey key, int countMax)
    {
        if (turn.Find<MemberSet>(key) is not { } set) return new Reading([], null, 0, 0);
        return set.Count <= countMax ? new Reading(SetReads.All(set), null, 0, 0) : new Reading(null, set, set.Version, set.Count);
    }

    /// <summary>Reads the members behind a position; null if the set has changed, else where to go on.</summary>
    private static uint? ReadSlice(Turn turn, EncodedKey key, Reading start, uint position, Span<KvValue> slice)
    {
        if (!turn.TryFind(key, out var location) || !ReferenceEquals(location.Entry?.Value, start.Set) || start.Set!.Version != start.Version)
            return null;

        SetReads.Read(start.Set, ref position, slice);
        return position;
    }

    /// <summary>
    /// What the first turn of a reading found: all of it, or the set with its version. Outside a turn the set is only a name,
    /// which says whether the key still holds this one.
    /// </summary>
    private readonly record struct Reading(KvValue[]? Whole, MemberSet? Set, long Version, int Count);
}
