using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.Bitmaps;

/// <summary>
/// Counts a long string slice by slice, each in a turn of its own, while others write to it. The count is that of the moment
/// when it began: what a write takes away from, or adds to, the part that is still to be counted is put right at once.
/// </summary>
internal sealed class SlicedBitCount : IStringBlobReader
{
    private readonly StringBlob? blob;
    private readonly long endBit;
    private long nextBit;

    private SlicedBitCount(StringBlob? blob, long startBit, long endBit)
    {
        this.blob = blob;
        this.endBit = endBit;
        nextBit = startBit;
        if (!IsDone) blob!.Attach(this);
    }

    /// <summary>True when all has been counted.</summary>
    public bool IsDone => nextBit >= endBit;

    /// <summary>Bits set, in what has been counted.</summary>
    public long Count { get; private set; }

    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public static SlicedBitCount Begin(Turn turn, EncodedKey key, BitRange range)
    {
        if (turn.TryFind(key, out var location) && !location.IsString) return Begin(StringReads.Blob(key, location), range);
        var view = BitmapView.Of(turn, key, range);
        return new SlicedBitCount(null, 0, 0) { Count = BitCounting.Count(view.Bytes.Span, view.Start, view.End) };
    }

    public static SlicedBitCount Begin(StringBlob blob, BitRange range)
    {
        var (start, end) = range.In(blob.Length);
        return new SlicedBitCount(blob, start, end);
    }

    /// <summary>Counts so many bytes more. The blob may have left its key meanwhile: then nobody writes to it.</summary>
    public bool CountSlice(int lengthMax)
    {
        var to = Math.Min(endBit, (nextBit & ~7L) + (8L * lengthMax));
        Count += CountIn(blob!.Span, 0, nextBit, to);
        nextBit = to;
        if (IsDone) blob.Detach(this);
        return IsDone;
    }

    public void BeforeWrite(ReadOnlySpan<byte> old, int newLength, int offset, ReadOnlySpan<byte> content)
    {
        Count += CountIn(old.Slice(Math.Min(offset, old.Length), Math.Clamp(old.Length - offset, 0, content.Length)), offset, nextBit, endBit);
        Count -= CountIn(content, offset, nextBit, endBit);
        var behind = Math.Max(newLength, offset + content.Length);
        if (behind < old.Length) Count += CountIn(old[behind..], behind, nextBit, endBit);
    }

    /// <summary>The bits set in a part of the string that starts at a byte, of those from a bit to another.</summary>
    private static long CountIn(ReadOnlySpan<byte> part, int start, long fromBit, long toBit)
    {
        var bits = 8L * part.Length;
        return BitCounting.Count(part, Math.Clamp(fromBit - (8L * start), 0, bits), Math.Clamp(toBit - (8L * start), 0, bits));
    }
}
