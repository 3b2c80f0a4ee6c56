using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Sets;

/// <summary>The set at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class SetHandle : KeyHandle, IKvSet
{
    public SetHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => (long)(turn.Find<MemberSet>(key)?.Count ?? 0), cancellationToken);
}
