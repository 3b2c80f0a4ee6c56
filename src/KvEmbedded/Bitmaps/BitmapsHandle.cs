using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.Bitmaps;

/// <summary>Bitmaps at several keys.</summary>
/// <remarks>
/// Short strings are combined in one turn. Long ones are combined without the loop, off what they were in one turn, and stored
/// in a second one if they are still the same; the last attempt is one turn.
/// </remarks>
internal sealed class BitmapsHandle(Door door) : IBitmaps
{
    public ValueTask<int> CombineAsync(
        BitOperation operation, KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken)
    {
        Require.Named(operation);
        var encoded = door.Encode(keys);
        RequireCount(operation, encoded.Length, nameof(keys));
        return CombineAsync(operation, door.Encode(destination), encoded, cancellationToken);
    }

    internal async ValueTask<int> CombineAsync(
        BitOperation operation, EncodedKey destination, EncodedKey[] keys, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var bytesInTurnMax = door.IsTransaction || attempt == BitmapHandle.FreeAttempts ? long.MaxValue : BitmapHandle.SliceLength;
            var start = await door.RunMeasuredAsync(
                destination, (operation, keys, bytesInTurnMax),
                static (turn, key, a) => Start(turn, key, a.operation, a.keys, a.bytesInTurnMax),
                attempt == 0 ? cancellationToken : CancellationToken.None, nameof(CombineAsync)).ConfigureAwait(false);
            if (start.Sources is null) return start.Length;

            var combined = Combine(operation, start);
            var isStored = await door.RunMeasuredAsync(
                destination, (keys, start.Sources, combined), static (turn, key, a) => TryStore(turn, key, a.keys, a.Sources, a.combined),
                CancellationToken.None, nameof(CombineAsync)).ConfigureAwait(false);
            if (isStored) return start.Length;
        }
    }

    /// <summary>Combines strings and stores the result (BITOP), or says what they are if they are long.</summary>
    private static CombinationStart Start(Turn turn, EncodedKey destination, BitOperation operation, EncodedKey[] keys, long bytesMax)
    {
        var sources = Array.ConvertAll(keys, key => BitmapView.Of(turn, key, BitRange.All));
        var start = new CombinationStart(sources.Max(static source => source.Bytes.Length), sources);
        if (sources.Sum(static source => (long)source.Bytes.Length) > bytesMax) return start;

        Store(turn, destination, Combine(operation, start));
        return start with { Sources = null };
    }

    private static byte[] Combine(BitOperation operation, CombinationStart start)
    {
        var combined = start.Length == 0 ? [] : GC.AllocateUninitializedArray<byte>(start.Length);
        BitCombination.Combine(operation, Array.ConvertAll(start.Sources!, static source => source.Bytes), combined);
        return combined;
    }

    private static bool TryStore(Turn turn, EncodedKey destination, EncodedKey[] keys, BitmapView[] sources, byte[] combined)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (!sources[i].IsAt(turn, keys[i])) return false;
        }

        Store(turn, destination, combined);
        return true;
    }

    private static void Store(Turn turn, EncodedKey destination, byte[] combined)
    {
        if (turn.TryFind(destination, out var location) && combined.Length == 0)
        {
            turn.Remove(destination, location);
            turn.Changed(destination, KeyEventKind.Deleted);
        }

        if (combined.Length == 0) return;
        if (combined.Length <= Turn.RecordLengthMax) turn.PutRecord(destination.Bytes, destination.Hash, location, combined, Expiry.NoDeadline);
        else turn.Put(destination, StringBlob.Owning(combined));
        turn.Changed(destination, KeyEventKind.BitmapStored);
    }

    /// <exception cref="ArgumentException">The operation does not take so many keys.</exception>
    internal static void RequireCount(BitOperation operation, int count, string name)
    {
        var (min, max) = operation switch
        {
            BitOperation.Not => (1, 1),
            BitOperation.Difference or BitOperation.OthersWithoutFirst or BitOperation.FirstAndAnyOther => (2, int.MaxValue),
            _ => (1, int.MaxValue),
        };
        if (count >= min && count <= max) return;
        throw new ArgumentException(
            max == 1 ? $"{operation} takes one key and was given {count}." : $"{operation} takes at least {min} keys and was given {count}.", name);
    }

    /// <summary>What is to be combined; no sources if that has been done.</summary>
    private readonly record struct CombinationStart(int Length, BitmapView[]? Sources);
}
