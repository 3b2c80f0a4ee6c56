using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

/// <summary>The string at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class StringHandle(Door door, EncodedKey key) : IKvString
{
    public KvKey Key => key.Bytes;
}
