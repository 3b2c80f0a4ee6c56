using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.Bitmaps;

/// <summary>
/// A part of a bitmap as it was in one turn: a copy of a short string, and of a long one its own bytes, which somebody may
/// write to meanwhile. What was worked out of them counts only if <see cref="IsStill"/> says so.
/// </summary>
internal readonly struct BitmapView
{
    private readonly StringBlob? blob;
    private readonly int version;

    private BitmapView(ReadOnlyMemory<byte> bytes, StringBlob? blob, int version, BitRange range, bool exists)
    {
        Bytes = bytes;
        this.blob = blob;
        this.version = version;
        (Start, End) = range.In(bytes.Length);
        Exists = exists;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The first bit of the part.</summary>
    public long Start { get; }

    /// <summary>The bit behind the part.</summary>
    public long End { get; }

    /// <summary>False if there is no such key.</summary>
    public bool Exists { get; }

    /// <summary>True if nobody has written to the bytes.</summary>
    public bool IsStill => blob is null || blob.IsStill(version);

    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static BitmapView Of(Turn turn, EncodedKey key, BitRange range)
    {
        var exists = turn.TryFind(key, out var location);
        if (!exists || location.IsString)
            return new BitmapView(exists ? location.CopyString() : default(ReadOnlyMemory<byte>), null, 0, range, exists);

        var present = StringReads.Blob(key, location);
        return new BitmapView(present.View(out var seen), present, seen, range, exists);
    }

    /// <summary>True if a key holds these bytes now.</summary>
    public bool IsAt(Turn turn, EncodedKey key)
    {
        if (!turn.TryFind(key, out var location)) return Bytes.IsEmpty;
        return location.IsString
            ? StringReads.IsAt(key, location, Bytes.Span)
            : blob is not null && ReferenceEquals(location.Entry!.Value, blob) && IsStill;
    }
}
