using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

/// <summary>Reading a string: on any thread where that is possible, else in a turn.</summary>
internal static class StringReads
{
    /// <summary>Reads without the loop. False if only the loop can answer (or knows the error).</summary>
    public static bool TryGet(EmbeddedStore store, ReadOnlySpan<byte> key, uint hash, out KvValue? value)
    {
        value = null;
        var entered = store.Gate.Enter();
        if (ReadGate.IsClosed(entered)) return false;

        var read = store.Table.Read(key, hash);
        switch (read.Outcome)
        {
            case ReadOutcome.Bytes:
                value = read.Bytes;
                break;
            case ReadOutcome.Integer:
                value = read.Integer;
                break;
            case ReadOutcome.Missing:
                break;
            default:
                if (read.Outcome != ReadOutcome.Other || read.Entry.Value is not StringBlob blob || !blob.TryCopy(out var copy)) return false;
                value = copy;
                break;
        }

        if (!store.Gate.IsStill(entered)) return false;
        if (read.Deadline != Expiry.NoDeadline && read.Deadline <= store.Clock.Now) value = null;
        return true;
    }

    /// <summary>Reads in a turn (GET).</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static KvValue? Get(Turn turn, EncodedKey key)
    {
        if (!turn.TryFind(key, out var location)) return null;
        return ValueAt(key, location);
    }

    /// <summary>A copy of the string at a location.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static KvValue ValueAt(EncodedKey key, KeyLocation location)
    {
        if (!location.IsString) return Blob(key, location).Span.ToArray();
        return location.TryGetInteger(out var integer) ? integer : location.CopyString();
    }

    /// <summary>The long string at a location that holds no short one.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static StringBlob Blob(EncodedKey key, KeyLocation location) =>
        location.Entry?.Value as StringBlob ?? throw new WrongTypeException(key.Bytes, Turn.TypeOf(location), KeyType.String);
}
