using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Strings;

/// <summary>The string at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class StringHandle : KeyHandle, IKvString
{
    public StringHandle(Door door, EncodedKey key) : base(door, key)
    {
    }
}
