using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Bitmaps;

/// <summary>The bitmap at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class BitmapHandle : KeyHandle, IBitmap
{
    /// <summary>So many bytes at most are looked at in one turn: some ten microseconds.</summary>
    internal const int SliceLength = 256 * 1024;

    /// <summary>How often a long string is read without the loop, if it is changed meanwhile.</summary>
    internal const int FreeAttempts = 3;

    public BitmapHandle(Door door, EncodedKey key) : base(door, key)
    {
    }
}
