using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.Bitmaps;

/// <remarks>Single bits are cheap: a caller takes the idle loop itself.</remarks>
internal sealed partial class BitmapHandle
{
    public ValueTask<bool> SetAsync(long offset, bool bit, CancellationToken cancellationToken)
    {
        BitField.RequireOffset(offset);
        return door.RunShortAsync(key, (offset, bit), static (turn, key, a) => Set(turn, key, a.offset, a.bit), cancellationToken);
    }

    public ValueTask<bool> GetAsync(long offset, CancellationToken cancellationToken)
    {
        BitField.RequireOffset(offset);
        return door.RunShortAsync(key, offset, static (turn, key, offset) => Get(turn, key, offset), cancellationToken);
    }

    /// <summary>Writes a bit (SETBIT).</summary>
    private static bool Set(Turn turn, EncodedKey key, long offset, bool bit)
    {
        turn.TryFind(key, out var location);
        var (at, mask) = ((int)(offset >> 3), MaskOf(offset));
        var length = StringReads.LengthAt(key, location);
        var old = BitmapBytes.Read(key, location, at);
        var wasSet = (old & mask) != 0;
        if (at >= length) Require.ValueLength(turn, key, at + 1L);
        else if (wasSet == bit) return wasSet;

        var changed = (byte)(bit ? old | mask : old & ~mask);
        StringWrites.Overwrite(turn, key, location, at, new ReadOnlySpan<byte>(in changed));
        turn.Changed(key, KeyEventKind.BitSet);
        return wasSet;
    }

    /// <summary>Reads a bit (GETBIT).</summary>
    private static bool Get(Turn turn, EncodedKey key, long offset)
    {
        turn.TryFind(key, out var location);
        return (BitmapBytes.Read(key, location, (int)(offset >> 3)) & MaskOf(offset)) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MaskOf(long offset) => 0x80 >> (int)(offset & 7);
}
