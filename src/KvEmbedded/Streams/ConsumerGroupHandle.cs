using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>A consumer group of the stream at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class ConsumerGroupHandle(Door door, EncodedKey key, byte[] name) : IConsumerGroup
{
    private EncodedKey[]? ownKey;

    public KvKey Key => key.Bytes;

    public KvValue Name => name.AsSpan().ToArray();

    /// <summary>The key as those take it that can wait for several.</summary>
    private EncodedKey[] OwnKey => ownKey ??= [key];

    /// <summary>The group of a name, for reading.</summary>
    /// <exception cref="NoSuchGroupException">There is no such key, or no such group.</exception>
    public static StreamGroup Find(Turn turn, EncodedKey key, byte[] name, out StreamLog log)
    {
        log = turn.Find<StreamLog>(key)!;
        return log?.FindGroup(name) ?? throw new NoSuchGroupException(key.Bytes, name);
    }

    /// <summary>As <see cref="Find"/>, for changing.</summary>
    public static StreamGroup FindToChange(Turn turn, EncodedKey key, byte[] name, out StreamLog log)
    {
        log = turn.FindToChange<StreamLog>(key)!;
        return log?.FindGroup(name) ?? throw new NoSuchGroupException(key.Bytes, name);
    }

    private static TimeSpan RequireIdle(TimeSpan minIdle) => minIdle >= TimeSpan.Zero
        ? minIdle
        : throw new ArgumentOutOfRangeException(nameof(minIdle), minIdle, "An idle time must not be negative. Zero asks for all.");
}
