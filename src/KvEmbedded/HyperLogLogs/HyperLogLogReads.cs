using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.HyperLogLogs;

/// <summary>Finding the value of a key in a turn. What is found is whole.</summary>
internal static class HyperLogLogReads
{
    /// <summary>The bytes at a location: a copy of a short string, and of a long one its own. None if there is no key.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="NotAHyperLogLogException">The key holds another string.</exception>
    /// <exception cref="CorruptHyperLogLogException">The registers are damaged.</exception>
    public static ReadOnlySpan<byte> At(EncodedKey key, KeyLocation location)
    {
        if (!location.Exists) return default;
        var blob = location.IsString ? null : StringReads.Blob(key, location);
        var value = blob is null ? location.CopyString() : blob.Span;

        // What has a companion was looked at before, and nobody else has written since.
        if (blob?.Companion is RegisterHistogram) return value;
        if (!HyperLogLogFormat.IsOne(value)) throw new NotAHyperLogLogException(key.Bytes);
        if (!HyperLogLogValue.IsWhole(value)) throw new CorruptHyperLogLogException(key.Bytes);
        return value;
    }

    /// <summary>The value at a location, to be changed; an empty one is made where there is none.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="NotAHyperLogLogException">The key holds another string.</exception>
    /// <exception cref="CorruptHyperLogLogException">The registers are damaged.</exception>
    /// <exception cref="MemoryLimitException">The keyspace may not grow.</exception>
    public static StringBlob ToChange(Turn turn, EncodedKey key, KeyLocation location)
    {
        turn.RequireMemory(key);
        var value = At(key, location);
        if (location.Entry is { Value: StringBlob present })
        {
            // A dense one does not grow: it has no accounts to close but those of its companion.
            if (turn.IsRecording || present.Companion is null) turn.FindToChange<StringBlob>(key);
            return present;
        }

        var blob = location.Exists ? StringBlob.Of(value) : StringBlob.Owning(HyperLogLogFormat.Empty());
        turn.Put(key, blob, location.Exists ? location.Deadline : Expiry.NoDeadline);
        turn.FindToChange<StringBlob>(key);
        return blob;
    }
}
