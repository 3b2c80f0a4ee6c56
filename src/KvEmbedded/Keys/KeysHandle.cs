using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

/// <summary>Commands on keys, whatever they hold. Each family of commands has a file of its own.</summary>
internal sealed partial class KeysHandle(Door door) : IKeys
{
    /// <summary>What commands on the whole view give for a key: its prefix.</summary>
    private EncodedKey View { get; } = new(door.Prefix);
}
