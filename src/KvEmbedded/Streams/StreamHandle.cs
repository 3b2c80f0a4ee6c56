using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Streams;

/// <summary>The stream at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class StreamHandle(Door door, EncodedKey key) : KeyHandle(door, key), IStream
{
    private EncodedKey[]? ownKey;

    /// <summary>The key as those take it that can wait for several.</summary>
    private EncodedKey[] OwnKey => ownKey ??= [key];

    public IConsumerGroup Group(KvValue name) => new ConsumerGroupHandle(door, key, name.ToArray());

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => turn.Find<StreamLog>(key)?.Count ?? 0, cancellationToken);

    /// <summary>A copy of the ids, of which there is at least one.</summary>
    internal static StreamId[] Copy(IReadOnlyCollection<StreamId> ids) => [.. Require.Some(ids, "id")];
}
