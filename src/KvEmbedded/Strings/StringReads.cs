using System.Buffers;
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
                if (!TryCopy(read, Range.All, out var copy)) return false;
                value = copy;
                break;
        }

        if (IsPast(store, read.Deadline)) value = null;
        return IsAnswer(store, entered, value is not null);
    }

    /// <summary>As <see cref="TryGet"/>, a part of the string; empty where the key is missing.</summary>
    public static bool TryGetRange(EmbeddedStore store, ReadOnlySpan<byte> key, uint hash, Range range, out KvValue value)
    {
        value = default;
        var entered = store.Gate.Enter();
        if (ReadGate.IsClosed(entered)) return false;

        var read = store.Table.Read(key, hash);
        if (read.Outcome is not ReadOutcome.Missing && !IsPast(store, read.Deadline))
        {
            if (!TryCopy(read, range, out var copy)) return false;
            value = copy;
            return IsAnswer(store, entered, isHit: true);
        }

        return IsAnswer(store, entered, isHit: false);
    }

    /// <summary>As <see cref="TryGet"/>, into a writer, which is advanced only if that is the answer.</summary>
    public static bool TryWriteTo(
        EmbeddedStore store, ReadOnlySpan<byte> key, uint hash, IBufferWriter<byte> destination, out bool exists)
    {
        exists = false;
        var entered = store.Gate.Enter();
        if (ReadGate.IsClosed(entered)) return false;

        var outcome = store.Table.TryWriteTo(key, hash, destination, out var length, out var deadline);
        if (outcome is not (ReadOutcome.Bytes or ReadOutcome.Missing)) return false;
        exists = outcome == ReadOutcome.Bytes && !IsPast(store, deadline);
        if (!IsAnswer(store, entered, exists)) return false;
        if (exists) destination.Advance(length);
        return true;
    }

    /// <summary>Reads the length of a short string without the loop. False if only the loop can answer.</summary>
    public static bool TryGetLength(EmbeddedStore store, ReadOnlySpan<byte> key, uint hash, out int length)
    {
        length = 0;
        var entered = store.Gate.Enter();
        if (ReadGate.IsClosed(entered)) return false;

        var outcome = store.Table.TryReadLength(key, hash, out length, out var deadline);
        if (outcome is not (ReadOutcome.Bytes or ReadOutcome.Missing)) return false;
        var exists = outcome == ReadOutcome.Bytes && !IsPast(store, deadline);
        if (!exists) length = 0;
        return IsAnswer(store, entered, exists);
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
        var (start, count) = StringBlob.Resolve(range, LengthAt(key, location));
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

    /// <summary>Reads in a turn, and takes what is no string for missing (MGET).</summary>
    public static KvValue? GetOrNull(Turn turn, ReadOnlySpan<byte> key, uint hash)
    {
        var read = turn.Table.Read(key, hash);
        if (read.Outcome == ReadOutcome.Missing || (read.Deadline != Expiry.NoDeadline && read.Deadline <= turn.Now))
        {
            turn.CountRead(isHit: false);
            return null;
        }

        turn.CountRead(isHit: true);
        return read.Outcome switch
        {
            ReadOutcome.Bytes => read.Bytes,
            ReadOutcome.Integer => read.Integer,
            _ => read.Entry.Value is StringBlob blob ? blob.Span.ToArray() : (KvValue?)null,
        };
    }

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

    /// <summary>A part of what a read has found, as an array of its own. False if only the loop can answer.</summary>
    private static bool TryCopy(StringRead read, Range range, out byte[] copy)
    {
        copy = [];
        switch (read.Outcome)
        {
            case ReadOutcome.Bytes:
                copy = Part(read.Bytes, range);
                return true;
            case ReadOutcome.Integer:
                copy = Part(((KvValue)read.Integer).ToArray(), range);
                return true;
            case ReadOutcome.Other:
                return read.Entry.Value is StringBlob blob && blob.TryCopy(range, out copy);
            default:
                return false;
        }
    }

    private static byte[] Part(byte[] whole, Range range)
    {
        var (start, count) = StringBlob.Resolve(range, whole.Length);
        return count == whole.Length ? whole : whole.AsSpan(start, count).ToArray();
    }

    private static bool IsPast(EmbeddedStore store, long deadline) => deadline != Expiry.NoDeadline && deadline <= store.Clock.Now;

    /// <summary>The end of a read without the loop: it counts if nobody has closed the gate meanwhile.</summary>
    private static bool IsAnswer(EmbeddedStore store, int entered, bool isHit)
    {
        if (!store.Gate.IsStill(entered)) return false;
        store.Reads.Count(isHit);
        return true;
    }
}
