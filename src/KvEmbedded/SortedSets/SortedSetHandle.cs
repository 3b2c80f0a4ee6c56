using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.SortedSets;

/// <summary>The sorted set at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class SortedSetHandle : KeyHandle, ISortedSet
{
    public SortedSetHandle(Door door, EncodedKey key) : base(door, key)
    {
    }
}
