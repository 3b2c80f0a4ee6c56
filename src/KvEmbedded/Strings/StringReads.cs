using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

/// <summary>Reading a string: on any thread where that is possible, else in a turn.</summary>
internal static class StringReads
{
    /// <summary>
    /// The common case without the loop, in few instructions: a copy of a short string without a time to live. Null says
    /// only that this is another case.
    /// </summary>
    public static byte[]? CopyPlain(EmbeddedStore store, ReadOnlySpan<byte> key, uint hash)
    {
        var entered = store.Gate.Enter();
        if (ReadGate.IsClosed(entered)) return null;

        var copy = store.Table.CopyPlain(key, hash);
        if (copy is null || !store.Gate.IsStill(entered)) return null;

        store.Reads.Count(isHit: true);
        return copy;
    }

    /// <summary>Reads without the loop. False if only the loop can answer (or knows the error).</summary>
    public static bool TryGet(EmbeddedStore store, ReadOnlySpan<byte> key, uint hash, out KvValue? value) =>
        TryGet(store, key, hash, Range.All, out value);

    /// <summary>As the other, a part of the value.</summary>
    public static bool TryGet(EmbeddedStore store, ReadOnlySpan<byte> key, uint hash, Range range, out KvValue? value)
    {
        value = null;
        var entered = store.Gate.Enter();
        if (ReadGate.IsClosed(entered)) return false;

        var read = store.Table.Read(key, hash);
        switch (read.Outcome)
        {
            case ReadOutcome.Bytes:
                value = IsWhole(range) ? read.Bytes : Part(read.Bytes, range);
                break;
            case ReadOutcome.Integer:
                value = IsWhole(range) ? read.Integer : Part(((KvValue)read.Integer).ToArray(), range);
                break;
            case ReadOutcome.Missing:
                break;
            default:
                if (read.Outcome != ReadOutcome.Other || read.Entry.Value is not StringBlob blob || !blob.TryCopy(range, out var copy)) return false;
                value = copy;
                break;
        }

        if (!store.Gate.IsStill(entered)) return false;
        if (read.Deadline != Expiry.NoDeadline && read.Deadline <= store.Clock.Now) value = null;
        store.Reads.Count(value is not null);
        return true;
    }

    /// <summary>Reads the length of a short string without the loop. False if only the loop can answer.</summary>
    public static bool TryGetLength(EmbeddedStore store, ReadOnlySpan<byte> key, uint hash, out int length)
    {
        length = 0;
        var entered = store.Gate.Enter();
        if (ReadGate.IsClosed(entered)) return false;

        var outcome = store.Table.TryReadLength(key, hash, out length, out var deadline);
        if (outcome is not (ReadOutcome.Bytes or ReadOutcome.Missing) || !store.Gate.IsStill(entered)) return false;
        var exists = outcome == ReadOutcome.Bytes && (deadline == Expiry.NoDeadline || deadline > store.Clock.Now);
        if (!exists) length = 0;
        store.Reads.Count(exists);
        return true;
    }

    /// <summary>Reads in a turn (GET).</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static KvValue? Get(Turn turn, EncodedKey key)
    {
        var exists = turn.TryFind(key, out var location);
        turn.CountRead(exists);
        return exists ? ValueAt(key, location) : (KvValue?)null;
    }

    /// <summary>Reads a part in a turn (GETRANGE).</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static KvValue GetRange(Turn turn, EncodedKey key, Range range)
    {
        var exists = turn.TryFind(key, out var location);
        turn.CountRead(exists);
        if (!exists) return KvValue.Empty;
        var (start, count) = Resolve(range, LengthAt(key, location));
        var part = new byte[count];
        if (location.IsString)
            location.CopyString(start, part);
        else
            Blob(key, location).Span.Slice(start, count).CopyTo(part);
        return part;
    }

    /// <summary>Reads the length in a turn (STRLEN).</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static int GetLength(Turn turn, EncodedKey key)
    {
        turn.CountRead(turn.TryFind(key, out var location));
        return LengthAt(key, location);
    }

    /// <summary>A copy of the string at a location.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static KvValue ValueAt(EncodedKey key, KeyLocation location)
    {
        if (!location.IsString) return Blob(key, location).Span.ToArray();
        return location.TryGetInteger(out var integer) ? integer : location.CopyString();
    }

    /// <summary>As <see cref="ValueAt"/>, but null where there is no string at all.</summary>
    public static KvValue? ValueOrNull(EncodedKey key, KeyLocation location) =>
        location.IsString || location.Entry?.Value is StringBlob ? ValueAt(key, location) : (KvValue?)null;

    /// <summary>The length of the string at a location; 0 where the key is missing.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static int LengthAt(EncodedKey key, KeyLocation location) =>
        !location.Exists ? 0 : location.IsString ? location.StringLength : Blob(key, location).Length;

    /// <summary>True if the string at a location has just these bytes.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static bool IsAt(EncodedKey key, KeyLocation location, ReadOnlySpan<byte> expected)
    {
        if (!location.IsString) return Blob(key, location).Span.SequenceEqual(expected);
        if (location.StringLength != expected.Length) return false;
        Span<byte> text = stackalloc byte[Turn.RecordLengthMax];
        text = text[..expected.Length];
        location.CopyString(0, text);
        return text.SequenceEqual(expected);
    }

    /// <summary>The long string at a location that holds no short one.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static StringBlob Blob(EncodedKey key, KeyLocation location) =>
        location.Entry?.Value as StringBlob ?? throw new WrongTypeException(key.Bytes, Turn.TypeOf(location), KeyType.String);

    /// <summary>What a range means in so many bytes: ends outside are moved to the nearest end.</summary>
    public static (int Start, int Count) Resolve(Range range, int length)
    {
        var start = Math.Clamp(range.Start.GetOffset(length), 0, length);
        var end = Math.Clamp(range.End.GetOffset(length), 0, length);
        return (start, Math.Max(0, end - start));
    }

    private static bool IsWhole(Range range) => range.Equals(Range.All);

    private static KvValue Part(byte[] whole, Range range)
    {
        var (start, count) = Resolve(range, whole.Length);

        // A small part must not keep a large array alive.
        return count > whole.Length / 2 ? (ReadOnlyMemory<byte>)whole.AsMemory(start, count) : whole.AsSpan(start, count).ToArray();
    }
}
